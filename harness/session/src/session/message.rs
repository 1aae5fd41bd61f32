//! The requests to a session, and its answers.

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::Timestamp;
use marslab_engine::changed_field::ChangedField;
use marslab_engine::door::DoorFile;
use marslab_model::world::Language;
use marslab_model::{Complaint, Operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

pub use marslab_engine::journal_entry::Entry;

/// A session, and how to inspect its world.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Description {
    /// The version of this document's shape: 1.
    pub version: u32,
    /// The name of the play.
    pub scenario: String,
    /// Its summary in one line.
    pub title: String,
    /// The id of the documented failure, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
    /// The language of the customer's server.
    #[serde(default)]
    pub language: Language,
    /// The scenario's operation.
    pub operation: Operation,
    /// What time it is in the world: real time, and what the administrator's commands have moved it by.
    pub now: Timestamp,
    /// By how many seconds they have.
    pub clock_moved_seconds: i64,
    /// The customer's server.
    pub machine: String,
    /// The servers and proxies, with the addresses at which they listen.
    pub listeners: Vec<Listening>,
    /// The lab's root certificates (PEM), for clients that need to trust the simulated servers.
    pub ca_file: PathBuf,
    /// The folder with the machine's drive C:.
    pub drive_c: Option<PathBuf>,
    /// The file for `MARSLAB_HOST`, through which a subject inspects the machine.
    pub door_file: PathBuf,
    /// `host:port` of the DNS server, over UDP and TCP, which answers as the world's does.
    pub dns: String,
    /// `host:port` of an HTTP proxy for any client, which resolves names and connects as the machine does, directly.
    pub http_proxy: String,
    /// `host:port` of a SOCKS5 proxy that does the same.
    pub socks_proxy: String,
    /// `host:port` of the door's SOCKS5 server, whose connections are a subject's: it resolves names and connects as the machine does. The user name is an account
    /// (`SYSTEM`), the password is the door's token.
    pub socks: String,
    /// The door's token.
    pub door_token: String,
    /// `host:port` of the session's HTTP interface.
    pub control: String,
    /// The file with the address and token of the HTTP interface.
    pub session_file: PathBuf,
    /// The active faults: those of which something is still as they have left it.
    pub faults: Vec<ActiveFault>,
    /// The remedies that were carried out, in order.
    #[serde(default)]
    pub remedies: Vec<String>,
}

/// A proxy or server of the simulated network, and the address at which it really listens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Listening {
    /// `host:port` in the simulated network.
    pub name: String,
    /// What it is.
    pub what: ListenerKind,
    /// The real address, `127.0.0.1:port`.
    pub at: String,
    /// The users that a proxy knows, and their passwords, which are the lab's and protect nothing.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub users: BTreeMap<String, String>,
}

/// The kind of a listener.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ListenerKind {
    /// A forward proxy.
    Proxy,
    /// A captive portal.
    Portal,
    /// A cloud server.
    Server,
}

/// An active fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ActiveFault {
    /// Its number in the session.
    pub number: u32,
    /// Its name.
    pub fault: String,
    /// What it changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<ChangedField>,
}

/// The content of a session file: how other processes reach the session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Key {
    /// The version of this document's shape: 1.
    pub version: u32,
    /// `127.0.0.1:port` of the session's HTTP interface.
    pub control: String,
    /// The token for `Authorization: Bearer TOKEN`.
    pub token: String,
    /// The name of the play.
    pub scenario: String,
}

/// Applies a fault.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Break {
    /// The fault. Default: the scenario's own faults.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<String>,
    /// Its parameters, as in a scenario file.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub with: Map<String, Value>,
    /// Undoes the fault after this many seconds of real time. Default: never.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 604_800))]
    pub for_seconds: Option<u64>,
}

/// Undoes a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Revert {
    /// The fault's number in the session.
    pub number: u32,
}

/// Carries out a remedy.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Repair {
    /// The remedy. Default: the scenario's next cure.
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

/// A fault that was applied or undone, or a remedy that was carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct AppliedChange {
    /// The fault's number in the session; absent for a remedy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    /// The fault or remedy.
    pub name: String,
    /// The changed fields of the world.
    pub changed: Vec<String>,
    /// What these were and are, in the same order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<ChangedField>,
    /// How far the world's clock was moved; absent where it was not.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub clock_moved_seconds: i64,
}

/// Runs an operation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Operate {
    /// The operation. Default: the scenario's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation: Option<Operation>,
    /// The language of the machine during this operation. Default: its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
}

/// How an operation ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Operated {
    /// The operation.
    pub operation: Operation,
    /// Whether it succeeded.
    pub succeeded: bool,
    /// The error's number or id, if it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// What the console shows, if it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// How far the world's clock was moved, for what the operation waited for; absent where it was not.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub clock_moved_seconds: i64,
}

/// Types a line into the machine's command line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Windows {
    /// The line, as it is typed at the prompt.
    pub line: String,
}

/// What a line printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Printed {
    /// Both streams, in order.
    pub text: String,
    /// The exit code.
    pub code: u32,
    /// What stands before the next line.
    pub prompt: String,
    /// How far the world's clock was moved, for what the line waited for; absent where it was not.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub clock_moved_seconds: i64,
}

/// Moves the world's clock on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Jump {
    /// By so many seconds, at most ten years.
    #[schemars(range(min = 1, max = 315_360_000))]
    pub seconds: u32,
}

/// The world's clock after it was moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Jumped {
    /// What time it is in the world.
    pub now: Timestamp,
}

/// Begins to ask a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct BeginAsk {
    /// How many seconds of real time the subject may take. If the end is not told by then, the ask ends by itself.
    #[schemars(range(min = 1, max = 3_660))]
    pub seconds: u64,
}

/// What a subject is asked.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Asked {
    /// The number of the ask, with which it is ended.
    pub number: u32,
    /// What the administrator complains about: the last failure that the console showed.
    pub complaint: Complaint,
    /// A door to the machine, as in the file for `MARSLAB_HOST`; it closes when the ask ends. Who waits there need not wait: the
    /// world's clock moves instead.
    pub host: DoorFile,
}

/// Ends an ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct EndAsk {
    /// Its number.
    pub number: u32,
}

/// Confirms that an ask has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct AskEnded {
    /// Whether its time was not up yet, so that no one has changed the session meanwhile.
    pub in_time: bool,
    /// How far the world's clock was moved, for what the subject waited for; absent where it was not.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub clock_moved_seconds: i64,
}

/// A part of the journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Journal {
    /// The number of entries before these.
    pub first: u64,
    /// The total number of entries so far. Request the rest with `after`.
    pub count: u64,
    /// The entries, oldest first, at most a hundred.
    pub entries: Vec<Entry>,
}

/// Confirms that the session ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Ending {
    /// Always `true`.
    pub ends: bool,
}

/// Why a request failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Failed {
    /// What is wrong, and how to correct it.
    pub error: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde calls")]
const fn is_zero(seconds: &i64) -> bool {
    *seconds == 0
}
