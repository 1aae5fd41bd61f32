use marslab_model::DialError;
use marslab_model::world::TlsVersion;
use proptest::prelude::*;

use super::*;
use crate::http::{BODY_BYTES_MAX, MessageError, TlsConfig};
use crate::testing::{Authority, LAYERS, read_all};
use crate::tls::TlsError;

#[track_caller]
fn check(net: &Net, proxy: Option<Route>, url: &str, expected: &str) {
    let error = send(net, proxy, &get(url)).unwrap_err();
    assert_eq!(error.to_string(), expected, "{error:?}");
}

#[test]
fn the_unreachable_peer_is_named() {
    let net = Net::new(LAYERS[0])
        .with_error("a.example:443", DialError::TimedOut)
        .with_error(PROXY, DialError::Refused);
    let to_server = "cannot connect to `a.example:443`: the connection timed out (10060)";
    let to_proxy =
        "cannot connect to the proxy `10.0.0.5:8080`: the connection was refused (10061)";
    check(&net, None, "https://a.example/", to_server);
    check(&net, Some(route(None)), "https://a.example/", to_proxy);
    check(&net, Some(route(None)), "http://a.example/", to_proxy);
}

#[test]
fn each_malformed_answer_has_its_error() {
    const CLOSED: &str = "the connection was closed before the response was complete";
    const NO_HTTP: &str = "the response is not HTTP";
    const TABLE: [(&[&str], &str); 10] = [
        (&[], CLOSED),
        (&["HTTP/1.1 200 OK\r\nContent-Le"], CLOSED),
        (&["HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello"], CLOSED),
        (&["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhello"], CLOSED),
        (&["SSH-2.0-OpenSSH_9.2p1\r\n"], NO_HTTP),
        (&["HTTP/1.1 abc\r\n\r\n"], NO_HTTP),
        (&["HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"], NO_HTTP),
        (&["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nno chunk"], NO_HTTP),
        (&["HTTP/1.1 200 OK\r\nContent-Length: 4194305\r\n\r\n"], CLOSED),
        (&["\x15\x03\x01\x00\x02\x02\x46"], NO_HTTP),
    ];
    for (answers, expected) in TABLE {
        let net = Net::new(LAYERS[0]).with_raw("a.example:80", answers).with_raw(PROXY, answers);
        check(&net, None, "http://a.example/", expected);
        check(&net, Some(route(None)), "http://a.example/", expected);
        // The success of a CONNECT has no body, so a broken body matters in a refusal only.
        if !answers.iter().any(|answer| answer.contains("200 OK\r\n")) {
            check(&net, Some(route(None)), "https://a.example/", expected);
        }
    }
}

#[test]
fn answers_are_bounded() {
    let long = Answers::new(|_: &http::Request<Bytes>| {
        response(200, &[], &"x".repeat(BODY_BYTES_MAX + 1))
    });
    let heads = Vec::leak(vec![
        &*format!("HTTP/1.1 200 OK\r\nA: {}\r\n\r\n", "x".repeat(70_000)).leak(),
        &*format!("HTTP/1.1 200 OK\r\n{}\r\n", "A: b\r\n".repeat(101)).leak(),
    ]);
    let net = Net::new(LAYERS[0])
        .with_http("a.example:80", long)
        .with_raw("b.example:80", &heads[..1])
        .with_raw("c.example:80", &heads[1..]);
    check(&net, None, "http://a.example/", "the response is longer than 4194304 bytes");
    check(&net, None, "http://b.example/", "the head of the response is too large");
    check(&net, None, "http://c.example/", "the head of the response is too large");
}

#[test]
fn invalid_requests_are_not_sent() {
    let net = Net::new(LAYERS[0]).with_http("a.example:80", mirror());
    let plain = get("http://a.example/");
    let mut odd = plain.clone();
    odd.url.path = "no slash".to_owned();
    for (request, reason) in [
        (plain.clone().with_header("X-A", "b\r\nX-C: d"), MessageError::RequestHeader),
        (plain.with_header("X A", "b"), MessageError::RequestHeader),
        (odd, MessageError::RequestUrl),
    ] {
        assert_eq!(send(&net, None, &request).unwrap_err(), HttpError::Malformed { reason });
    }
}

#[test]
fn tls_errors_are_the_same_on_both_layers() {
    let other = Authority::new("Other Root");
    let good = || AUTHORITY.client_config(NOW, &MODERN);
    let untrusted = TlsError::UntrustedRoot { issuer: "CN=Test Root".to_owned(), issuer_at: None };
    let table: [(&str, TlsConfig, TlsError); 4] = [
        ("https://b.example/", good(), TlsError::WrongName),
        ("https://a.example/", other.client_config(NOW, &MODERN), untrusted),
        (
            "https://a.example/",
            AUTHORITY.client_config(NOW, &[TlsVersion::V1_0]),
            TlsError::NoCommonVersion,
        ),
        ("https://a.example/", AUTHORITY.client_config(NOW, &[]), TlsError::NothingOffered),
    ];
    for layer in LAYERS {
        let net = Net::new(layer)
            .with_https("a.example:443", mirror())
            .with_https("b.example:443", mirror());
        for (url, tls, expected) in &table {
            let client = Client { dial: &net, proxy: None, tls: tls.clone() };
            let error = run(client.send(&get(url))).unwrap_err();
            assert_eq!(error, HttpError::Tls(expected.clone()), "on {layer:?}");
        }
    }
}

#[test]
fn the_password_is_not_printed() {
    let route = route(Some(("backup", "secret")));
    let text = format!("{route:?}");
    assert!(text.contains("backup") && !text.contains("secret"), "{text}");
}

/// A compile-time test: callers send from futures that move between threads.
#[test]
fn sending_may_move_between_threads() {
    fn needs_send<T: Send>(_: T) {}
    let net = Net::new(LAYERS[0]);
    needs_send(client(&net, None).send(&get("http://a.example/")));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn garbage_is_read_or_refused(
        head in prop_oneof![
            Just(&b""[..]),
            Just(&b"HTTP/1.1 200 OK\r\n"[..]),
            Just(&b"HTTP/1.1 407 No\r\nProxy-Authenticate: Basic\r\n"[..]),
            Just(&b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"[..]),
        ],
        tail in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let bytes = [head, &tail].concat();
        for layer in LAYERS {
            let bytes = bytes.clone();
            let net = Net::new(layer).with_server(PROXY, move |mut connection: Connection| {
                let bytes = bytes.clone();
                async move {
                    connection.stream.write_all(&bytes).await.ok();
                    connection.stream.shutdown().await.ok();
                    read_all(&mut connection.stream).await;
                }
            });
            for url in ["http://a.example/", "https://a.example/"] {
                // The test is that it ends.
                send(&net, Some(route(Some(("backup", "secret")))), &get(url)).ok();
            }
        }
    }
}
