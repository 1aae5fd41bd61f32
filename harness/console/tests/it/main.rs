//! The command line, as people type into it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod completion;
mod powershell;
mod programs;
mod window;
