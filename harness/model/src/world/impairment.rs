//! Impairments of connections, as network emulators such as `netem` and Toxiproxy have them.

use serde::{Deserialize, Serialize};

use crate::tracked::leaf;

/// An impairment of connections, counted in the order in which they are opened, or of the answers to requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Impairment {
    /// The first connection to impair, from 1.
    #[serde(default = "first")]
    pub from_connection: u64,
    /// The first request whose answer to impair, from 1. If set, requests are counted instead of connections, those on
    /// kept connections among them; only proxies do so.
    #[serde(default)]
    pub from_request: Option<u64>,
    /// How many connections or answers to impair; by default all that follow.
    #[serde(default)]
    pub times: Option<u64>,
    /// How many bytes still reach the client.
    #[serde(default)]
    pub after_bytes: u64,
    /// What happens then.
    pub what: Effect,
}

const fn first() -> u64 {
    1
}

/// What an impairment does to a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// Resets it.
    Reset,
    /// Closes it as if everything had been sent.
    Close,
    /// Sends nothing more and gives up after this many seconds.
    Stall(u32),
    /// Sends this many bytes a second.
    Slow(u32),
}

leaf!(Vec<Impairment>);
