//! The command line of sessions.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use marslab::live::DEFAULT_SEED;
use marslab::session::duration::{RealTime, WorldTime};
use marslab::session::environment::Shell;

use super::{LanguageName, ProgramArgs};

/// `marslab up`.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(crate) struct Up {
    /// Name of a play, or a scenario file (`.toml`).
    #[arg(value_name = "SCENARIO|FILE")]
    pub(crate) scenario: String,

    /// Start without the scenario's faults.
    ///
    /// `marslab break` applies them later.
    #[arg(long)]
    pub(crate) healthy: bool,

    /// Let nobody wait: what does not answer moves the world's clock instead, for every program.
    ///
    /// By default only `operate`, `repair`, `ask` and `jump` move it, and other programs wait as they would in reality.
    #[arg(long)]
    pub(crate) fast: bool,

    /// Open a page for the browser, and print its link.
    ///
    /// It is at 127.0.0.1 only; the link works once. Scenario and answer stay hidden there until they are asked for.
    /// `marslab status` shows them, to this user only.
    #[arg(long, conflicts_with_all = ["json", "env"])]
    pub(crate) page: bool,

    /// End the session after this time, such as `30m` or `8h`.
    #[arg(long, value_name = "TIME", default_value = "8h")]
    pub(crate) ttl: RealTime,

    /// Print JSON: a line for the session and one for each journal entry.
    #[arg(long)]
    pub(crate) json: bool,

    /// Print only commands that set the environment variables for clients.
    ///
    /// As `marslab status --env` does; to be written into a file. The traffic is not printed.
    #[arg(long, value_name = "SHELL", num_args = 0..=1, default_missing_value = "auto", conflicts_with = "json")]
    pub(crate) env: Option<ShellName>,

    /// Language of the machines and their messages.
    #[arg(long, value_enum, default_value_t = LanguageName::English)]
    pub(crate) lang: LanguageName,

    /// Random seed.
    #[arg(long, value_name = "N", default_value_t = DEFAULT_SEED)]
    pub(crate) seed: u64,
}

/// Which session is meant.
#[derive(Debug, Args)]
pub(crate) struct SessionFile {
    /// Session: its scenario, or a part of that name, or its file, as printed by `marslab up`.
    ///
    /// Needed only if several sessions are open.
    #[arg(long = "session", value_name = "NAME|FILE")]
    pub(crate) name: Option<String>,
}

/// `marslab break`.
#[derive(Debug, Args)]
pub(crate) struct Break {
    /// Fault to apply [default: the scenario's own faults].
    ///
    /// A name, or a name with parameters as in a scenario file.
    #[arg(value_name = "FAULT")]
    pub(crate) fault: Option<String>,

    /// Undo the fault after this time, such as `30s` or `5m`.
    #[arg(long = "for", value_name = "TIME")]
    pub(crate) for_: Option<RealTime>,

    /// Print the paths of the changed fields, too.
    #[arg(long)]
    pub(crate) paths: bool,

    #[command(flatten)]
    pub(crate) session: SessionFile,
}

/// `marslab revert`.
#[derive(Debug, Args)]
pub(crate) struct Revert {
    /// Number of the fault, as printed by `marslab break` or `marslab status`.
    #[arg(value_name = "NUMBER")]
    pub(crate) number: u32,

    /// Print the paths of the changed fields, too.
    #[arg(long)]
    pub(crate) paths: bool,

    #[command(flatten)]
    pub(crate) session: SessionFile,
}

/// `marslab repair`.
#[derive(Debug, Args)]
pub(crate) struct Repair {
    /// Remedy to carry out [default: the scenario's next cure].
    ///
    /// A name, or a name with parameters: `NAME = { … }`.
    #[arg(value_name = "REMEDY")]
    pub(crate) remedy: Option<String>,

    /// Print the paths of the changed fields, too.
    #[arg(long)]
    pub(crate) paths: bool,

    #[command(flatten)]
    pub(crate) session: SessionFile,
}

/// `marslab operate`.
#[derive(Debug, Args)]
pub(crate) struct Operate {
    /// Operation to run [default: the scenario's operation].
    ///
    /// `marslab list operations` shows them all.
    #[arg(value_name = "OPERATION")]
    pub(crate) operation: Option<String>,

    /// Language of the machine during this operation.
    #[arg(long, value_enum)]
    pub(crate) lang: Option<LanguageName>,

    #[command(flatten)]
    pub(crate) session: SessionFile,
}

/// `marslab jump`.
#[derive(Debug, Args)]
pub(crate) struct Jump {
    /// How far, such as `10m` or `49h`.
    #[arg(value_name = "TIME")]
    pub(crate) time: WorldTime,

    #[command(flatten)]
    pub(crate) session: SessionFile,
}

/// `marslab win`.
#[derive(Debug, Args)]
pub(crate) struct Win {
    #[command(flatten)]
    pub(crate) session: SessionFile,

    /// The command, as on Windows. Quote it for your own shell where it has quotes, pipes or backslashes.
    #[arg(
        value_name = "COMMAND",
        required = true,
        trailing_var_arg = true,
        allow_hyphen_values = true
    )]
    pub(crate) words: Vec<String>,
}

/// `marslab ask`.
#[derive(Debug, Args)]
pub(crate) struct Ask {
    /// Program to ask.
    ///
    /// See `marslab run --help`.
    #[arg(long, value_name = "COMMAND")]
    pub(crate) subject: String,

    #[command(flatten)]
    pub(crate) program: ProgramArgs,

    #[command(flatten)]
    pub(crate) session: SessionFile,
}

/// `marslab journal`.
#[derive(Debug, Args)]
pub(crate) struct Journal {
    /// Keep printing new entries until the session ends.
    #[arg(long)]
    pub(crate) follow: bool,

    /// Write an HTTP Archive instead (`-` for standard output).
    ///
    /// The developer tools of browsers can open it. Credentials are redacted.
    #[arg(long, value_name = "FILE", conflicts_with = "follow")]
    pub(crate) har: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) session: SessionFile,
}

/// Who reads environment variables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ShellName {
    /// That of this system: PowerShell on Windows, else sh.
    Auto,
    /// sh, bash, zsh and the like.
    Sh,
    /// PowerShell.
    Powershell,
    /// cmd.exe, in a batch file.
    Cmd,
}

impl ShellName {
    /// The shell.
    pub(crate) fn or_default(self) -> Shell {
        match self {
            Self::Auto if std::env::consts::FAMILY == "windows" => Shell::PowerShell,
            Self::Auto | Self::Sh => Shell::Sh,
            Self::Powershell => Shell::PowerShell,
            Self::Cmd => Shell::Cmd,
        }
    }
}

/// `marslab status`.
#[derive(Debug, Args)]
pub(crate) struct Status {
    /// Print commands that set the environment variables by which usual clients go through the session's HTTP proxy and trust
    /// its root certificates.
    #[arg(long, value_name = "SHELL", num_args = 0..=1, default_missing_value = "auto", conflicts_with = "unset_env")]
    pub(crate) env: Option<ShellName>,

    /// Print commands that unset these variables; no session needs to be open.
    #[arg(long, value_name = "SHELL", num_args = 0..=1, default_missing_value = "auto")]
    pub(crate) unset_env: Option<ShellName>,

    #[command(flatten)]
    pub(crate) session: SessionFile,
}

/// `marslab down`.
#[derive(Debug, Args)]
pub(crate) struct Session {
    #[command(flatten)]
    pub(crate) session: SessionFile,
}
