//! The shapes that both sides of the lab share, and nothing else.
//!
//! | module | what lives there |
//! | --- | --- |
//! | [`world`] | [`World`]: machines, network and cloud as plain values |
//! | [`tracked`] | reading a world so that each read field is recorded by its path |
//! | [`edit`] | writing to a world, so that whatever is read on the way is recorded |
//! | [`change`] | [`Change`]: one primitive edit of a world |
//! | [`content`] | bytes, as files and certificates have them |
//! | [`host`] | the host port: what a program on the machine can see and do |
//! | [`net`] | addresses, connections and how dialling one fails |
//! | [`wording`] | a text in the languages of the lab |
//! | [`complaint`], [`diagnosis`], [`subject`] | input, output and interface of a diagnostic core |
//!
//! Absent: every path, host, limit and message of the product, any clock, any I/O.

pub mod admin;
pub mod change;
pub mod complaint;
pub mod content;
pub mod diagnosis;
pub mod edit;
pub mod host;
pub mod map;
pub mod names;
pub mod net;
pub mod operation;
pub mod subject;
pub mod tracked;
pub mod wording;
pub mod world;

pub use change::Change;
pub use complaint::{Complaint, Outcome, Symptom};
pub use content::Content;
pub use diagnosis::{Diagnosis, Finding, Level, Unchecked, Unexplained};
pub use edit::Edit;
pub use host::{Account, HostControl, HostRead};
pub use map::Map;
pub use names::{HostName, KeyPath, Name, WinPath};
pub use net::{Address, Connection, DialError, Host, Target};
pub use operation::Operation;
pub use subject::Subject;
pub use tracked::{Field, FieldPath, Footprint, Node, Reads, Tracked};
pub use wording::Wording;
pub use world::World;
