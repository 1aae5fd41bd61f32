use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use bytes::Bytes;
use http::{Method, Request};
use marslab_model::net::TlsLayer;
use proptest::prelude::*;
use tokio::io::AsyncWriteExt;

use super::{AfterReply, Reply, RequestError, Responder, is_persistent, serve};
use crate::testing::{pair, read_all, run};

/// Describes the request in its reply. Replies to a GET before its body, if it has one.
#[derive(Default)]
struct Mirror(Mutex<Vec<String>>);

impl Mirror {
    fn reply(&self, sent: String, then: AfterReply) -> Reply {
        let bytes = format!("<{sent}>").into_bytes();
        self.0.lock().unwrap().push(sent);
        Reply { bytes, then }
    }
}

#[async_trait]
impl Responder for Mirror {
    async fn respond_to_head(&self, head: &Request<()>) -> Option<Reply> {
        let then = match *head.method() {
            Method::GET if is_persistent(head) => AfterReply::Keep,
            Method::GET => AfterReply::Close,
            Method::CONNECT => AfterReply::HandOver(Box::new(|mut far| {
                Box::pin(async move {
                    let mut sent = [0; 5];
                    let read = tokio::io::AsyncReadExt::read_exact(&mut far.stream, &mut sent);
                    // A client may close the connection before it has sent that much.
                    if read.await.is_ok() {
                        far.stream.write_all(&sent).await.unwrap();
                    }
                })
            })),
            Method::DELETE => AfterReply::Reset,
            _ => return None,
        };
        Some(self.reply(format!("{} {}", head.method(), head.uri()), then))
    }

    async fn respond(&self, request: Request<Bytes>) -> Reply {
        let body = String::from_utf8_lossy(request.body()).into_owned();
        self.reply(format!("{} {body}", request.method()), AfterReply::Keep)
    }

    fn respond_to_error(&self, error: RequestError) -> Reply {
        self.reply(format!("{error:?}"), AfterReply::Keep)
    }
}

/// Everything that is sent in reply to `sent`, which arrives in pieces of this many bytes.
fn ask(sent: &[u8], piece: usize) -> String {
    run(async {
        let (mut near, far) = pair(TlsLayer::Records);
        let sent = sent.to_vec();
        let served = tokio::spawn(serve(far, Arc::new(Mirror::default())));
        let (mut read, mut write) = tokio::io::split(&mut near.stream);
        let writing = async move {
            for piece in sent.chunks(piece) {
                if write.write_all(piece).await.is_err() {
                    return;
                }
                tokio::task::yield_now().await;
            }
            write.shutdown().await.ok();
        };
        let (answer, ()) = tokio::join!(read_all(&mut read), writing);
        served.await.unwrap();
        answer
    })
}

#[track_caller]
fn check(sent: &str, expected: &str) {
    for piece in [1, 7, 100_000] {
        assert_eq!(ask(sent.as_bytes(), piece), expected, "{sent:?} in pieces of {piece}");
    }
}

#[test]
fn requests_one_after_another() {
    check("GET /a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n\r\n", "<GET /a><GET /b>");
    check("\r\n\nGET /a HTTP/1.1\nHost: x\n\nGET /b HTTP/1.0\r\n\r\nGET /c", "<GET /a><GET /b>");
    check("GET /a HTTP/1.1\r\nConnection: x, Close\r\n\r\nGET /b HTTP/1.1\r\n\r\n", "<GET /a>");
    check(
        "GET /a HTTP/1.0\r\nProxy-Connection: keep-alive\r\n\r\nGET / HTTP/1.0\r\n\r\n",
        "<GET /a><GET />",
    );
    check("GET /a HTTP/1.1\r\nProxy-Connection: close\r\n\r\nGET /b HTTP/1.1\r\n\r\n", "<GET /a>");
    check("DELETE / HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n\r\n", "<DELETE />");
    check("CONNECT a:1 HTTP/1.1\r\n\r\nhelloGET /b HTTP/1.1\r\n\r\n", "<CONNECT a:1>hello");
}

