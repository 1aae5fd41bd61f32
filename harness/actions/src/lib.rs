//! What can be done to a world by name: how it is asked for, read and described.
//!
//! | module | what lives there |
//! | --- | --- |
//! | [`fault`], [`setting`], [`remedy`] | the traits of what breaks, prepares and cures a world |
//! | [`action_spec`], [`param_docs`] | the entry of an action in its table: name, summary, how parameters are read and described |
//! | [`value_types`] | types of parameters, which refuse what a scenario must not name |
//! | [`edit`] | changes that several of them make |
//! | [`field_edits`] | every edit of one field, for what has no name |
//! | [`world_path`] | paths of fields, as a person writes them |
//! | [`problem`] | mistakes in scenario files, with their place |
//!
//! Absent: the faults, settings and remedies themselves; scenario files, the catalogue, what is expected, subjects.

pub mod action_spec;
pub mod edit;
pub mod error;
pub mod fault;
pub mod field_edits;
pub mod param_docs;
pub mod problem;
pub mod remedy;
pub mod setting;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod value_types;
pub mod world_path;

mod plain_words;
