use bytes::Bytes;
use http::{Request, Response};
use jiff::Timestamp;
use proptest::prelude::{Just, Strategy, any, prop_assert, prop_oneof, proptest};
use proptest::sample::select;

use super::{Exchange, HEAD_BYTES_MAX, LastAnswer, TEXT_BYTES_MAX, Text};

fn of(request: &Request<()>) -> Exchange {
    Exchange::of(Timestamp::UNIX_EPOCH, "https", "login.windows.net:443", request, 0)
}

#[track_caller]
fn check_header(name: &str, value: &str, kept: &str) {
    let request = Request::builder().uri("/").header(name, value).body(()).unwrap();
    let exchange = of(&request);
    let lines: Vec<_> = exchange.head.lines().collect();
    assert_eq!(lines, [(name.to_lowercase().as_str(), kept)]);
    // As a proxy would answer it.
    let wire = format!("HTTP/1.0 407 Who are you\r\n{name}: {value}\r\n\r\nbody");
    let answer = of(&request).answered_with(wire.as_bytes(), Text::Shown).answer.unwrap();
    assert_eq!(answer.head.lines().collect::<Vec<_>>(), [(name, kept)]);
    assert_eq!(
        (answer.version, answer.status, answer.reason.as_str()),
        ("HTTP/1.0", 407, "Who are you")
    );
    assert_eq!((answer.bytes, answer.text.as_deref()), (4, Some("body")));
}

#[test]
fn of_headers_only_what_is_harmless_is_kept() {
    for (name, value, kept) in [
        ("User-Agent", "curl/7.88.1", "curl/7.88.1"),
        ("Authorization", "Bearer abc.def", "Bearer redacted"),
        ("Proxy-Authorization", "basic Q09SUDpwOnNz", "Basic redacted"),
        ("Proxy-Authorization", "Q09SUDpwOnNz", "redacted"),
        ("Cookie", "ESTSAUTH=abc", "redacted"),
        ("Set-Cookie", "ESTSAUTH=abc", "redacted"),
        ("X-Api-Key", "abc", "redacted"),
        ("Referer", "https://a/?code=abc", "redacted"),
        ("Proxy-Authenticate", "Basic realm=\"Contoso\"", "Basic realm=\"Contoso\""),
        (
            "Proxy-Authenticate",
            "Negotiate, NTLM, Basic realm=\"a\"",
            "Negotiate, NTLM, Basic realm=\"a\"",
        ),
        ("Proxy-Authenticate", "NTLM TlRMTVNTUAACAAAA", "NTLM redacted"),
        ("Proxy-Authenticate", "Basic realm=\"a\", negotiate oYIB", "Basic redacted"),
        (
            "Location",
            "https://portal.example/in?to=x&linkid=3#f",
            "https://portal.example/in?to=redacted&linkid=3",
        ),
        ("Location", "https://user:word@portal.example/", "redacted"),
    ] {
        check_header(name, value, kept);
    }
}

#[test]
fn of_parameters_only_what_is_harmless_is_kept() {
    for (uri, url) in [
        ("/", "https://login.windows.net/"),
        ("/a/b?api-version=2016-06-01", "https://login.windows.net/a/b?api-version=2016-06-01"),
        ("/a?code=abc&of=srv01&abc", "https://login.windows.net/a?code=redacted&of=srv01&redacted"),
        ("/a?Zm9vYmFyMTIz=&=abc", "https://login.windows.net/a?redacted&redacted"),
        // A proxy is asked like this; the part before the `@` does not belong to the host.
        ("https://user:word@login.windows.net/a", "https://login.windows.net/a"),
    ] {
        let request = Request::builder().uri(uri).body(()).unwrap();
        assert_eq!(of(&request).url, url);
    }
    let connect = Request::builder().method("CONNECT").uri("u:w@login.windows.net:443");
    assert_eq!(of(&connect.body(()).unwrap()).url, "https://login.windows.net/");
}

#[test]
fn what_failed_before_a_request_has_a_url_all_the_same() {
    for (to, url) in [
        ("www.msftncsi.com:80", "http://www.msftncsi.com/"),
        ("pod01.example:3260", "tcp://pod01.example:3260/"),
        ("login.windows.net", "tcp://login.windows.net/"),
        ("[2001:db8::1]:443", "https://[2001:db8::1]/"),
    ] {
        assert_eq!(Exchange::failed(Timestamp::UNIX_EPOCH, "DIAL", to).url, url);
    }
}

#[test]
fn a_body_is_kept_only_where_it_may_be_shown() {
    let request = Request::new(());
    let text = |body: &[u8], text| {
        let response = Response::new(Bytes::copy_from_slice(body));
        of(&request).answered(&response, text).answer.unwrap().text.clone()
    };
    assert_eq!(text(b"page", Text::Shown).as_deref(), Some("page"));
    assert_eq!(text(b"page", Text::Withheld), None);
    assert_eq!(text(b"\xff\xfe", Text::Shown), None);
    // Three bytes each: the last one would be cut in two.
    let long = "時".repeat(TEXT_BYTES_MAX);
    let kept = text(long.as_bytes(), Text::Shown).unwrap();
    assert_eq!(kept.len(), TEXT_BYTES_MAX / 3 * 3);
}

