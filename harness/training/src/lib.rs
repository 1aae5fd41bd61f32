//! Training: somebody gets a ticket with the symptom, looks at the broken machine, repairs it, and gets a score.
//!
//! | module | what lives there |
//! | --- | --- |
//! | [`training`] | one training, from the ticket to its end: start here |
//! | [`ticket`] | what the customer says |
//! | [`choice`], [`difficulty`] | which scenario is played, and how hard it is |
//! | [`course`] | several in order, with a trainer's words |
//! | `command` | what can be typed besides Windows' own commands |
//! | [`lists`] | all causes and remedies, which are the same whatever is wrong |
//! | `hints` | where to look, step by step |
//! | [`debrief`] | the score, and what was looked at and missed |
//! | [`record`] | what is kept of a training, and told again |
//! | [`class`] | the table of a class |
//! | [`texts`] | what a training says, in four languages |
//!
//! Nothing that a trainee gets before the end names scenario, fault or cause, but for the last hint.
//!
//! Absent: clocks, files and printing, which are the caller's; any way past the machine's own commands and the documented
//! remedies.

pub mod choice;
pub mod class;
pub mod course;
pub mod debrief;
pub mod difficulty;
pub mod lists;
pub mod record;
pub mod texts;
pub mod ticket;
pub mod training;

mod command;
mod hints;
