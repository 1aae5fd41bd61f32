//! What answers questions for names.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::map::Map;
use crate::names::{HostName, Name};
use crate::net::Target;
use crate::tracked::{leaf, record};

record! {
    /// The DNS server that machines and proxies ask. It is asked for IPv4 and for IPv6 addresses, one after the other.
    pub struct Resolver {
        /// What it says when it is asked for the IPv4 addresses of a name (A).
        pub a: Answering,
        /// What it says when it is asked for the IPv6 addresses of a name (AAAA).
        pub aaaa: Answering,
        /// The names that it answers for itself; the first in order that matches decides.
        pub overrides: Map<Name, Override>,
        /// The zones for which it asks a certain other server (conditional forwarders), by their names. Of several that a name is
        /// in, the longest decides.
        pub zones: Map<HostName, ForwardedZone>,
    }

    /// A zone for which a resolver asks a certain other server.
    pub struct ForwardedZone {
        /// What is then said to questions of either type.
        pub answers: Answering,
        /// The names that only that server knows, as in a private zone, and their addresses.
        pub records: Map<HostName, Vec<IpAddr>>,
    }

    /// Addresses that a resolver gives in place of those that names have.
    pub struct Override {
        /// Of which names.
        pub of: Target,
        /// The addresses.
        pub with: Vec<IpAddr>,
    }
}

impl Resolver {
    /// One that gives what there is.
    pub fn plain() -> Self {
        let (overrides, zones) = (Map::new(), Map::new());
        Self { a: Answering::Records, aaaa: Answering::Records, overrides, zones }
    }
}

/// What a resolver says to questions of one type. Servers and what lies before them really do all of this (RFC 4074, 4).
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Answering {
    /// The addresses of this type that the name has.
    #[default]
    Records,
    /// That the name has none of this type (NODATA).
    Empty,
    /// That the name does not exist (NXDOMAIN).
    NameError,
    /// That it cannot tell (SERVFAIL).
    ServerFailure,
    /// Nothing.
    Silence,
}

leaf!(Answering);
