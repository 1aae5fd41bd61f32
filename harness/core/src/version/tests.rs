use std::cmp::Ordering;

use proptest::prelude::proptest;

use super::Version;

#[track_caller]
fn check(one: &str, other: &str, expected: Ordering) {
    let (one, other) = (Version::parse(one).unwrap(), Version::parse(other).unwrap());
    assert_eq!(one.cmp(&other), expected, "{one:?} and {other:?}");
}

#[test]
fn parts_compare_as_numbers() {
    check("2.0.9169.0", "2.0.9169.0", Ordering::Equal);
    check("2.0.9169", "2.0.9169.0", Ordering::Equal);
    check("2.0.999.0", "2.0.9169.0", Ordering::Less);
    check("2.0.9170.0", "2.0.9169.9", Ordering::Greater);
    check("10.0", "9.9", Ordering::Greater);
}

#[test]
fn what_is_no_number_is_no_version() {
    for text in ["", "2.", "2.x", "-1.0", "latest"] {
        assert_eq!(Version::parse(text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_is_survived(text in ".{0,40}") {
        drop(Version::parse(&text));
    }
}
