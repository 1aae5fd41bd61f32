mod direct;
mod errors;
mod proxied;

use std::sync::Arc;

use bytes::Bytes;
use marslab_model::Connection;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::{Client, Credentials, HttpError, Request, Response, Route};
use crate::dial::Dial;
use crate::serve::{Answer, Handler, serve};
use crate::testing::{AUTHORITY, Answers, Leaf, MODERN, NOW, Net, response, run};
use crate::tls;

const PROXY: &str = "10.0.0.5:8080";

/// A server that describes the request in its answer.
fn mirror() -> Arc<Answers<impl Fn(&http::Request<Bytes>) -> Answer + Send + Sync>> {
    Answers::new(|request: &http::Request<Bytes>| {
        let body = String::from_utf8_lossy(request.body()).into_owned();
        response(200, &[], &format!("{} {} [{body}]", request.method(), request.uri()))
    })
}

impl Net {
    /// Adds a server for `http`.
    fn with_http(self, address: &str, handler: Arc<dyn Handler>) -> Self {
        self.with_server(address, move |connection| serve(connection, Arc::clone(&handler)))
    }

    /// Adds a server for `https` with a certificate for `a.example`.
    fn with_https(self, address: &str, handler: Arc<dyn Handler>) -> Self {
        let identity = Arc::new(AUTHORITY.issue(&Leaf::named("a.example")));
        self.with_server(address, move |connection| {
            let (identity, handler) = (Arc::clone(&identity), Arc::clone(&handler));
            async move {
                if let Ok(connection) = tls::accept(connection, &identity).await {
                    serve(connection, handler).await;
                }
            }
        })
    }

    /// Adds a server that reads the head of each request, sends the next of `answers`, and closes after the last.
    fn with_raw(self, address: &str, answers: &'static [&'static str]) -> Self {
        self.with_server(address, move |connection| recite(connection, answers))
    }
}

async fn recite(mut connection: Connection, answers: &[&str]) {
    for answer in answers {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let Ok(byte) = connection.stream.read_u8().await else { return };
            head.push(byte);
        }
        connection.stream.write_all(answer.as_bytes()).await.ok();
    }
}

fn client<'a>(net: &'a dyn Dial, proxy: Option<Route>) -> Client<'a> {
    Client { dial: net, proxy, tls: AUTHORITY.client_config(NOW, &MODERN) }
}

fn route(credentials: Option<(&str, &str)>) -> Route {
    let credentials = credentials.map(|(user, password)| Credentials {
        user: user.to_owned(),
        password: password.to_owned(),
    });
    Route { address: PROXY.parse().unwrap(), credentials }
}

fn get(url: &str) -> Request {
    Request::get(url.parse().unwrap())
}

fn send(net: &Net, proxy: Option<Route>, request: &Request) -> Result<Response, HttpError> {
    run(async { client(net, proxy).send(request).await })
}

#[track_caller]
fn text(answer: Result<Response, HttpError>) -> String {
    let answer = answer.unwrap();
    format!("{} {}", answer.status, answer.text())
}
