//! A [`World`](marslab_model::World) at work.
//!
//! | module | what lives there |
//! | --- | --- |
//! | [`running`] | [`Running`]: a world that is being worked on, with its clock, reads and journal |
//! | [`disk`] | where file contents live: in memory, or in a temporary folder |
//! | [`lease`] | temporary folders that outlive no process for long |
//! | [`os`] | what differs between operating systems about files |
//! | [`impairment`] | connections that are cut, stall or are slow |
//! | [`journal`], [`exchange`] | what was said on the wire, without credentials |
//!
//! Absent: who acts on the world. Nothing here knows a server, a machine or a route.

pub mod disk;
pub mod exchange;
pub mod impairment;
pub mod journal;
pub mod lease;
pub mod os;
pub mod running;

pub use exchange::Exchange;
pub use journal::{Journal, JournalEntry, Work};
pub use running::{Pace, Running, Start};
