//! Calls of the door.

use std::time::Duration;

use jiff::Timestamp;
use marslab_engine::door::DoorFile;
use marslab_engine::local_server::Loopback;
use marslab_wire::http::{Client, HttpError, Request, Url};
use marslab_wire::tls::TlsConfig;
use serde_json::{Map, Value};
use thiserror::Error;
use tokio::time::timeout;

/// Why a call was not made.
#[derive(Debug, Error)]
pub(crate) enum CallError {
    /// The door's file has no address.
    #[error("`{0}` is not an address")]
    NoAddress(String),
    /// The door is closed: the question is over.
    #[error("the door does not answer: {0}")]
    Unreachable(#[from] HttpError),
    /// The door does not answer in time.
    #[error("the door did not answer within {} s", CALL_TIME.as_secs())]
    TimedOut,
    /// The door says why.
    #[error("{0}")]
    NotMade(String),
}

/// Makes a call: `{"ok": …}`, or `{"refused": …}`.
pub(crate) async fn call(
    door: &DoorFile,
    name: &str,
    arguments: &Map<String, Value>,
) -> Result<Value, CallError> {
    let url = format!("http://{}/v1/{name}", door.http).parse::<Url>();
    let url = url.map_err(|_no_url| CallError::NoAddress(door.http.clone()))?;
    let body = Value::Object(arguments.clone()).to_string().into_bytes();
    let request = Request::post(url, "application/json", body)
        .with_header("Authorization", &format!("Bearer {}", door.token));
    // Nothing here speaks TLS.
    let tls = TlsConfig { roots: Vec::new(), now: Timestamp::UNIX_EPOCH, versions: Vec::new() };
    let client = Client { dial: &Loopback, proxy: None, tls };
    let answer = timeout(CALL_TIME, client.send(&request)).await;
    let answer = answer.map_err(|_elapsed| CallError::TimedOut)??;
    let body: Value = answer.json()?;
    match body.pointer("/error/message").and_then(Value::as_str) {
        Some(message) => Err(CallError::NotMade(message.to_owned())),
        None => Ok(body),
    }
}

/// The longest call waits in world time, which passes at once.
const CALL_TIME: Duration = Duration::from_secs(60);
