//! What a scenario can do to a world: break it, prepare it, and cure it.
//!
//! | module | what lives there |
//! | --- | --- |
//! | [`faults`], [`settings`], [`remedies`] | what a scenario can ask for by name, one file each |
//! | [`fault`], [`setting`], [`remedy`] | the traits behind them |
//! | [`action_spec`], [`param_docs`] | the entry of an action in its table: name, summary, how parameters are read and described |
//! | [`value_types`] | types of parameters, which refuse what a scenario must not name |
//! | [`field_edits`] | every edit of one field, for what has no name |
//! | [`world_path`] | paths of fields, as a person writes them |
//! | [`problem`] | mistakes in scenario files, with their place |
//!
//! Absent: scenario files, the catalogue, what is expected, subjects.

pub mod action_spec;
pub mod error;
pub mod fault;
pub mod faults;
pub mod field_edits;
pub mod param_docs;
pub mod problem;
pub mod remedies;
pub mod remedy;
pub mod setting;
pub mod settings;
pub mod value_types;
pub mod world_path;

mod administrator;
mod edit;
mod plain_words;
