//! The subject's door: how a program outside the lab looks at the machine that complains.
//!
//! [`Door::open`] serves the host port as read-only JSON over HTTP (one call a method), and a SOCKS5 server behind which names
//! resolve and addresses connect as they do on the machine. Both listen on 127.0.0.1 and want a token. The program
//! finds them through the JSON file that the variable `MARSLAB_HOST` names; nothing of the World stands in it.

use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use http::{Method, Request, Response, StatusCode, header};
use marslab_fakes::FakeMachine;
use marslab_model::host::Network;
use marslab_model::net::TlsLayer;
use marslab_model::{Account, Connection};
use marslab_wire::relay::relay;
use marslab_wire::serve::{Answer, Handler, serve};
use marslab_wire::socks;
use ring::rand::{SecureRandom, SystemRandom};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use crate::live::Live;

mod calls;

/// An open door. Dropping it closes it.
pub struct Door {
    file: NamedTempFile,
    _servers: JoinSet<()>,
}

/// What stands in the file that `MARSLAB_HOST` names.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct DoorFile {
    /// The version of this document's shape; 1.
    pub version: u32,
    /// `host:port` of the HTTP server: `POST /v1/CALL` with a JSON object, header `Authorization: Bearer TOKEN`.
    pub http: String,
    /// `host:port` of the SOCKS5 server; the user name is an account of the machine, the password the token.
    pub socks: String,
    /// What opens both.
    pub token: String,
    /// The folder that is drive C: of the machine.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drive_c: Option<PathBuf>,
}

impl Door {
    /// Opens a door to the machine that complains. Needs a tokio runtime with I/O.
    pub async fn open(live: &Live) -> io::Result<Self> {
        let http = TcpListener::bind(LOOPBACK).await?;
        let socks = TcpListener::bind(LOOPBACK).await?;
        let description = DoorFile {
            version: 1,
            http: http.local_addr()?.to_string(),
            socks: socks.local_addr()?.to_string(),
            token: token()?,
            drive_c: live.drive_c()?,
        };
        let mut file = NamedTempFile::with_prefix("marslab-host-")?;
        file.write_all(&serde_json::to_vec_pretty(&description)?)?;
        file.flush()?;
        let guard = Arc::new(Guard { machine: live.shared_host(), token: description.token });
        let mut servers = JoinSet::new();
        servers.spawn(serve_http(http, Arc::clone(&guard)));
        servers.spawn(serve_socks(socks, guard));
        Ok(Self { file, _servers: servers })
    }

    /// The file for `MARSLAB_HOST`.
    pub fn path(&self) -> &Path {
        self.file.path()
    }
}

/// Who guards the door, and the machine behind it.
struct Guard {
    machine: Arc<FakeMachine>,
    token: String,
}

async fn serve_http(listener: TcpListener, guard: Arc<Guard>) {
    let mut connections = JoinSet::new();
    while let Some(stream) = next(&listener, &mut connections).await {
        let connection = Connection { stream: Box::new(stream), tls: TlsLayer::Records };
        let handler: Arc<dyn Handler> = Arc::<Guard>::clone(&guard);
        connections.spawn(serve(connection, handler));
    }
}

async fn serve_socks(listener: TcpListener, guard: Arc<Guard>) {
    let mut connections = JoinSet::new();
    while let Some(stream) = next(&listener, &mut connections).await {
        let guard = Arc::clone(&guard);
        connections.spawn(async move {
            // A client that breaks off has had its answer, or wants none.
            guard.connect(stream).await.ok();
        });
    }
}

/// The next connection, once fewer than [`CONNECTIONS_MAX`] are open; nothing when the listener has failed.
async fn next(listener: &TcpListener, open: &mut JoinSet<()>) -> Option<TcpStream> {
    while open.try_join_next().is_some() {}
    while open.len() >= CONNECTIONS_MAX {
        open.join_next().await;
    }
    let (stream, _peer) = listener.accept().await.ok()?;
    Some(stream)
}

impl Guard {
    async fn connect(&self, stream: TcpStream) -> Result<(), socks::SocksError> {
        let request = socks::accept(stream).await?;
        if !request.has_password(&self.token) {
            return request.forbidden().await;
        }
        let who = request.user.as_deref().map_or(Account::System, account);
        match self.machine.dial(&who, &request.to).await {
            Err(error) => request.failed(error).await,
            Ok(connection) => {
                let client = request.succeeded().await?;
                relay(client, connection.stream).await;
                Ok(())
            }
        }
    }

    /// Whether a request comes from who was given the door: the token is right, and no page in a browser was lured
    /// into sending it.
    fn admits(&self, request: &Request<Bytes>) -> bool {
        let text = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
        let token = text(header::AUTHORIZATION).and_then(|value| value.strip_prefix("Bearer "));
        let host = text(header::HOST).and_then(|host| host.parse::<SocketAddr>().ok());
        let is_local = host.is_some_and(|host| host.ip().is_loopback());
        token == Some(self.token.as_str()) && is_local && text(header::ORIGIN).is_none()
    }

    async fn reply(&self, request: &Request<Bytes>) -> (StatusCode, String) {
        if !self.admits(request) {
            return (
                StatusCode::UNAUTHORIZED,
                error_json("unauthorized", "the token is not the door's"),
            );
        }
        let Some(call) = request.uri().path().strip_prefix("/v1/") else {
            return (StatusCode::NOT_FOUND, error_json("no-such-call", "calls are under /v1/"));
        };
        if request.method() != Method::POST {
            return (StatusCode::METHOD_NOT_ALLOWED, error_json("bad-method", "use POST"));
        }
        match calls::answer(self.machine.as_ref(), call, request.body()).await {
            Ok(value) => (StatusCode::OK, serde_json::json!({ "ok": value }).to_string()),
            Err(refusal) => (refusal.status(), error_json(refusal.code(), &refusal.to_string())),
        }
    }
}

#[async_trait]
impl Handler for Guard {
    async fn answer(&self, request: Request<Bytes>) -> Answer {
        let (status, body) = self.reply(&request).await;
        let mut response = Response::new(Bytes::from(body));
        *response.status_mut() = status;
        let json = header::HeaderValue::from_static("application/json");
        response.headers_mut().insert(header::CONTENT_TYPE, json);
        Answer::Respond(response)
    }
}

/// A token that nobody guesses. It does not come from the run's seed: it guards something real.
fn token() -> io::Result<String> {
    let mut bytes = [0; 24];
    let filled = SystemRandom::new().fill(&mut bytes);
    filled.map_err(|_unspecified| io::Error::other("the system has no random bytes"))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// An account as callers write it: `SYSTEM`, or a user's name.
fn account(name: &str) -> Account {
    if name.eq_ignore_ascii_case("SYSTEM") || name.is_empty() {
        Account::System
    } else {
        Account::User(name.into())
    }
}

fn error_json(code: &str, message: &str) -> String {
    serde_json::json!({ "error": { "code": code, "message": message } }).to_string()
}

const LOOPBACK: (std::net::Ipv4Addr, u16) = (std::net::Ipv4Addr::LOCALHOST, 0);

/// A core looks at a few things at a time; a flood waits in the listener's queue.
const CONNECTIONS_MAX: usize = 64;

#[cfg(test)]
mod tests;
