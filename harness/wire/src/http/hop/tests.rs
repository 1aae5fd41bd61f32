use http::{HeaderMap, HeaderName, HeaderValue};

use super::{KNOWN, remove_hop_by_hop};

fn headers(lines: &[(&str, &str)]) -> HeaderMap {
    let pair = |(name, value): &(&str, &str)| {
        (name.parse::<HeaderName>().unwrap(), value.parse::<HeaderValue>().unwrap())
    };
    lines.iter().map(pair).collect()
}

#[test]
fn what_is_between_two_ends_is_removed_and_the_rest_stays() {
    let mut seen: HeaderMap = KNOWN.into_iter().map(|name| (name, "a".parse().unwrap())).collect();
    seen.extend(headers(&[("host", "a"), ("content-length", "1"), ("x-other", "b")]));
    remove_hop_by_hop(&mut seen);
    assert_eq!(seen, headers(&[("host", "a"), ("content-length", "1"), ("x-other", "b")]));
}

#[test]
fn what_connection_names_is_removed() {
    let mut seen = headers(&[
        ("connection", "close, X-One"),
        ("connection", "x-two,,no name"),
        ("x-one", "1"),
        ("x-two", "2"),
        ("x-three", "3"),
    ]);
    remove_hop_by_hop(&mut seen);
    assert_eq!(seen, headers(&[("x-three", "3")]));
}
