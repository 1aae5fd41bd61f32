//! The command line of trainings.

use std::path::PathBuf;

use clap::{ArgGroup, Args};
use marslab::session::duration::RealTime;

use super::LanguageName;

/// `marslab train`.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("what").required(true).multiple(true).args(["scenario", "random", "section", "difficulty", "lesson"]))]
pub(crate) struct Train {
    /// Name of a play, or a scenario file (`.toml`).
    #[arg(value_name = "SCENARIO|FILE", conflicts_with_all = ["random", "section", "difficulty"])]
    pub(crate) scenario: Option<String>,

    /// Draw a scenario by the seed.
    #[arg(long)]
    pub(crate) random: bool,

    /// Draw one of this section of the articles, such as `unable-to-connect`.
    #[arg(long, value_name = "SECTION")]
    pub(crate) section: Option<String>,

    /// Draw one of this difficulty, from 1 to 5.
    ///
    /// The fifth in which a scenario falls by how many of the built-in baselines and weakened cores fail it.
    #[arg(long, value_name = "LEVEL", value_parser = clap::value_parser!(u8).range(1..=5))]
    pub(crate) difficulty: Option<u8>,

    /// Do the exercises of a lesson, one after the other; see `marslab list lessons`.
    #[arg(long, value_name = "NAME", conflicts_with_all = ["scenario", "random", "section", "difficulty", "record"])]
    pub(crate) lesson: Option<String>,

    /// End after this time, such as `30m`; of a lesson, each exercise.
    #[arg(long, value_name = "TIME")]
    pub(crate) time: Option<RealTime>,

    /// Language of the customer and of the machine.
    #[arg(long, value_enum, default_value_t = LanguageName::English)]
    pub(crate) lang: LanguageName,

    /// Random seed, which draws the names of the world and, where none is named, the scenario [default: a new one].
    #[arg(long, value_name = "N")]
    pub(crate) seed: Option<u64>,

    /// Keep a record, for `marslab replay`.
    ///
    /// Written after each line. Before the end it names neither scenario nor seed.
    #[arg(long, value_name = "FILE")]
    pub(crate) record: Option<PathBuf>,

    /// Append a row with the result to a table (CSV), for a class.
    #[arg(long, value_name = "FILE")]
    pub(crate) class: Option<PathBuf>,
}

/// `marslab replay`.
#[derive(Debug, Args)]
pub(crate) struct Replay {
    /// The record that `marslab train --record FILE` wrote.
    #[arg(value_name = "FILE")]
    pub(crate) record: PathBuf,

    /// Wait for Enter after each line.
    #[arg(long)]
    pub(crate) step: bool,
}
