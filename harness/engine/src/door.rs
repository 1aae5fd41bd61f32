//! The subject's door: how a program outside the lab looks at the machine that complains.
//!
//! [`Door::open`] serves the host port as read-only JSON over HTTP (one call a method), and a SOCKS5 server behind which names
//! resolve and addresses connect as they do on the machine. Both listen on 127.0.0.1 and want a token. A program
//! finds them through a [`DoorFile`], which contains nothing of the World: in the JSON file that the variable `MARSLAB_HOST`
//! names, or, where it is served, in the line that asks it. [`mod@reference`] describes the calls, and [`openapi`] the same for
//! programs.
//!
//! A call has one of three answers: `{"ok": …}`, what it found; `{"refused": {"code", "number", "message"}}`, the error with
//! which Windows refuses it; and, with another HTTP status than 200, `{"error": {"code", "message"}}`: it was not made.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use http::{Method, Request, Response, StatusCode, header};
use marslab_machine::FakeMachine;
use marslab_model::Account;
use marslab_model::host::{CallSpec, Hooked, Network as _};
use marslab_state::pace::Waits;
use marslab_wire::relay::relay;
use marslab_wire::serve::{Answer, Handler};
use marslab_wire::socks;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use crate::local_server;
use crate::trace::{Recorder, TracedLive};

mod calls;
mod examples;
pub mod openapi;
pub mod reference;

/// An open door. Dropping it closes it.
pub struct Door {
    description: DoorFile,
    _servers: JoinSet<()>,
}

/// Where a door is, as a program is told.
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
}

impl Door {
    /// Opens a door to the machine that complains. Needs a tokio runtime with I/O. What is done through it waits as what is
    /// done by the task that opens it.
    pub async fn open(live: &TracedLive<'_>) -> io::Result<Self> {
        let http = local_server::listen().await?;
        let socks = local_server::listen().await?;
        let description = DoorFile {
            version: 1,
            http: http.local_addr()?.to_string(),
            socks: socks.local_addr()?.to_string(),
            token: local_server::token()?,
        };
        let (machine, recorder) = live.shared();
        let (token, waits) = (description.token.clone(), Waits::of_task());
        let guard = Arc::new(Guard { machine, recorder, token, waits });
        let mut servers = JoinSet::new();
        servers.spawn(local_server::serve_http(http, Arc::<Guard>::clone(&guard)));
        servers.spawn(serve_socks(socks, guard));
        Ok(Self { description, _servers: servers })
    }

    /// Where it is.
    pub fn description(&self) -> &DoorFile {
        &self.description
    }
}

impl DoorFile {
    /// Writes the file for `MARSLAB_HOST`, for this user only, and says where it is.
    pub fn write_in(&self, folder: &Path) -> io::Result<PathBuf> {
        let file = folder.join("door.json");
        local_server::write_private(&file, &serde_json::to_vec_pretty(self)?)?;
        Ok(file)
    }
}

/// Every call of a door.
pub fn calls() -> impl Iterator<Item = &'static CallSpec> {
    calls::all()
}

/// Who guards the door, and the machine behind it.
struct Guard {
    machine: Arc<FakeMachine>,
    recorder: Arc<Recorder>,
    token: String,
    waits: Waits,
}

async fn serve_socks(listener: TcpListener, guard: Arc<Guard>) {
    let mut connections = JoinSet::new();
    while let Some(stream) = local_server::next(&listener, &mut connections).await {
        let guard = Arc::clone(&guard);
        connections.spawn(async move {
            // A client that breaks off has had its answer, or wants none.
            guard.connect(stream).await.ok();
        });
    }
}

impl Guard {
    async fn connect(&self, stream: TcpStream) -> Result<(), socks::SocksError> {
        let request = socks::accept(stream).await?;
        if !request.has_password(&self.token) {
            return request.forbidden().await;
        }
        let who = Account::from(request.user.clone().unwrap_or_default());
        match self.waits.during(self.host().dial(&who, &request.to)).await {
            Err(error) => request.failed(error).await,
            Ok(connection) => {
                let client = request.succeeded().await?;
                relay(client, connection.stream).await;
                Ok(())
            }
        }
    }

    /// The machine, on which every call is recorded.
    fn host(&self) -> Hooked<'_, &Recorder> {
        Hooked::new(self.machine.as_ref(), &*self.recorder)
    }

    async fn reply(&self, request: &Request<Bytes>) -> (StatusCode, String) {
        if let Err(stranger) = local_server::admit(request.headers(), &self.token) {
            return (stranger.status(), error_json("unauthorized", stranger.reason()));
        }
        let Some(call) = request.uri().path().strip_prefix("/v1/") else {
            return (StatusCode::NOT_FOUND, error_json("no-such-call", "calls are under /v1/"));
        };
        if request.method() != Method::POST {
            return (StatusCode::METHOD_NOT_ALLOWED, error_json("bad-method", "use POST"));
        }
        if calls::is_drive_c(call) {
            self.recorder.hand_out_folder();
        }
        let host = self.host();
        let answered = calls::answer(&host, &self.machine, (call, request.body()));
        match self.waits.answer(answered).await {
            Ok(answer) => (StatusCode::OK, answer.to_string()),
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

fn error_json(code: &str, message: &str) -> String {
    serde_json::json!({ "error": { "code": code, "message": message } }).to_string()
}

#[cfg(test)]
mod tests;
