use std::sync::Arc;

use async_trait::async_trait;
use http::Version;
use hyper::ext::ReasonPhrase;
use marslab_model::net::TlsLayer;
use proptest::prelude::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::{Answer, Handler, Incoming, Relay, serve, serve_relay};
use crate::http::{BODY_BYTES_MAX, Client, Request};
use crate::testing::{AUTHORITY, Answers, MODERN, NOW, Net, pair, read_all, response, run};

/// Everything that the server sends for these bytes until it closes.
fn answer_to(bytes: &[u8], handler: &Arc<impl Handler + 'static>) -> String {
    let handler: Arc<dyn Handler> = Arc::clone(handler) as _;
    run(async {
        let (near, far) = pair(TlsLayer::ChainOnly);
        let (mut read, mut write) = tokio::io::split(near.stream);
        let send = async {
            // The server may close before it has read everything.
            write.write_all(bytes).await.ok();
        };
        tokio::join!(send, read_all(&mut read), serve(far, handler)).1
    })
}

#[track_caller]
fn check(bytes: &str, expected: &[&str]) {
    let handler = Answers::new(|request: &http::Request<bytes::Bytes>| {
        response(200, &[("X-Asked", request.uri().path())], "hello")
    });
    assert_eq!(answer_to(bytes.as_bytes(), &handler), expected.concat(), "to {bytes:?}");
}

#[test]
fn answers_are_sent_as_given() {
    let ok = |path: &str| {
        format!("HTTP/1.1 200 OK\r\nX-Asked: {path}\r\nContent-Length: 5\r\n\r\nhello")
    };
    check(
        "GET /a HTTP/1.1\r\nConnection: close\r\n\r\n",
        &["HTTP/1.1 200 OK\r\nX-Asked: /a\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello"],
    );
    check(
        "GET /a HTTP/1.1\r\n\r\nPOST /b HTTP/1.1\r\nContent-Length: 2\r\n\r\nhiGET http://c/d HTTP/1.1\r\nConnection: close\r\n\r\n",
        &[
            &ok("/a"),
            &ok("/b"),
            "HTTP/1.1 200 OK\r\nX-Asked: /d\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello",
        ],
    );
    check(
        "GET /a HTTP/1.0\r\n\r\n",
        &["HTTP/1.0 200 OK\r\nX-Asked: /a\r\nContent-Length: 5\r\n\r\nhello"],
    );
}

#[test]
fn anything_but_http_is_refused() {
    let bad = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    let large = "HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    check("\x16\x03\x01\x02\x00\x01", &[bad]);
    check("hello\r\n\r\n", &[bad]);
    check("GET / HTTP/9.9\r\n\r\n", &[bad]);
    check(&format!("GET / HTTP/1.1\r\nA: {}\r\n\r\n", "x".repeat(70_000)), &[large]);
    check(&format!("GET / HTTP/1.1\r\n{}\r\n", "A: b\r\n".repeat(101)), &[large]);
    check("GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nnot a chunk", &[]);
}

#[test]
fn bodies_are_bounded() {
    let handler = Answers::new(|request: &http::Request<bytes::Bytes>| {
        response(200, &[], &request.body().len().to_string())
    });
    let post = |length: usize, sent: usize| {
        let head =
            format!("POST / HTTP/1.1\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n");
        answer_to(&[head.as_bytes(), &vec![b'x'; sent]].concat(), &handler)
    };
    let full = post(BODY_BYTES_MAX, BODY_BYTES_MAX);
    assert!(full.ends_with(&format!("\r\n\r\n{BODY_BYTES_MAX}")), "{full}");
    for (length, sent) in [(BODY_BYTES_MAX + 1, BODY_BYTES_MAX + 1), (usize::MAX / 2, 9)] {
        let refused = post(length, sent);
        assert!(refused.starts_with("HTTP/1.1 413 "), "for {length} bytes: {refused}");
    }
    assert_eq!(handler.lines("host").len(), 1);
}

/// Passes everything on to one server.
struct Onward(Net);

#[async_trait]
impl Relay for Onward {
    async fn relay(&self, request: http::Request<Incoming>) -> Answer {
        let (head, body) = request.into_parts();
        let asked = Request::get("http://x.example/".parse().unwrap());
        let tls = AUTHORITY.client_config(NOW, &MODERN);
        let client = Client { dial: &self.0, proxy: None, tls };
        let answer = client.open(&Request { method: head.method, ..asked }, body).await.unwrap();
        Answer::PassOn(http::Response::new(answer))
    }
}

#[test]
fn bodies_that_are_passed_on_have_any_length() {
    let many = 3 * BODY_BYTES_MAX;
    let net = Net::new(TlsLayer::Records).with_server("x.example:80", move |mut far| async move {
        let (mut heard, mut some) = (0, vec![0; 64 << 10]);
        while heard < many {
            let read = far.stream.read(&mut some).await.unwrap();
            heard += some[..read].iter().filter(|byte| **byte == b'x').count();
        }
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {many}\r\n\r\n");
        far.stream.write_all(head.as_bytes()).await.unwrap();
        far.stream.write_all(&vec![b'y'; many]).await.unwrap();
    });
    let heard = run(async {
        let (mut near, far) = pair(TlsLayer::Records);
        let ask = async move {
            let head = format!("POST / HTTP/1.1\r\nContent-Length: {many}\r\n\r\n");
            near.stream.write_all(head.as_bytes()).await.unwrap();
            near.stream.write_all(&vec![b'x'; many]).await.unwrap();
            let mut heard = vec![0; many];
            near.stream.read_exact(&mut heard).await.unwrap();
            heard
        };
        tokio::join!(ask, serve_relay(far, Arc::new(Onward(net)))).0
    });
    assert!(heard.iter().filter(|byte| **byte == b'y').count() > many - 100);
}

