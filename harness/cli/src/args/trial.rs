//! `marslab try`.

use std::path::PathBuf;

use super::{LanguageName, ProgramArgs};

/// What is tried, and by whom it is diagnosed.
#[derive(Debug, clap::Args)]
pub(crate) struct Try {
    /// Faults, as in a scenario file, or a file that has them.
    ///
    /// Several faults can be separated by `;`. Of a file only `given`, `fault`, `when` and `complaint` are read: it may be unfinished.
    #[arg(value_name = "FILE|FAULT", required_unless_present = "edits")]
    pub(crate) what: Vec<String>,

    /// Operation to try [default: that of the file].
    #[arg(long, value_name = "OPERATION")]
    pub(crate) operation: Option<String>,

    /// Try this many edits of any field of the world instead, drawn by the seed, and count how often the subject says nothing.
    ///
    /// Each is tried in a healthy world of its own, with every operation in turn or with that of `--operation`. Wherever the operation
    /// fails, the subject should find a cause, name an area that it cannot check, or call the failure unexplained.
    #[arg(long, value_name = "N", conflicts_with_all = ["what", "given", "write"])]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(crate) edits: Option<u32>,

    /// Setting of the healthy world, as in a scenario file; can be repeated.
    #[arg(long, value_name = "SETTING")]
    pub(crate) given: Vec<String>,

    /// Program to ask [default: the reference core]; see `marslab run --help`.
    #[arg(long, value_name = "COMMAND")]
    pub(crate) subject: Option<String>,

    #[command(flatten)]
    pub(crate) program: ProgramArgs,

    /// Language of Windows and the agent.
    #[arg(long, value_enum, default_value_t = LanguageName::English)]
    pub(crate) lang: LanguageName,

    /// Random seed, which draws the names, addresses and sizes of the world [default: those of the reference].
    #[arg(long, value_name = "N")]
    pub(crate) seed: Option<u64>,

    /// Write a scenario of it to a new file (`-` for standard output).
    ///
    /// It expects what the agent showed. What is wrong, what a subject should find and what cures it are left empty, and
    /// `marslab check` refuses the file until you have filled them in.
    #[arg(long, value_name = "FILE")]
    pub(crate) write: Option<PathBuf>,
}
