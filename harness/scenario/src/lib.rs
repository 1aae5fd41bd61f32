//! What is documented, and what reproduces it: the catalogue, scenario files, and the embedded corpus.
//!
//! | module | what lives there |
//! | --- | --- |
//! | [`catalogue`] | the documented failures, causes, remedies, messages; which causes look alike |
//! | [`scenario`] | scenario files: read, checked, and taken apart into plays |
//! | [`compound`] | several plays made one |
//! | [`corpus`] | the scenarios that the program knows |
//! | [`packs`], [`pack_reader`] | folders of scenarios and tables that join them |
//! | [`lesson`] | scenarios in order, with a trainer's words |
//! | [`digest`] | what was played, in one number |
//! | [`recast`] | plays, read again for a world with other names |
//! | [`told`] | the catalogue's texts in the language of who reads them |
//! | [`mod@texts`] | texts in four languages, one row a text |
//! | [`schema`] | JSON Schemas of the files and documents |
//!
//! Absent: playing, judging, subjects.

pub mod catalogue;
pub mod compound;
pub mod corpus;
pub mod digest;
pub mod lesson;
pub mod pack_reader;
pub mod packs;
pub mod scenario;
pub mod schema;

mod play;
mod play_kind;
pub mod recast;
mod roles;
pub mod texts;
pub mod told;

pub use play_kind::PlayKind;