#[test]
fn an_answer_that_is_given_again_is_kept_as_before() {
    let last = LastAnswer::default();
    let wires = [
        "HTTP/1.1 407 A\r\nserver: a\r\n\r\npage",
        "HTTP/1.1 407 B\r\nserver: b\r\n\r\n",
        "no answer",
    ];
    let long = format!("HTTP/1.1 200 OK\r\n\r\n{}", "x".repeat(2 * TEXT_BYTES_MAX));
    for text in [Text::Shown, Text::Withheld, Text::Shown] {
        for wire in wires.iter().flat_map(|wire| [wire, wire]).chain([&long.as_str()]) {
            let request = Request::new(());
            let again = of(&request).answered_again(&last, wire.as_bytes(), text);
            assert_eq!(again, of(&request).answered_with(wire.as_bytes(), text));
        }
    }
}

#[test]
fn a_flood_is_bounded() {
    let mut request = Request::builder().uri(format!("/{}", "a".repeat(60_000)));
    for index in 0..900 {
        request = request.header(format!("x-{index}"), "v".repeat(60));
    }
    let exchange = of(&request.header("user-agent", "u".repeat(60_000)).body(()).unwrap());
    assert!(exchange.weight() < 2 * HEAD_BYTES_MAX, "{}", exchange.weight());
}

/// A secret such as no public text contains.
fn secret() -> impl Strategy<Value = String> {
    "[a-zA-Z0-9+/]{12,40}".prop_map(|tail| format!("S3cret{tail}"))
}

/// Headers in which clients and servers send secrets.
fn place() -> impl Strategy<Value = (String, String)> {
    let named = select(
        &[
            "authorization",
            "proxy-authorization",
            "cookie",
            "set-cookie",
            "x-token",
            "referer",
            "authentication-info",
            "x-ms-client-secret",
        ][..],
    )
    .prop_map(str::to_owned);
    let name = prop_oneof![named, "[a-z]{3,8}-[a-z]{3,8}-secret"];
    let before = prop_oneof![
        Just(String::new()),
        select(
            &[
                "Basic ",
                "bearer ",
                "NTLM  ",
                "Digest username=\"u\", response=",
                "a=",
                "Negotiate,"
            ][..]
        )
        .prop_map(str::to_owned),
    ];
    (name, before)
}

proptest! {
    #[test]
    fn no_secret_is_kept(
        (name, before) in place(),
        key in "[a-zA-Z_.-]{1,30}",
        secret in secret(),
        at in 0_usize..5,
    ) {
        let known = ["api-version", "linkid", "of"].contains(&key.to_lowercase().as_str());
        let uri = match at {
            0 if !known => format!("/a?{key}={secret}"),
            1 => format!("/a?{secret}"),
            2 => format!("/a?a=b&{secret}=1"),
            3 => format!("http://u:{}@host/a", secret.replace(['/', '+'], "x")),
            _ => "/a".to_owned(),
        };
        let hidden = secret.replace(['/', '+'], "x");
        let request = Request::builder().uri(uri).header(&name, format!("{before}{secret}"));
        let wire = format!(
            "HTTP/1.1 302 Found\r\n{name}: {before}{secret}\r\nLocation: http://h/?{key}=1&{secret}\r\n\
             Proxy-Authenticate: NTLM {secret}\r\n\r\n{secret}"
        );
        let exchange = of(&request.body(()).unwrap()).answered_with(wire.as_bytes(), Text::Withheld);
        let shown = format!("{exchange:?}");
        prop_assert!(!shown.contains(&secret) && !shown.contains(&hidden), "{shown}");
    }

    #[test]
    fn any_answer_is_read_or_not(wire in any::<Vec<u8>>(), head in "HTTP/1.[01] [0-9]{3}( [a-z:\r\n ]{0,40})?\r\n\r\n") {
        let request = Request::new(());
        let exchange = of(&request).answered_with(&wire, Text::Shown);
        prop_assert!(exchange.weight() < 2 * TEXT_BYTES_MAX);
        let _bounded = of(&request).answered_with(head.as_bytes(), Text::Shown);
    }

    /// What a server hands over as a response, and the same on the wire.
    #[test]
    fn a_response_and_its_bytes_are_one(status in 200_u16..600, body in "[ -~]{0,80}", value in "[!-~]{1,20}") {
        let response = Response::builder().status(status).header("server", &value).header("cookie", &value);
        let response = response.body(Bytes::from(body.clone())).unwrap();
        let reason = response.status().canonical_reason().unwrap_or_default();
        let wire = format!("HTTP/1.1 {status} {reason}\r\nserver: {value}\r\ncookie: {value}\r\n\r\n{body}");
        let request = Request::new(());
        let one = of(&request).answered(&response, Text::Shown);
        prop_assert!(one == of(&request).answered_with(wire.as_bytes(), Text::Shown));
    }
}
