//! The lab: a simulated Windows server, network and cloud that are broken as the MARS agent's articles document it, so
//! that a diagnostic core can be checked against them.
//!
//! A test of a core is one line a scenario:
//!
//! ```
//! use marslab::check::check;
//! use marslab_core::ReferenceCore; // your core: anything that implements `marslab_model::Subject`
//!
//! # fn main() {
//! check("passphrase-kek-missing", ReferenceCore).assert_confirmed();
//! # }
//! ```
//!
//! | module | what lives there |
//! | --- | --- |
//! | [`check`] | checking a core from a Rust test: start here |
//! | [`catalogue`], [`scenario`], [`corpus`] | the documented failures, and the files that reproduce them |
//! | [`faults`], [`settings`], [`remedies`] | what a scenario can ask for, one file each |
//! | [`limits`] | the numbers to which agent, Windows and cloud hold |
//! | [`live`], [`play`], [`judge`], [`verdict`] | a world set going, the five beats, and what they showed |
//! | [`runner`], [`event`], [`report`], [`said`] | many plays, what they tell, and how that is written down |
//! | [`examiner`], [`subject`], [`door`], [`process`] | cores in Rust, and programs that look through a door |
//! | [`compound`] | several plays as one, judged by laws; pairs drawn by a seed |
//! | [`census`], [`look_alikes`] | all that can be seen of a world, and which causes look the same |
//! | [`session`] | a broken world held open, to be looked at, broken and repaired while it runs |
//! | [`schema`], [`mod@reference`], [`parameter`] | JSON Schemas of the files and documents; all of it for people to read |
//!
//! Absent: printing, exit codes, the command line.

pub mod catalogue;
pub mod census;
pub mod check;
pub mod compound;
pub mod corpus;
pub mod door;
pub mod event;
pub mod examiner;
pub mod faults;
pub mod judge;
pub mod kind;
pub mod limits;
pub mod live;
pub mod look_alikes;
pub mod param;
pub mod parameter;
pub mod play;
pub mod process;
pub mod reference;
pub mod remedies;
pub mod report;
pub mod runner;
pub mod said;
pub mod scenario;
pub mod schema;
pub mod session;
pub mod settings;
pub mod subject;
pub mod verdict;

pub use marslab_fakes::base;

mod edit;
mod local;
