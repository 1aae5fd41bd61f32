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
mod tests {
    use proptest::prelude::*;

    use super::{From, Refusal, read};

    #[test]
    fn lists_are_read() {
        let invalid = Err(Refusal::InvalidXmlDocument);
        for (body, expected) in [
            (
                "<?xml version='1.0' encoding='utf-8'?>\n<BlockList><Latest>YQ==</Latest><Committed>Yg==</Committed></BlockList>",
                Ok(vec![(From::Latest, "YQ==".to_owned()), (From::Committed, "Yg==".to_owned())]),
            ),
            ("<BlockList/>", Ok(vec![])),
            ("<BlockList></BlockList>", Ok(vec![])),
            ("", invalid.clone()),
            ("<BlockList>", invalid.clone()),
            ("<Other/>", invalid.clone()),
            ("<BlockList><Late>YQ==</Late></BlockList>", invalid.clone()),
            ("<BlockList>text</BlockList>", invalid),
        ] {
            assert_eq!(read(body.as_bytes()), expected, "{body}");
        }
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(body in proptest::collection::vec(any::<u8>(), 0..200), text in "[<>/BlockListLates!\\[\\]&;?= -]{0,80}") {
            drop(read(&body));
            drop(read(text.as_bytes()));
        }
    }
}
