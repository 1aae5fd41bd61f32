//! Plays, the judge, the runner, and the subjects under test.
//!
//! | module | what lives there |
//! | --- | --- |
//! | [`check`] | checking a core from a Rust test: start here |
//! | [`play`], [`judge`], [`verdict`] | the five beats, and what they showed |
//! | `repair_state`, [`pairs`] | compounds: how far their parts are cured; pairs drawn by a seed |
//! | [`runner`], [`event`], [`journal_entry`] | many plays, and what they tell |
//! | [`subject_runner`], [`subject`], [`door`], [`process`] | cores in Rust, and programs that look through a door |
//! | [`trace`] | what a subject asks, and what it is told |
//! | [`local_server`] | servers for programs of this machine's user |
//!
//! Absent: printing, reports, sessions, the command line.

pub mod check;
pub mod door;
pub mod event;
pub mod journal_entry;
pub mod judge;
pub mod local_server;
pub mod pairs;
pub mod play;
pub mod process;
pub mod runner;
pub mod subject;
pub mod subject_runner;
pub mod trace;
pub mod verdict;

mod repair_state;
