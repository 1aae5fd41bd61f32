//! Name resolution, firewall and proxies.

use std::collections::BTreeMap;
use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::look::{leaf, record};
use crate::names::{HostName, Name};
use crate::net::Target;

record! {
    /// What lies between the machines and the cloud.
    pub struct Network {
        /// The names that exist and their addresses. A name that is not here does not exist.
        pub names: BTreeMap<HostName, Vec<IpAddr>>,
        /// The rules by name; the first in order of the names that matches decides, else a connection passes.
        pub firewall: BTreeMap<Name, Rule>,
        /// The forward proxies by address and port (`10.0.0.5:8080`).
        pub proxies: BTreeMap<Name, Proxy>,
    }

    /// One firewall rule for outgoing connections.
    pub struct Rule {
        /// Whose connections the rule is for.
        pub from: Origin,
        /// Where to.
        pub to: Target,
        /// To which port; every port where there is none.
        pub port: Option<u16>,
        /// What becomes of the connection.
        pub action: Action,
    }

    /// A forward proxy.
    pub struct Proxy {
        /// The authentication schemes that it offers, in order; none: it asks nobody.
        pub asks: Vec<Scheme>,
        /// The realm of the challenges.
        pub realm: String,
        /// Users and their passwords.
        pub users: BTreeMap<Name, String>,
        /// What it refuses to connect to (403).
        pub refuses: Vec<Target>,
        /// What it connects to all the same.
        pub allows: Vec<Target>,
        /// The configuration script (PAC) that it serves at `/proxy.pac`; empty: it serves none.
        pub script: String,
    }
}

/// Who opens a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// Any machine.
    Machines,
    /// Any proxy.
    Proxies,
    /// Everyone.
    Anyone,
}

/// What a firewall does with a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Lets it pass.
    Allow,
    /// Answers nothing; the caller waits until it gives up.
    Drop,
    /// Answers with a reset: the caller sees a refused connection.
    Reset,
    /// Answers that the host is unreachable.
    Unreachable,
}

/// An HTTP authentication scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Scheme {
    /// RFC 7617.
    Basic,
}

leaf!(Target, Origin, Action, Option<u16>, Vec<Target>, Vec<Scheme>);
