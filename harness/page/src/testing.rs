//! For tests of this crate.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::StatusCode;
use marslab_engine::play::{Casting, Options};
use marslab_live::{Fidelity, Pace};
use marslab_scenario::corpus;
use marslab_session::session::{InitialState, Session};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// The broken world of a play, in memory.
pub(crate) async fn session(name: &str) -> Arc<Session> {
    let play = corpus::plays().find(|play| play.name == name).unwrap().clone();
    let options =
        Options { fidelity: Fidelity::Memory, casting: Casting::Plain, ..Options::default() };
    Arc::new(Session::open(play, &options, InitialState::Broken, Pace::Fast).await.unwrap())
}

/// A browser as far as the server can tell: it opened the link, and keeps the cookie.
pub(crate) struct Browser {
    pub(crate) port: u16,
    pub(crate) cookie: String,
    /// All that was sent to it, but for style, script and events.
    pub(crate) heard: Mutex<String>,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.into_iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map_or("", |it| it.1)
    }
}

impl Browser {
    pub(crate) async fn entering(link: &str) -> Self {
        let rest = link.strip_prefix("http://127.0.0.1:").unwrap();
        let (port, path) = rest.split_once('/').unwrap();
        let port = port.parse().unwrap();
        let entered =
            send(port, &format!("GET /{path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n")).await;
        assert_eq!(entered.status, StatusCode::SEE_OTHER);
        assert_eq!(entered.header("location"), "/", "the address is clean");
        let cookie = entered.header("set-cookie").split(';').next().unwrap().to_owned();
        Self { port, cookie, heard: Mutex::default() }
    }

    /// A browser that was not let in.
    pub(crate) fn stranger(port: u16) -> Self {
        Self { port, cookie: String::new(), heard: Mutex::default() }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        let Self { port, cookie, .. } = self;
        let head =
            format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n\r\n");
        self.hear(send(*port, &head).await)
    }

    pub(crate) async fn post(&self, path: &str, form: &str) -> Answer {
        self.post_from(path, form, &format!("Origin: http://127.0.0.1:{}\r\n", self.port)).await
    }

    pub(crate) async fn post_from(&self, path: &str, form: &str, origin: &str) -> Answer {
        let Self { port, cookie, .. } = self;
        let length = form.len();
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n{origin}Content-Length: {length}\r\n\r\n"
        );
        self.hear(send(*port, &(head + form)).await)
    }

    fn hear(&self, answer: Answer) -> Answer {
        self.heard.lock().unwrap().extend([&answer.head, "\n", &answer.body, "\n"]);
        answer
    }

    /// Its stream of events, and how that begins.
    pub(crate) async fn events(&self) -> (TcpStream, String) {
        self.events_at("/events").await
    }

    /// The same at an address.
    pub(crate) async fn events_at(&self, path: &str) -> (TcpStream, String) {
        let Self { port, cookie, .. } = self;
        let mut stream = TcpStream::connect(("127.0.0.1", *port)).await.unwrap();
        let head =
            format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n\r\n");
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut text = String::new();
        read_until(&mut stream, &mut text, "retry: ").await;
        (stream, text)
    }

    pub(crate) async fn page(&self) -> String {
        let page = self.get("/").await;
        assert_eq!(page.status, StatusCode::OK);
        page.body
    }
}

pub(crate) async fn send(port: u16, request: &str) -> Answer {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let request = request.replacen("\r\n", "\r\nConnection: close\r\n", 1);
    // A server that refuses a body does not read it all.
    drop(stream.write_all(request.as_bytes()).await);
    let mut text = Vec::new();
    drop(stream.read_to_end(&mut text).await);
    let text = String::from_utf8(text).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Answer { status, head: head.to_owned(), body: body.to_owned() }
}

pub(crate) async fn read_until(stream: &mut TcpStream, text: &mut String, wanted: &str) {
    let mut bytes = [0; 4096];
    while !text.contains(wanted) {
        let read = timeout(Duration::from_secs(60), stream.read(&mut bytes)).await;
        let count = read.unwrap_or_else(|_| panic!("no `{wanted}` in {text}")).unwrap();
        assert_ne!(count, 0, "the stream ended: {text}");
        text.push_str(&String::from_utf8_lossy(&bytes[..count]));
    }
}
