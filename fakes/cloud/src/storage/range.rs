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
mod tests {
    use proptest::prelude::*;

    use super::{Refusal, read};

    #[test]
    fn ranges_are_read() {
        for (header, expected) in [
            (None, Ok(None)),
            (Some("bytes=0-3"), Ok(Some((0, 3)))),
            (Some("bytes=2-"), Ok(Some((2, 9)))),
            (Some("bytes=9-99"), Ok(Some((9, 9)))),
            (Some("bytes=10-"), Err(Refusal::InvalidRange(10))),
            (Some("bytes=3-2"), Ok(None)),
            (Some("bytes=-2"), Ok(None)),
            (Some("bytes=+1-2"), Ok(None)),
            (Some("lines=1-2"), Ok(None)),
        ] {
            assert_eq!(read(header, 10), expected, "{header:?}");
        }
        assert_eq!(read(Some("bytes=0-"), 0), Err(Refusal::InvalidRange(0)));
    }

    proptest! {
        #[test]
        fn a_range_is_within(header in ".{0,40}|bytes=[0-9]{0,25}-[0-9]{0,25}", length in 0_usize..100) {
            if let Ok(Some((from, to))) = read(Some(&header), length) {
                prop_assert!(from <= to && to < length);
            }
        }
    }
}
