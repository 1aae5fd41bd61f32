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
        /// How its answers arrive.
        pub delivery: Delivery,
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
        /// How that server's answers arrive, which the resolver passes on as it gets them.
        pub delivery: Delivery,
    }

    /// How a DNS server's answers arrive.
    pub struct Delivery {
        /// How many seconds it takes to answer.
        pub seconds: u32,
        /// Whether its answers over UDP are whole. Else they are cut to nothing (TC), so that a client asks again over TCP, as
        /// BIND does by `rate-limit { slip 1; }`.
        pub whole_over_udp: bool,
        /// Whether it answers over TCP. Many firewalls do not let port 53 pass (RFC 9210, 2.4).
        pub over_tcp: bool,
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
        let delivery = Delivery::plain();
        Self { a: Answering::Records, aaaa: Answering::Records, delivery, overrides, zones }
    }
}

impl ForwardedZone {
    /// One whose server answers like this, and knows no names of its own.
    pub fn answering(answers: Answering) -> Self {
        Self { answers, records: Map::new(), delivery: Delivery::plain() }
    }
}

impl Delivery {
    /// At once, and whole.
    pub const fn plain() -> Self {
        Self { seconds: 0, whole_over_udp: true, over_tcp: true }
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
    /// That it may not tell (REFUSED).
    Refused,
    /// Nothing.
    Silence,
}

leaf!(Answering);