#[test]
fn bodies() {
    let next = "GET /n HTTP/1.1\r\n\r\n";
    check(
        &format!("PUT / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello{next}"),
        "<PUT hello><GET /n>",
    );
    let chunks = "Transfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n1\r\n!\r\n0\r\nT: x\r\n\r\n";
    check(&format!("PUT / HTTP/1.1\r\n{chunks}{next}"), "<PUT hello!><GET /n>");
    check(
        &format!("PUT / HTTP/1.1\r\nContent-Length: 4\r\n{chunks}{next}"),
        "<PUT hello!><GET /n>",
    );
    let expect = "Expect: 100-continue\r\n";
    check(
        &format!("PUT / HTTP/1.1\r\n{expect}Content-Length: 2\r\n\r\nhi{next}"),
        "HTTP/1.1 100 Continue\r\n\r\n<PUT hi><GET /n>",
    );
    // A request that is answered before its body is read needs no `100 Continue`; the body is discarded.
    check(
        &format!("GET /a HTTP/1.1\r\n{expect}Content-Length: 2\r\n\r\nhi{next}"),
        "<GET /a><GET /n>",
    );
    check(&format!("GET /a HTTP/1.1\r\n{chunks}{next}"), "<GET /a><GET /n>");
    check("GET /a HTTP/1.1\r\nContent-Length: 99999999\r\n\r\nhi", "<GET /a>");
    check("GET /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nhello", "<GET /a>");
}

#[test]
fn invalid_requests() {
    check("\u{16}\u{3}\u{1}\r\n\r\n", "<NotHttp>");
    check("\u{16}\u{3}\u{1}", "<NotHttp>");
    check("hello\r\n\r\nGET /b HTTP/1.1\r\n\r\n", "<NotHttp>");
    check("GET / HTTP/1.1\r\nbad header\r\n\r\n", "<NotHttp>");
    check("GET / HTTP/2.0\r\n\r\n", "<Version>");
    check("GET / HTTP/1.1", "");
    let length = |lines: &str| format!("PUT / HTTP/1.1\r\n{lines}\r\n\r\nhello");
    check(&length("Content-Length: 4\r\nContent-Length: 5"), "<Length>");
    check(&length("Content-Length: x"), "<Length>");
    check(&length("Content-Length: +5"), "<Length>");
    check(&length("Content-Length: 9"), "<Length>");
    check(&length("Transfer-Encoding: gzip"), "<Length>");
    check(&length("Transfer-Encoding: chunked"), "<Length>");
    check(&length("Content-Length: 4194305"), "<BodyTooLarge>");
    let chunk = "Transfer-Encoding: chunked\r\n\r\n";
    check(&length(&format!("{chunk}ffffffff\r\n")), "<BodyTooLarge>");
    check(&length(&format!("{chunk}fffffffff\r\n")), "<Length>");
    check(&length(&format!("{chunk}0\r\n{}", "a: b\r\n".repeat(33))), "<HeadTooLarge>");
}

#[test]
fn floods() {
    for piece in [1000, 100_000] {
        let line = format!("GET / HTTP/1.1\r\nX: {}\r\n\r\n", "a".repeat(70_000));
        assert_eq!(ask(line.as_bytes(), piece), "<HeadTooLarge>");
        let many = format!("GET / HTTP/1.1\r\n{}\r\n", "X: a\r\n".repeat(1_001));
        assert_eq!(ask(many.as_bytes(), piece), "<HeadTooLarge>");
        let endless = "GET / HTTP/1.1\r\nX: ".to_owned() + &"a".repeat(1 << 20);
        assert_eq!(ask(endless.as_bytes(), piece), "<HeadTooLarge>");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    #[test]
    fn no_input_makes_it_panic_or_hang(pieces in prop::collection::vec(
        prop_oneof![
            Just("GET / HTTP/1.1\r\n"), Just("PUT / HTTP/1.1\r\n"), Just("\r\n"), Just("\n"), Just("Content-Length: 3\r\n"),
            Just("Transfer-Encoding: chunked\r\n"), Just("3\r\nabc\r\n"), Just("0\r\n"), Just("x"), Just("\0"), Just(": "),
            Just("CONNECT a:1 HTTP/1.0\r\n"), Just("é"),
        ], 0..30), size in 1_usize..50)
    {
        let sent = pieces.concat();
        let whole = ask(sent.as_bytes(), sent.len().max(1));
        if !sent.contains("CONNECT") {
            prop_assert_eq!(ask(sent.as_bytes(), size), whole);
        }
    }
}
