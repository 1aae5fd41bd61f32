//! Scenario files: what is broken, what is then seen, and what cures it, as TOML that needs no programming.
//!
//! A file is untrusted. It starts no program, and its paths, hosts and addresses are those of the simulated world.

mod case;
mod check;
mod compound;
mod draft;
mod file;
mod library;
mod parse;
mod part;
mod renamed;
mod rules;
pub mod shape;

pub(crate) use compound::{PARTS, is_compound};
pub use draft::draft;
pub use file::{ReadError, read, read_text};
pub use library::Library;
pub use marslab_actions::problem::{Paint, Problem, Problems};
pub use parse::{parse, parse_file};

pub use crate::play::{
    Ago, ComplaintSource, Cure, Expect, Group, Named, Part, Past, PastChoice, Play, Scenario,
    ScenarioKind, Source, SourceFile,
};

#[cfg(test)]
mod tests;
