use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use http::{Method, Request};
use marslab_model::net::TlsLayer;
use proptest::prelude::*;
use tokio::io::AsyncWriteExt;

use super::{
    AfterReply, Patience, Reply, RequestBody, RequestError, Responder, Target, is_persistent, serve,
};
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
            Method::GET | Method::POST if is_persistent(head) => AfterReply::Keep,
            Method::GET | Method::POST => AfterReply::Close,
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
        let target = head.extensions().get::<Target>().map(|it| it.0.clone());
        let target = target.unwrap_or_else(|| head.uri().to_string());
        Some(self.reply(format!("{} {target}", head.method()), then))
    }

    async fn respond(
        &self,
        head: Request<()>,
        mut body: RequestBody<'_>,
    ) -> Result<Reply, RequestError> {
        let body = String::from_utf8_lossy(&body.first(1 << 10).await?).into_owned();
        Ok(self.reply(format!("{} {body}", head.method()), AfterReply::Keep))
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
        let served = tokio::spawn(serve(far, Arc::new(Mirror::default()), Patience::default()));
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
        &format!("POST /a HTTP/1.1\r\n{expect}Content-Length: 2\r\n\r\nhi{next}"),
        "<POST /a><GET /n>",
    );
    check(&format!("POST /a HTTP/1.1\r\n{chunks}{next}"), "<POST /a><GET /n>");
    check("POST /a HTTP/1.1\r\nContent-Length: 99999999\r\n\r\nhi", "<POST /a>");
    check("POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nhello", "<POST /a>");
}