/// Asks for a tunnel whose other end answers `pong` to the first four bytes.
fn tunnel(bytes: &str) -> String {
    let handler = Answers::new(|_: &http::Request<bytes::Bytes>| {
        let (near, mut far) = pair(TlsLayer::ChainOnly);
        tokio::spawn(async move {
            let mut heard = [0; 4];
            far.stream.read_exact(&mut heard).await.unwrap();
            assert_eq!(&heard, b"ping");
            far.stream.write_all(b"pong").await.unwrap();
        });
        Answer::Tunnel(near)
    });
    let handler: Arc<dyn Handler> = handler;
    run(async {
        let (mut near, far) = pair(TlsLayer::ChainOnly);
        let ask = async move {
            near.stream.write_all(bytes.as_bytes()).await.unwrap();
            read_all(&mut near.stream).await
        };
        tokio::join!(ask, serve(far, handler)).0
    })
}

#[test]
fn a_tunnel_is_opened_with_a_bare_status_line() {
    let bare = "HTTP/1.1 200 Connection established\r\n\r\n";
    assert_eq!(tunnel("CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\nping"), format!("{bare}pong"));
    assert_eq!(tunnel("GET http://a/ HTTP/1.1\r\n\r\n"), "", "no tunnel for a GET");
}

#[test]
fn a_refused_tunnel_leaves_the_connection_usable() {
    let handler = Answers::new(|request: &http::Request<bytes::Bytes>| {
        let status = if request.headers().contains_key("x-pass") { 204 } else { 407 };
        response(status, &[], "")
    });
    let bytes = "CONNECT a:1 HTTP/1.1\r\n\r\nCONNECT a:1 HTTP/1.1\r\n\r\nGET http://a/ HTTP/1.1\r\nX-Pass: 1\r\nConnection: close\r\n\r\n";
    let refused = "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n";
    let done = "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n";
    assert_eq!(answer_to(bytes.as_bytes(), &handler), format!("{refused}{refused}{done}"));
}

/// What is sent for this answer of the handler.
fn given(make: impl Fn() -> Answer + Send + Sync + 'static) -> String {
    let handler = Answers::new(move |_: &http::Request<bytes::Bytes>| make());
    answer_to(b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n", &handler)
}

#[test]
fn unusual_answers_are_sent_or_dropped() {
    assert_eq!(given(|| Answer::Reset), "");
    assert_eq!(given(|| response(101, &[], "")), "");
    let lie = given(|| {
        let headers = [("Content-Length", "9"), ("Transfer-Encoding", "chunked"), ("Via", "1.1 a")];
        response(200, &headers, "hello")
    });
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nVia: 1.1 a\r\nConnection: close\r\n\r\n";
    assert_eq!(lie, format!("{head}hello"));
    let empty = given(|| response(204, &[("Content-Length", "5")], "hello"));
    assert_eq!(empty, "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
    let old = given(|| {
        let Answer::Respond(mut response) = response(403, &[("Mime-Version", "1.0")], "") else {
            unreachable!()
        };
        *response.version_mut() = Version::HTTP_10;
        response.extensions_mut().insert(ReasonPhrase::from_static(b"Filtered"));
        Answer::Respond(response)
    });
    assert_eq!(
        old,
        "HTTP/1.0 403 Filtered\r\nMime-Version: 1.0\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
    );
    let odd = given(|| {
        let Answer::Respond(mut response) = response(517, &[], "x") else { unreachable!() };
        *response.version_mut() = Version::HTTP_3;
        Answer::Respond(response)
    });
    assert!(odd.starts_with("HTTP/1.1 517 "), "{odd}");
}

#[test]
fn the_answer_to_a_head_may_have_the_length_of_a_get() {
    let handler =
        Answers::new(|request: &http::Request<bytes::Bytes>| match request.uri().path() {
            "/named" => response(407, &[("Content-Length", "3100")], ""),
            _ => response(407, &[("Content-Length", "3100")], "hello"),
        });
    let bytes = b"HEAD /named HTTP/1.1\r\n\r\nHEAD /given HTTP/1.1\r\nConnection: close\r\n\r\n";
    let head = "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length:";
    let expected = format!("{head} 3100\r\n\r\n{head} 5\r\nConnection: close\r\n\r\n");
    assert_eq!(answer_to(bytes, &handler), expected);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn garbage_is_answered_or_refused(
        head in prop_oneof![
            Just(&b""[..]),
            Just(&b"GET / HTTP/1.1\r\n"[..]),
            Just(&b"CONNECT a:1 HTTP/1.1\r\n\r\n"[..]),
            Just(&b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"[..]),
        ],
        tail in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let handler = Answers::new(|_: &http::Request<bytes::Bytes>| response(200, &[], "hello"));
        let bytes = [head, &tail].concat();
        let (mut near, far) = pair(TlsLayer::ChainOnly);
        let send = async move {
            near.stream.write_all(&bytes).await.ok();
            near.stream.shutdown().await.ok();
            read_all(&mut near.stream).await
        };
        // The test is that both end.
        run(async { tokio::join!(send, serve(far, handler)) });
    }
}
