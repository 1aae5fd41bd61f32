//! [`World`]: some Windows machines, the network between them and a cloud, as plain values.
//!
//! A world is an initial condition. A field is something that Windows, a network or Azure really has.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::map::Map;
use crate::names::{HostName, KeyPath, Name, WinPath};
use crate::tracked::{Field, leaf, record};

pub mod cast;
mod cloud;
mod edit;
mod impairment;
mod machine;
mod network;
mod resolver;
mod storage;

pub use cast::{Cast, region_code, regions};
pub use cloud::*;
pub use impairment::{Effect, Impairment};
pub use machine::*;
pub use network::*;
pub use resolver::*;
pub use storage::*;

pub use crate::content::Content;

record! {
    /// Everything that there is.
    pub struct World {
        /// True time (UTC); the cloud's clock. Machines have clocks of their own.
        pub now: Timestamp,
        /// The machines by computer name.
        pub machines: Map<Name, Machine>,
        /// What lies between the machines and the cloud.
        pub network: Network,
        /// The cloud.
        pub cloud: Cloud,
        /// Which value plays which role. For those who break, repair or describe the world, not for what acts in it.
        #[schemars(skip)]
        pub cast: Cast,
    }
}

impl Field<World> {
    /// The world itself: `Field::world().network().firewall()`.
    pub fn world() -> Self {
        Self::at_root()
    }
}

leaf! {
    bool, u32, u64, i64, String, Timestamp, Name, WinPath, KeyPath, HostName,
    BTreeSet<String>, BTreeSet<Name>, BTreeSet<WinPath>, Vec<std::net::IpAddr>, Vec<String>,
}
