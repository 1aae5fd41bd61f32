//! The calls behind the door: each is one method of the host port, by its name and with its arguments.

use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;

use marslab_machine::FakeMachine;
use marslab_model::Name;
use marslab_model::host::{Call, CallSpec, HostRead};
use schemars::SchemaGenerator;
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
    #[error("unknown argument `{argument}`; expected one of {:?}", arguments())]
    NoSuchArgument {
        /// The argument.
        argument: String,
    },
    /// The folder of drive C: cannot be made.
    #[error("cannot make the folder of drive C:: {0}")]
    NoFolder(#[source] io::Error),
}

impl Refusal {
    pub(super) const fn code(&self) -> &'static str {
        match self {
            Self::NoSuchCall { .. } => "no-such-call",
            Self::BadArguments(_) | Self::NoSuchArgument { .. } => "bad-arguments",
            Self::NoFolder(_) => "lab-failed",
        }
    }

    pub(super) const fn status(&self) -> http::StatusCode {
        match self {
            Self::NoSuchCall { .. } => http::StatusCode::NOT_FOUND,
            Self::BadArguments(_) | Self::NoSuchArgument { .. } => http::StatusCode::BAD_REQUEST,
            Self::NoFolder(_) => http::StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

/// Makes a call of the door on a host, which is the machine itself or what records its calls.
pub(super) async fn answer(
    host: &dyn HostRead,
    machine: &FakeMachine,
    (call, body): (&str, &[u8]),
) -> Result<Value, Refusal> {
    if !is_drive_c(call) {
        return Ok(read(call, body)?.make(host).await.to_json());
    }
    // Where it cannot be made the play ends: the real machine lacks something.
    let folder = machine.drive(&Name::new("C:")).map_err(Refusal::NoFolder)?;
    Ok(json!({ "ok": folder }))
}

/// Whether a call is for the folder of drive C:, which few programs want, and which takes longer to make than a short
/// diagnosis.
pub(super) fn is_drive_c(call: &str) -> bool {
    call == DRIVE_C.name()
}

/// The call of this name with the arguments in a body, of which there may be more than it needs.
fn read(call: &str, body: &[u8]) -> Result<Call, Refusal> {
    if !known().contains(call) {
        return Err(Refusal::NoSuchCall { call: call.to_owned() });
    }
    let given: Map<String, Value> =
        if body.is_empty() { Map::new() } else { serde_json::from_slice(body)? };
    let arguments = arguments();
    if let Some(argument) = given.keys().find(|name| !arguments.contains(name.as_str())) {
        return Err(Refusal::NoSuchArgument { argument: argument.clone() });
    }
    Ok(serde_json::from_value(json!({ call: given }))?)
}

/// The names of all calls.
fn known() -> BTreeSet<String> {
    all().map(CallSpec::name).collect()
}

/// Every call. A connection that is to be used is opened through the SOCKS5 server.
pub(super) fn all() -> impl Iterator<Item = &'static CallSpec> {
    Call::SPECS.iter().chain([&DRIVE_C])
}

/// The one call that is no method of the host port.
const DRIVE_C: CallSpec = CallSpec {
    method: "drive_c",
    group: "Files",
    doc: &[
        "The folder of this machine that is drive C: of the simulated one; it is made by the first call. None in worlds \
            without real files (`--fidelity memory`).",
    ],
    windows: "none: a core on Windows opens `C:\\`",
    arguments: &[],
    answer: SchemaGenerator::subschema_for::<Option<PathBuf>>,
    errors: Vec::new,
};

fn arguments() -> BTreeSet<&'static str> {
    all().flat_map(|call| call.arguments.iter().map(|argument| argument.name)).collect()
}
