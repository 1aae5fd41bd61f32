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
