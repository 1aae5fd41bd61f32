//! `marslab try`.

use std::path::PathBuf;

use super::{LanguageName, ProgramArgs};

/// What is tried, and by whom it is diagnosed.
#[derive(Debug, clap::Args)]
pub(crate) struct Try {
    /// Faults, as in a scenario file, or a file that has them.
    ///
    /// Several faults can be separated by `;`. Of a file only `given`, `fault`, `when` and `complaint` are read: it may be unfinished.
    #[arg(value_name = "FILE|FAULT", required = true)]
    pub(crate) what: Vec<String>,

    /// Operation to try [default: that of the file].
    #[arg(long, value_name = "OPERATION")]
    pub(crate) operation: Option<String>,

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
