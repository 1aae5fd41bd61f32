//! The calls behind the door: each is one method of the host port, by its name and with its arguments.

use std::collections::BTreeSet;

use marslab_model::host::{Call, HostRead};
use serde_json::{Map, Value, json};
use thiserror::Error;

/// Why a call was not made.
#[derive(Debug, Error)]
pub(super) enum Refusal {
    /// The call does not exist.
    #[error("unknown call `{call}`; expected one of {:?}", known())]
    NoSuchCall {
        /// The name that was given.
        call: String,
    },
    /// The body is no JSON object, or an argument is missing or of the wrong type.
    #[error("invalid arguments: {0}")]
    BadArguments(#[from] serde_json::Error),
    /// No call has such an argument.
    #[error("unknown argument `{argument}`; expected one of {:?}", arguments().collect::<Vec<_>>())]
    NoSuchArgument {
        /// The argument.
        argument: String,
    },
}

impl Refusal {
    pub(super) const fn code(&self) -> &'static str {
        match self {
            Self::NoSuchCall { .. } => "no-such-call",
            Self::BadArguments(_) | Self::NoSuchArgument { .. } => "bad-arguments",
        }
    }

    pub(super) const fn status(&self) -> http::StatusCode {
        match self {
            Self::NoSuchCall { .. } => http::StatusCode::NOT_FOUND,
            Self::BadArguments(_) | Self::NoSuchArgument { .. } => http::StatusCode::BAD_REQUEST,
        }
    }
}

/// Makes a call and gives its answer, `{"ok": …}` or `{"error": {"code", "message", "number"}}`: what the machine refuses
/// is an answer like any other.
pub(super) async fn answer(host: &dyn HostRead, call: &str, body: &[u8]) -> Result<Value, Refusal> {
    let answer = read(call, body)?.make(host).await;
    Ok(match answer.error() {
        Some(error) => json!({ "error": {
            "code": error.code(), "message": error.to_string(), "number": error.number(),
        } }),
        None => json!({ "ok": answer.value() }),
    })
}

/// The call of this name with the arguments in a body, of which there may be more than it needs.
fn read(call: &str, body: &[u8]) -> Result<Call, Refusal> {
    if !known().contains(call) {
        return Err(Refusal::NoSuchCall { call: call.to_owned() });
    }
    let given: Map<String, Value> =
        if body.is_empty() { Map::new() } else { serde_json::from_slice(body)? };
    if let Some(argument) = given.keys().find(|name| !arguments().any(|known| known == *name)) {
        return Err(Refusal::NoSuchArgument { argument: argument.clone() });
    }
    Ok(serde_json::from_value(json!({ call: given }))?)
}

/// Every call; connections are opened through the SOCKS5 server.
pub(super) fn known() -> BTreeSet<String> {
    Call::names().filter(|name| name != "dial").chain([DRIVE_C.to_owned()]).collect()
}

/// The one call that is no method of the host port: it makes the folder that is drive C:, and answers with its path.
pub(super) const DRIVE_C: &str = "drive-c";

fn arguments() -> impl Iterator<Item = &'static str> {
    Call::arguments().into_iter().filter(|name| *name != "to")
}
