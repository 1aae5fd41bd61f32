//! The command line of trainings.

use std::path::PathBuf;

use clap::{ArgGroup, Args};
use marslab::session::duration::RealTime;

use super::LanguageName;

/// `marslab train`.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("what").required(true).multiple(true).args(["scenario", "random", "section", "difficulty", "lesson", "trainees"]))]
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

    /// Open a page for the browser instead, and print its link.
    ///
    /// It is at 127.0.0.1 only; the link works once. The ticket, the prompt, the machine and a live picture of the network.
    #[arg(long)]
    pub(crate) page: bool,

    /// Open a class of so many trainees: a page for the trainer, and one for each trainee.
    ///
    /// Each trainee has a world of their own, of one seed, and waits until the trainer starts the exercise. The trainer chooses
    /// lessons and scenarios, sees everybody, and shows the answer to all. Each link works once, in a browser (or a profile of
    /// one) of its own.
    #[arg(long, value_name = "N", requires = "page", conflicts_with = "record", value_parser = clap::value_parser!(u8).range(1..=20))]
    pub(crate) trainees: Option<u8>,

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
