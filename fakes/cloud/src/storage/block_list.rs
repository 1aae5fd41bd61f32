//! The body of Put Block List: which blocks a blob is made of, and where each is looked for.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::errors::Refusal;

/// Where a block is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum From {
    Committed,
    Uncommitted,
    /// Among those that are not in the blob yet, then in the blob.
    Latest,
}

/// Reads a list.
pub(super) fn read(body: &[u8]) -> Result<Vec<(From, String)>, Refusal> {
    let invalid = Refusal::InvalidXmlDocument;
    let mut reader = Reader::from_reader(body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body));
    let (mut depth, mut blocks, mut open, mut is_read) = (0, Vec::new(), None, false);
    loop {
        match reader.read_event().map_err(|_error| invalid)? {
            Event::Start(tag) => {
                depth += 1;
                open = match (depth, tag.name().as_ref()) {
                    (1, b"BlockList") => None,
                    (2, b"Committed") => Some((From::Committed, String::new())),
                    (2, b"Uncommitted") => Some((From::Uncommitted, String::new())),
                    (2, b"Latest") => Some((From::Latest, String::new())),
                    _ => return Err(invalid),
                };
            }
            Event::Text(text) => {
                let text = text.decode().map_err(|_error| invalid)?;
                match &mut open {
                    Some((_, id)) => id.push_str(text.trim()),
                    None if text.trim().is_empty() => {}
                    None => return Err(invalid),
                }
            }
            Event::End(_) => {
                depth -= 1;
                is_read |= depth == 0;
                blocks.extend(open.take());
                if blocks.len() > BLOCKS_MAX {
                    return Err(Refusal::BlockCountExceedsLimit);
                }
            }
            Event::Empty(tag) if depth == 0 && tag.name().as_ref() == b"BlockList" => {
                is_read = true;
            }
            Event::Eof => return if is_read && depth == 0 { Ok(blocks) } else { Err(invalid) },
            Event::Decl(_) | Event::Comment(_) => {}
            _ => return Err(invalid),
        }
    }
}

/// As the reference has it.
const BLOCKS_MAX: usize = 50_000;

#[cfg(test)]
mod tests;
