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
//! | [`live`], [`limits_table`] | a world set going; the numbers to which agent, Windows and cloud hold |
//! | [`play`], [`judge`], [`verdict`] | the five beats, and what they showed |
//! | [`runner`], [`event`], [`report`], [`journal_entry`] | many plays, what they tell, and how that is written down |
//! | [`subject_runner`], [`subject`], [`door`], [`process`] | cores in Rust, and programs that look through a door |
//! | [`mod@trace`] | what a subject asked, and what it was told |
//! | [`compound`], [`pairs`] | several plays as one, judged by laws; pairs drawn by a seed |
//! | [`census`], [`look_alikes`] | all that can be seen of a world, and which causes look the same |
//! | [`session`] | a broken world held open, to be looked at, broken and repaired while it runs |
//! | `baselines` (feature `baselines`) | subjects that do not diagnose, to measure the others by |
//! | `mcp` (feature `mcp`) | the door as tools for AI agents |
//! | [`schema`], [`mod@reference`], [`param_docs`] | JSON Schemas of the files and documents; all of it for people to read |
//!
//! Absent: code. Everything here is re-exported from the rooms below.

pub use marslab_actions::{
    action_spec, error, fault, faults, param_docs, remedies, remedy, setting, settings, value_types,
};
pub use marslab_base as base;
#[cfg(feature = "baselines")]
pub use marslab_baselines as baselines;
pub use marslab_census as census;
pub use marslab_engine::{
    check, door, event, journal_entry, judge, pairs, play, process, runner, subject,
    subject_runner, trace, verdict,
};
pub use marslab_live as live;
#[cfg(feature = "mcp")]
pub use marslab_mcp as mcp;
pub use marslab_report::{limits_table, look_alikes, reference, report};
pub use marslab_scenario::{PlayKind, catalogue, compound, corpus, recast, scenario, schema};
pub use marslab_session::session;
