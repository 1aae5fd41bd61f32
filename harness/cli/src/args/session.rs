//! What can be typed about worlds that are held open.

use std::path::PathBuf;

use clap::Args;
use marslab::live::DEFAULT_SEED;
use marslab::session::duration::RealTime;

use super::LanguageName;

/// `marslab up`.
#[derive(Debug, Args)]
pub(crate) struct Up {
    /// What to hold open: the name of a play, or a scenario file, which ends in `.toml`.
    #[arg(value_name = "SCENARIO|FILE")]
    pub(crate) what: String,

    /// Leave the scenario's faults out; `marslab break` puts them in.
    #[arg(long)]
    pub(crate) healthy: bool,

    /// End after so long, such as `30m` or `8h`.
    #[arg(long, value_name = "TIME", default_value = "8h")]
    pub(crate) ttl: RealTime,

    /// Print the description as one line of JSON, and then each entry of the journal as one.
    #[arg(long)]
    pub(crate) json: bool,

    /// The language of the machines, and of what their consoles show.
    #[arg(long, value_enum, default_value_t = LanguageName::English)]
    pub(crate) lang: LanguageName,

    /// From which everything random comes, from 0 to 18446744073709551615.
    #[arg(long, value_name = "N", default_value_t = DEFAULT_SEED)]
    pub(crate) seed: u64,
}

/// Which session is meant.
#[derive(Debug, Args)]
pub(crate) struct Which {
    /// The session file that `marslab up` has named; not needed where only one session is open.
    #[arg(long, value_name = "FILE")]
    pub(crate) session: Option<PathBuf>,
}

/// `marslab break`.
#[derive(Debug, Args)]
pub(crate) struct Break {
    /// A fault: its name or, with parameters, its line in a scenario file. The scenario's own faults, where none is
    /// given.
    #[arg(value_name = "FAULT")]
    pub(crate) fault: Option<String>,

    /// Take it out again after so long, such as `30s` or `5m`.
    #[arg(long = "for", value_name = "TIME")]
    pub(crate) for_: Option<RealTime>,

    #[command(flatten)]
    pub(crate) which: Which,
}

/// `marslab revert`.
#[derive(Debug, Args)]
pub(crate) struct Revert {
    /// The number that `marslab break` or `marslab status` has printed.
    #[arg(value_name = "NUMBER")]
    pub(crate) number: u32,

    #[command(flatten)]
    pub(crate) which: Which,
}

/// `marslab repair`.
#[derive(Debug, Args)]
pub(crate) struct Repair {
    /// A remedy: its name or, with parameters, `NAME = { … }`. The next of the scenario's cures, where none is given.
    #[arg(value_name = "REMEDY")]
    pub(crate) remedy: Option<String>,

    #[command(flatten)]
    pub(crate) which: Which,
}

/// `marslab operate`.
#[derive(Debug, Args)]
pub(crate) struct Operate {
    /// An operation; `marslab list operations` has them all. The scenario's, where none is given.
    #[arg(value_name = "OPERATION")]
    pub(crate) operation: Option<String>,

    /// Change the machine's language first.
    #[arg(long, value_enum)]
    pub(crate) lang: Option<LanguageName>,

    #[command(flatten)]
    pub(crate) which: Which,
}

/// `marslab journal`.
#[derive(Debug, Args)]
pub(crate) struct Journal {
    /// Go on with what is said from now on, until the session ends.
    #[arg(long)]
    pub(crate) follow: bool,

    /// Write it to this file instead, as an HTTP Archive, which the developer tools of browsers open; `-` is standard
    /// output. Credentials are not in it.
    #[arg(long, value_name = "FILE", conflicts_with = "follow")]
    pub(crate) har: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) which: Which,
}

/// `marslab status` and `marslab down`.
#[derive(Debug, Args)]
pub(crate) struct Session {
    #[command(flatten)]
    pub(crate) which: Which,
}
