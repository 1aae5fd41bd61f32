use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use bytes::Bytes;
use http::{Method, Request};
use marslab_model::net::TlsLayer;
use proptest::prelude::*;
use tokio::io::AsyncWriteExt;

use super::{AfterReply, Reply, RequestError, Responder, is_persistent, serve};
use crate::testing::{pair, play, read_all};

/// Tells what it was asked. A GET is answered before its body, if it should have one.
#[derive(Default)]
struct Mirror(Mutex<Vec<String>>);

impl Mirror {
    fn reply(&self, said: String, then: AfterReply) -> Reply {
        let bytes = format!("<{said}>").into_bytes();
        self.0.lock().unwrap().push(said);
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
                    let mut said = [0; 5];
                    let read = tokio::io::AsyncReadExt::read_exact(&mut far.stream, &mut said);
                    // A client may go before it has said that much.
                    if read.await.is_ok() {
                        far.stream.write_all(&said).await.unwrap();
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

/// Everything that is answered to `said`, which comes in pieces of so many bytes.
fn ask(said: &[u8], piece: usize) -> String {
    play(async {
        let (mut near, far) = pair(TlsLayer::Records);
        let said = said.to_vec();
        let served = tokio::spawn(serve(far, Arc::new(Mirror::default())));
        let (mut read, mut write) = tokio::io::split(&mut near.stream);
        let writing = async move {
            for piece in said.chunks(piece) {
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
fn check(said: &str, expected: &str) {
    for piece in [1, 7, 100_000] {
        assert_eq!(ask(said.as_bytes(), piece), expected, "{said:?} in pieces of {piece}");
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
    // What is answered before its body was read needs not be told to continue; the body is read away.
    check(
        &format!("GET /a HTTP/1.1\r\n{expect}Content-Length: 2\r\n\r\nhi{next}"),
        "<GET /a><GET /n>",
    );
    check(&format!("GET /a HTTP/1.1\r\n{chunks}{next}"), "<GET /a><GET /n>");
    check("GET /a HTTP/1.1\r\nContent-Length: 99999999\r\n\r\nhi", "<GET /a>");
    check("GET /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nhello", "<GET /a>");
}

#[test]
fn what_is_no_request() {
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
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn nothing_makes_it_panic_or_hang(pieces in prop::collection::vec(
        prop_oneof![
            Just("GET / HTTP/1.1\r\n"), Just("PUT / HTTP/1.1\r\n"), Just("\r\n"), Just("\n"), Just("Content-Length: 3\r\n"),
            Just("Transfer-Encoding: chunked\r\n"), Just("3\r\nabc\r\n"), Just("0\r\n"), Just("x"), Just("\0"), Just(": "),
            Just("CONNECT a:1 HTTP/1.0\r\n"), Just("é"),
        ], 0..30), size in 1_usize..50)
    {
        let said = pieces.concat();
        let whole = ask(said.as_bytes(), said.len().max(1));
        if !said.contains("CONNECT") {
            prop_assert_eq!(ask(said.as_bytes(), size), whole);
        }
    }
}
