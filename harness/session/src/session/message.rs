//! What a session is asked, and what it answers.

use std::path::PathBuf;

use marslab_model::Operation;
use marslab_model::world::Language;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

pub use marslab_engine::journal_entry::Entry;

/// A session and where its world can be reached.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Description {
    /// The version of this document's shape; 1.
    pub version: u32,
    /// What is held open: the name of a play.
    pub scenario: String,
    /// What it shows, in one line.
    pub title: String,
    /// The operation that fails, or that is to be tried.
    pub operation: Operation,
    /// The machine that complains.
    pub machine: String,
    /// Where everything listens.
    pub listeners: Vec<Listening>,
    /// The certificates of the lab's authorities (PEM), for clients that are to trust the simulated servers.
    pub ca_file: PathBuf,
    /// The folder that is drive C: of the machine.
    pub drive_c: Option<PathBuf>,
    /// The file for `MARSLAB_HOST`: the door that a diagnostic core looks through.
    pub door_file: PathBuf,
    /// `host:port` of the SOCKS5 server behind which names resolve and addresses connect as on the machine; the user
    /// name is an account (`SYSTEM`), the password the door's token.
    pub socks: String,
    /// The door's token.
    pub door_token: String,
    /// Where the session takes its calls.
    pub control: String,
    /// The file with the control's address and token.
    pub session_file: PathBuf,
    /// The faults that are in.
    pub faults: Vec<FaultIn>,
}

/// A proxy or server of the simulated network, and where it really listens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Listening {
    /// `host:port` as the simulated machine names it.
    pub name: String,
    /// What it is.
    pub what: What,
    /// `127.0.0.1:port`.
    pub at: String,
}

/// What listens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// A forward proxy.
    Proxy,
    /// A captive portal.
    Portal,
    /// A server of the cloud.
    Server,
}

/// A fault that is in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct FaultIn {
    /// Its number in the session.
    pub number: u32,
    /// Its name.
    pub fault: String,
}

/// What a session file holds: how another process reaches the session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Key {
    /// The version of this document's shape; 1.
    pub version: u32,
    /// `127.0.0.1:port`, where the session takes its calls.
    pub control: String,
    /// What it wants as `Authorization: Bearer TOKEN`.
    pub token: String,
    /// What is held open.
    pub scenario: String,
}

/// Put a fault in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Break {
    /// The fault; the scenario's own faults where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<String>,
    /// Its parameters, as in a scenario file.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub with: Map<String, Value>,
    /// Reverts it after this many seconds of real time; otherwise it stays.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 604_800))]
    pub for_seconds: Option<u64>,
}

/// Take a fault out again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Revert {
    /// The fault's number in the session.
    pub number: u32,
}

/// Carry a remedy out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Repair {
    /// The remedy; the next of the scenario's cures where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remedy: Option<String>,
    /// Its parameters, as in a scenario file.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub with: Map<String, Value>,
}

/// What was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Changed {
    /// What was done, in order.
    pub done: Vec<AppliedChange>,
}

/// A fault that was put in or taken out, or a remedy that was carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct AppliedChange {
    /// The fault's number in the session; nothing for a remedy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    /// The fault or remedy.
    pub name: String,
    /// The fields of the world that are now another than before.
    pub changed: Vec<String>,
}

/// Let the administrator try an operation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Operate {
    /// The operation; the scenario's where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation: Option<Operation>,
    /// The language of the machine from now on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
}

/// How an operation ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Operated {
    /// The operation.
    pub operation: Operation,
    /// Whether it did what it was asked for.
    pub succeeded: bool,
    /// The error's number or name, where it did not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// What the console shows then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

/// A part of the journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Journal {
    /// How many entries came before the first of these.
    pub first: u64,
    /// How many there were so far. Where there are more than these, the next call has them.
    pub count: u64,
    /// The entries, oldest first, at most a hundred.
    pub entries: Vec<Entry>,
}

/// The session ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Ending {
    /// True.
    pub ends: bool,
}

/// Why a call was not answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Failed {
    /// What is wrong, and what would be right.
    pub error: String,
}
