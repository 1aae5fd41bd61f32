//! What makes a [`World`](marslab_model::World) act.
//!
//! | module | what lives there |
//! | --- | --- |
//! | [`base`] | the healthy world that every scenario starts from |
//! | [`Limits`] | the numbers of Windows and of the cloud that decide something |
//! | [`running`] | [`Running`]: a world that is being worked on, with its clock, reads and journal |
//! | [`disk`] | where file contents live: in memory, or in a temporary folder |
//! | [`lease`] | temporary folders that outlive no process for long |
//! | [`machine`] | Windows: the host port over a running world |
//! | [`network`] | resolver, firewall, and the way to the servers |
//! | [`os`] | what differs between operating systems about files |
//! | [`proxy`], [`cloud`], `portal` | the servers |
//! | `mishap` | connections that are cut, stall or are slow |
//! | [`journal`], [`exchange`] | what was said on the wire, without credentials |
//!
//! Absent: what a scenario wants to show. Nothing here knows which part of a world is the odd one.

pub mod base;
pub mod cloud;
pub mod disk;
pub mod exchange;
pub mod journal;
pub mod lease;
mod limits;
pub mod machine;
mod mishap;
pub mod network;
pub mod os;
mod portal;
pub mod proxy;
pub mod running;

pub use exchange::Exchange;
pub use journal::{Journal, Said, Work};
pub use limits::Limits;
pub use machine::FakeMachine;
pub use network::{FakeNetwork, Fidelity, Spot};
pub use running::{Pace, Running, Start};

#[cfg(test)]
mod testing;
