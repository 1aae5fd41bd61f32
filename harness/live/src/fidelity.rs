//! How true to life a running world is.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;
use thiserror::Error;

/// How true to life a running world is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fidelity {
    /// In-process streams, files in memory; certificates are really verified, TLS records are left out.
    Memory,
    /// As `memory`, with TLS records.
    MemoryFullTls,
    /// Real sockets on 127.0.0.1, real TLS, files in a temporary folder.
    #[default]
    Loopback,
}

impl Fidelity {
    /// The name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Memory => "memory",
            Self::MemoryFullTls => "memory-full-tls",
            Self::Loopback => "loopback",
        }
    }

    pub(crate) const fn of_network(self) -> marslab_network::Fidelity {
        match self {
            Self::Memory => marslab_network::Fidelity::Memory,
            Self::MemoryFullTls => marslab_network::Fidelity::MemoryFullTls,
            Self::Loopback => marslab_network::Fidelity::Loopback,
        }
    }
}

impl fmt::Display for Fidelity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The text is not the name of a fidelity.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("unknown fidelity `{0}`; expected `memory` or `loopback`")]
pub struct UnknownFidelity(pub String);

impl FromStr for Fidelity {
    type Err = UnknownFidelity;

    fn from_str(text: &str) -> Result<Self, UnknownFidelity> {
        match text {
            "memory" => Ok(Self::Memory),
            "memory-full-tls" => Ok(Self::MemoryFullTls),
            "loopback" => Ok(Self::Loopback),
            _ => Err(UnknownFidelity(text.to_owned())),
        }
    }
}
