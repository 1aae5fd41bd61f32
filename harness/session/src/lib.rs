//! A broken world held open, to be looked at, broken and repaired while it runs.
//!
//! Absent: judging, reports, the command line.

pub mod session;
