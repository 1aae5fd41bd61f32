//! Parts of a blob: `Range: bytes=0-99` (RFC 9110, 14.1.2; the reference on range headers).

use super::errors::Refusal;

/// From which byte to which, of so many; `None` where the whole is asked for, as by a header that says nothing of bytes.
pub(super) fn read(header: Option<&str>, length: usize) -> Result<Option<(usize, usize)>, Refusal> {
    let Some((from, to)) = header.and_then(bounds) else { return Ok(None) };
    let last = length.checked_sub(1).filter(|last| from <= *last);
    let last = last.ok_or(Refusal::InvalidRange(length))?;
    Ok(Some((from, to.unwrap_or(last).min(last))))
}

fn bounds(header: &str) -> Option<(usize, Option<usize>)> {
    let (from, to) = header.trim().strip_prefix("bytes=")?.split_once('-')?;
    let number = |text: &str| {
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| text.parse().unwrap_or(usize::MAX))
    };
    let (from, to) = (number(from)?, if to.is_empty() { None } else { Some(number(to)?) });
    to.is_none_or(|to| from <= to).then_some((from, to))
}

#[cfg(test)]
mod tests;
