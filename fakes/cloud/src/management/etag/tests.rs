use super::{is_among, next, of};

#[test]
fn an_etag_tells_the_time() {
    let at = "2019-05-21T03:00:00.25Z".parse().unwrap();
    assert_eq!(of(at), "W/\"datetime'2019-05-21T03%3A00%3A00.2500000Z'\"");
    // Also of two writes in one moment.
    assert_ne!(of(next(at, at)), of(at));
}

#[test]
fn conditions_name_etags() {
    for (list, own, expected) in [
        ("*", Some("a"), true),
        ("*", None, false),
        ("W/\"b\", W/\"a\"", Some("W/\"a\""), true),
        ("W/\"b\"", Some("W/\"a\""), false),
    ] {
        assert_eq!(is_among(list, own), expected, "{list}");
    }
}
