use proptest::prelude::*;

use super::{Url, UrlError};

#[track_caller]
fn check(text: &str, expected: Result<(&str, &str), UrlError>) {
    let read = text.parse::<Url>().map(|url| (url.to_string(), url.address().to_string()));
    let expected = expected.map(|(url, address)| (url.to_owned(), address.to_owned()));
    assert_eq!(read, expected, "reading `{text}`");
}

#[test]
fn urls_are_read() {
    check("http://a.example", Ok(("http://a.example/", "a.example:80")));
    check("HTTPS://A.example/", Ok(("https://A.example/", "A.example:443")));
    check("https://a.example:443/x", Ok(("https://a.example/x", "a.example:443")));
    check("http://a.example:443/x?y=1#z", Ok(("http://a.example:443/x?y=1", "a.example:443")));
    check("http://a.example?y=/#z/", Ok(("http://a.example/?y=/", "a.example:80")));
    check("http://10.0.0.5:8080/a%20b", Ok(("http://10.0.0.5:8080/a%20b", "10.0.0.5:8080")));
    check("http://[2001:db8::1]/", Ok(("http://[2001:db8::1]/", "[2001:db8::1]:80")));
    check("http://[::1]:81/", Ok(("http://[::1]:81/", "[::1]:81")));
    check("http://a.example/u@v:1", Ok(("http://a.example/u@v:1", "a.example:80")));
}

#[test]
fn each_invalid_url_has_its_error() {
    let named =
        |error: fn(String) -> UrlError, text: &str| check(text, Err(error(text.to_owned())));
    for text in ["", "a.example", "ftp://a.example/", "//a.example", "http:/a", "urn:http://a"] {
        named(UrlError::BadScheme, text);
    }
    for text in
        ["http://", "http:///x", "http://a b/", "http://*/", "http://10.0.0.0.1/", "http://::1/"]
            .into_iter()
            .chain(["http://[::1/", "http://[a]/", "http://*.a.example/", "http://[::1]x/"])
    {
        named(UrlError::BadHost, text);
    }
    for text in ["http://a:/", "http://a:0/", "http://a:65536/", "http://a:+80/", "http://a:b/"] {
        named(UrlError::BadPort, text);
    }
    for text in ["http://a/x y", "http://a/\u{e9}", "http://a/x\r\nHost: b", "http://a/\"x\""] {
        named(UrlError::BadPath, text);
    }
    check("http://user:secret@a.example/", Err(UrlError::UserInfo));
}

proptest! {
    #[test]
    fn a_printed_url_can_be_read(text in "https?://([a-z]{1,5}|\\[::[0-9]\\]|\\PC{1,6})(:[0-9]{1,5})?(/\\PC{0,12})?") {
        if let Ok(url) = text.parse::<Url>() {
            prop_assert_eq!(url.to_string().parse::<Url>(), Ok(url));
        }
    }
}
