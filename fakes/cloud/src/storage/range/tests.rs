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
