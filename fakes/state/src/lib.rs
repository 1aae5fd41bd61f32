//! A [`World`](marslab_model::World) at work.
//!
//! | module | what lives there |
//! | --- | --- |
//! | [`running`] | [`Running`]: a world in use, with its clock, reads and journal |
//! | [`pace`] | how its time passes, and for whom |
//! | [`disk`] | where file contents live: in memory, or in a temporary folder |
//! | [`lease`] | temporary folders that are removed after their process |
//! | [`os`] | what differs between operating systems about files |
//! | [`impairment`] | connections that are cut, stall or are slow |
//! | [`trouble`] | what the real machine lacks |
//! | [`journal`], [`exchange`] | recorded network traffic, without credentials |
//!
//! Absent: servers, machines and routes, which act on the world.

pub mod disk;
pub mod exchange;
pub mod impairment;
pub mod journal;
pub mod lease;
pub mod os;
pub mod pace;
pub mod running;
pub mod trouble;

pub use exchange::Exchange;
pub use journal::{Journal, JournalEntry, Work};
pub use pace::Pace;
pub use running::{Running, Start};
