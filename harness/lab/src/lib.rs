//! The lab: a simulated Windows server, network and cloud that are broken as the MARS agent's articles document it, so
//! that a diagnostic core can be checked against them.
//!
//! This crate is all that a test of a core depends on. A core is anything that implements [`Subject`]; a test is one line a
//! scenario:
//!
//! ```
//! use marslab::{Complaint, Diagnosis, Finding, HostRead, Subject, SubjectError, async_trait, model::Name};
//!
//! /// Knows one service.
//! struct MyCore;
//!
//! #[async_trait]
//! impl Subject for MyCore {
//!     async fn diagnose(&self, _: &Complaint, host: &dyn HostRead) -> Result<Diagnosis, SubjectError> {
//!         let mut found = Diagnosis::healthy();
//!         if let Ok(Some(agent)) = host.service(&Name::new("obengine"))
//!             && agent.state == marslab::model::world::ServiceState::Stopped
//!         {
//!             let finding = Finding::cause("agent-service-stopped", "start-agent-service");
//!             found.findings.push(finding.with_about("obengine"));
//!         }
//!         Ok(found)
//!     }
//! }
//!
//! # fn main() {
//! marslab::blocking::check("agent-service-stopped", MyCore).assert_confirmed();
//! # }
//! ```
//!
//! In an async test, on whatever runtime, it is `marslab::check("…", MyCore).await`. [`check_file`] plays a scenario of your
//! own, and [`check_world`] asks about a world that no scenario describes:
//!
//! ```
//! # use marslab::{Complaint, Diagnosis, HostRead, Subject, SubjectError, async_trait};
//! use marslab::model::{Field, Name, Operation, Outcome};
//! use marslab::play::Options;
//! # struct MyCore;
//! # #[async_trait]
//! # impl Subject for MyCore {
//! #     async fn diagnose(&self, _: &Complaint, _: &dyn HostRead) -> Result<Diagnosis, SubjectError> {
//! #         Ok(Diagnosis::healthy())
//! #     }
//! # }
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let options = Options { fidelity: marslab::live::Fidelity::Memory, ..Options::default() };
//! let mut world = marslab::blocking::healthy_world(Operation::Backup, &options)?;
//! let machine = Field::world().machines().at(world.cast.machine.clone());
//! world.apply(&machine.services().at(Name::new("obengine")).removed())?;
//! let checked = marslab::blocking::check_world(world, Operation::Backup, MyCore, &options)?;
//! assert!(matches!(checked.outcome, Outcome::Failed(_)));
//! checked.assert_finds([]); // MyCore knows nothing of it
//! # Ok(())
//! # }
//! ```
//!
//! The folder `examples` beside this crate has five programs to begin with.
//!
//! | module | what lives there |
//! | --- | --- |
//! | [`mod@check`], [`blocking`] | checking a core from a Rust test: start here |
//! | [`model`] | the shapes that a core sees and says, and those of a world |
//! | [`catalogue`], [`scenario`], [`corpus`] | the documented failures, and the files that reproduce them |
//! | [`told`], [`mod@texts`] | the catalogue's texts in the language of who reads them; texts in four languages, one row a text |
//! | [`lesson`] | scenarios in order, with a trainer's words |
//! | [`pack_reader`], [`packs`] | failures and scenarios of your own, which join them |
//! | [`faults`], [`settings`], [`remedies`] | what a scenario can ask for, one file each |
//! | [`live`], [`limits_table`] | a world set going; the numbers to which agent, Windows and cloud hold |
//! | [`play`], [`judge`], [`verdict`] | the five beats, and what they showed |
//! | [`left_behind`] | what a repair has left |
//! | [`changed_field`] | what a field was and is |
//! | [`runner`], [`event`], [`report`], [`journal_entry`] | many plays, what they tell, and how that is written down |
//! | [`subject_runner`], [`door`] | cores in Rust, and what programs look through |
//! | [`mod@trace`] | what a subject asked, and what it was told |
//! | [`words`] | the words of a command line, on each system |
//! | [`compound`], [`pairs`] | several plays as one, judged by laws; pairs drawn by a seed |
//! | [`census`], [`look_alikes`] | all that can be seen of a world, and which causes look the same |
//! | [`schema`], [`mod@reference`], [`param_docs`] | JSON Schemas of the files and documents; all of it for people to read |
//!
//! | feature | what it brings |
//! | --- | --- |
//! | `baselines` | module `baselines`: subjects that do not diagnose, to measure the others by |
//! | `html`, `junit` | `report::html` and `report::board::page`, `report::junit` |
//! | `mcp` | module `mcp`: the door as tools for AI agents |
//! | `page` | module `page`: a session, a training or a class in the browser; brings `training` |
//! | `process` | modules `subject` and `process`: programs as subjects |
//! | `session` | module `session`: a broken world held open, to be looked at, broken and repaired while it runs |
//! | `training` | module `training`: a ticket, a broken machine and a score, for people who learn |
//!
//! Absent: code. Everything here is re-exported from the rooms below.

pub use async_trait::async_trait;
pub use marslab_actions::{
    action_spec, error, fault, param_docs, problem, remedy, setting, value_types, world_path,
};
pub use marslab_base as base;
#[cfg(feature = "baselines")]
pub use marslab_baselines as baselines;
pub use marslab_census as census;
pub use marslab_engine::check::{
    blocking, check, check_file, check_file_with, check_with, check_world, healthy_world,
};
pub use marslab_engine::{
    changed_field, check, door, event, interrupt, journal_entry, judge, left_behind, pairs, play,
    room, runner, shard, subject_runner, trace, verdict, words,
};
#[cfg(feature = "process")]
pub use marslab_engine::{process, subject};
pub use marslab_faults::{faults, settings};
pub use marslab_live as live;
#[cfg(feature = "mcp")]
pub use marslab_mcp as mcp;
pub use marslab_model as model;
pub use marslab_model::subject::SubjectError;
pub use marslab_model::{
    Complaint, Diagnosis, Finding, HostRead, Level, Subject, Unchecked, Unexplained,
};
#[cfg(feature = "page")]
pub use marslab_page as page;
pub use marslab_remedies as remedies;
pub use marslab_report::{limits_table, look_alikes, reference, report};
pub use marslab_scenario::{
    PlayKind, catalogue, compound, corpus, lesson, pack_reader, packs, recast, scenario, schema,
    texts, told,
};
#[cfg(feature = "session")]
pub use marslab_session::session;
#[cfg(feature = "training")]
pub use marslab_training as training;
