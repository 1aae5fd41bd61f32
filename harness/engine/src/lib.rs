//! Plays, the judge, the runner, and the subjects under test.
//!
//! | module | what lives there |
//! | --- | --- |
//! | [`check`] | checking a core from a Rust test: start here |
//! | [`play`], [`judge`], [`verdict`] | the five beats, and what they showed |
//! | `repair_state`, [`pairs`] | compounds: how far their parts are cured; pairs drawn by a seed |
//! | [`runner`], [`event`], [`changed_field`], [`journal_entry`] | many plays, and what they tell |
//! | [`left_behind`] | what a repair has left: cured, masked, and what was changed besides |
//! | [`shard`] | parts of a run, for several machines |
//! | [`interrupt`] | ending a run before its last play |
//! | [`room`] | what this machine has room for |
//! | [`subject_runner`], [`door`] | cores in Rust, and what programs look through |
//! | `subject`, `process` (feature `process`) | programs that look through it |
//! | [`trace`] | what a subject asks, and what it is told |
//! | [`words`] | the words of a command line, on each system |
//! | [`local_server`] | servers for programs of this machine's user |
//!
//! Absent: printing, reports, sessions, the command line.

pub mod changed_field;
pub mod check;
pub mod door;
pub mod event;
pub mod interrupt;
pub mod journal_entry;
pub mod judge;
pub mod left_behind;
pub mod local_server;
pub mod pairs;
pub mod play;
#[cfg(feature = "process")]
pub mod process;
pub mod room;
pub mod runner;
pub mod shard;
#[cfg(feature = "process")]
pub mod subject;
pub mod subject_runner;
pub mod trace;
pub mod verdict;
pub mod words;

mod repair_state;
