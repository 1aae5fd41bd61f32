use super::{escaped, form, guid, hex, unhex};
use crate::testing::FakeHost;

#[test]
fn hexadecimal_goes_both_ways() {
    assert_eq!(hex(&[0, 0x7f, 0xff]), "007fff");
    for (text, bytes) in [
        ("", Some(vec![])),
        ("007FfF", Some(vec![0, 0x7f, 0xff])),
        ("0", None),
        ("0g", None),
        ("é", None),
    ] {
        assert_eq!(unhex(text), bytes, "{text}");
    }
}

#[test]
fn guids_have_their_form() {
    let host = FakeHost::new();
    assert_eq!(guid(&host), "01010101-0101-4101-8101-010101010101");
    assert_eq!(guid(&host), "02020202-0202-4202-8202-020202020202");
}

#[test]
fn parts_of_urls_and_forms_are_escaped() {
    assert_eq!(escaped("https://a.b/c d&e=f+g%?#"), "https://a.b/c%20d%26e%3Df%2Bg%25%3F%23");
    assert_eq!(escaped("台"), "%E5%8F%B0");
    assert_eq!(form(&[("a", "b c"), ("d", "x@y")]), "a=b%20c&d=x@y");
}