#[test]
fn invalid_requests() {
    check("\u{16}\u{3}\u{1}\r\n\r\n", "<NotHttp>");
    check("\u{16}\u{3}\u{1}", "<NotHttp>");
    // They need not go on: nobody waits for an empty line.
    for line in [
        "hello\r\n",
        "SSH-2.0-OpenSSH_9.2\r\n",
        "EHLO x\r\n",
        "CONNECT a:1\r\n",
        "G(T / HTTP/1.1\r\n",
    ] {
        check(line, "<NotHttp>");
    }
    check(&format!("{} / HTTP/1.1\r\n", "A".repeat(33)), "<NotHttp>");
    for line in ["bad header", "X : a", ": a", "X(y): a", "X: a\0b"] {
        check(&format!("GET / HTTP/1.1\r\n{line}\r\n\r\n"), "<Headers>");
    }
    check("GET /\u{1} HTTP/1.1\r\n\r\n", "<Headers>");
    check("GET x.example/ HTTP/1.1\r\n\r\n", "<Target>");
    check("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "<Target>");
    check("GET / HTTP/1.1\r\nExpect: x\r\n\r\n", "<Expectation>");
    for version in ["2.0", "1.10", "11.1", "0.0"] {
        check(&format!("GET / HTTP/{version}\r\n\r\n"), "<Version>");
    }
    check("GET / HTTP/1.1", "");
    let length = |lines: &str| format!("PUT / HTTP/1.1\r\n{lines}\r\n\r\nhello");
    for lines in
        ["4\r\nContent-Length: 5", "5,6", "x", "+5", "-5", "0x5", "", "99999999999999999999"]
    {
        check(&length(&format!("Content-Length: {lines}")), "<Length>");
    }
    check("GET / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello", "<Length>");
    for coding in
        ["gzip", "gzip, chunked", "chunked, chunked", "chunked\r\nTransfer-Encoding: chunked", ""]
    {
        check(&length(&format!("Transfer-Encoding: {coding}")), "<Coding>");
    }
    let chunk = "Transfer-Encoding: chunked\r\n\r\n";
    // What is said about a body that is none, or that ends too early, is nothing.
    for body in [
        "hello\r\n",
        "fffffffff\r\n",
        "5\nhello\n0\n\n",
        "5\r\nhelloXX0\r\n\r\n",
        "-5\r\n",
        "5\r\nhel",
    ] {
        check(&format!("PUT / HTTP/1.1\r\n{chunk}{body}"), "");
    }
    check(&length("Content-Length: 9"), "");
    check(&length(&format!("{chunk}0\r\n{}", "a: b\r\n".repeat(33))), "");
}

#[test]
fn what_is_taken_all_the_same() {
    check("GET\t /a\u{b}b  HTTP/1.1\r\n\r\n", "<GET /ab>");
    check("get /a HTTP/1.9\r\n\r\n", "<GET /a>");
    check("GET /a?b|c\"<>{}^`\\é HTTP/1.1\r\n\r\n", "<GET /a?b%7Cc%22%3C%3E%7B%7D%5E%60%5C%C3%A9>");
    for lines in [
        " X: a\r\nY: b\r\n",
        "X: a\r\n b\r\n",
        "X: a\r\n\tb\r\n",
        "X: a\rb\u{1}\u{7f}\r\n",
        "X: é\r\n",
    ] {
        check(
            &format!("GET /a HTTP/1.1\r\n{lines}\r\nGET /b HTTP/1.1\r\n\r\n"),
            "<GET /a><GET /b>",
        );
    }
    for length in ["5,5", "5\r\nContent-Length: 5", "5 ", "5\r\nTransfer-Encoding: identity"] {
        check(&format!("PUT / HTTP/1.1\r\nContent-Length: {length}\r\n\r\nhello"), "<PUT hello>");
    }
    // A line without a version is a whole request.
    for line in ["GET /a\r\n", "GET /a HTTP/0.9\r\n", "GET /a\nGET /b\n"] {
        check(line, "<GET /a>");
    }
    check("GET /a http/1.1\r\n", "<GET /ahttp/1.1>");
}

#[test]
fn floods() {
    for piece in [1000, 100_000] {
        let line = format!("GET / HTTP/1.1\r\nX: {}\r\n\r\n", "a".repeat(70_000));
        assert_eq!(ask(line.as_bytes(), piece), "<HeadTooLarge>");
        let many = format!("GET / HTTP/1.1\r\n{}\r\n", "X: a\r\n".repeat(10_000));
        assert_eq!(ask(many.as_bytes(), piece), "<GET />");
        for end in ["", " HTTP/1.1\r\n\r\n"] {
            let long = format!("GET /{}{end}", "a".repeat(70_000));
            assert_eq!(ask(long.as_bytes(), piece), "<TargetTooLong>");
        }
        let endless = "GET / HTTP/1.1\r\nX: ".to_owned() + &"a".repeat(1 << 20);
        assert_eq!(ask(endless.as_bytes(), piece), "<HeadTooLarge>");
    }
}

/// On tokio's own clock, which jumps where nobody does anything.
#[tokio::test(start_paused = true)]
async fn a_client_that_says_nothing() {
    let seconds = |seconds| Some(std::time::Duration::from_secs(seconds));
    let patience = Patience { idle: seconds(120), head: seconds(300), body: seconds(900) };
    for (said, expected) in [
        ("", 300),
        ("GET / HT", 300),
        ("GET / HTTP/1.1\r\nX: a", 300),
        ("GET / HTTP/1.1\r\n\r\n", 120),
        ("GET / HTTP/1.1\r\n\r\nGET / HT", 300),
        ("PUT / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhell", 900),
        ("PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello", 900),
        // It was answered before its body, which is skipped.
        ("GET / HTTP/1.1\r\n\r\nPOST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhell", 900),
    ] {
        let (mut near, far) = pair(TlsLayer::Records);
        let began = tokio::time::Instant::now();
        let served = tokio::spawn(serve(far, Arc::new(Mirror::default()), patience));
        near.stream.write_all(said.as_bytes()).await.unwrap();
        read_all(&mut near.stream).await;
        served.await.unwrap();
        assert_eq!(began.elapsed().as_secs(), expected, "{said:?}");
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
