//! What can be typed.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use marslab::live::DEFAULT_SEED;
use marslab::live::Fidelity;
use marslab_model::world::Language;

use crate::exit::exit_codes;
pub(crate) use session::{Break, Journal, Operate, Repair, Revert, Session, Up, Which};

mod session;

/// Breaks a simulated Windows server, its network and its cloud as the troubleshooting articles of the MARS backup
/// agent document, and checks that a diagnostic core finds what is wrong and that the documented repair cures it.
#[derive(Debug, Parser)]
#[command(name = "marslab", version, max_term_width = 100)]
#[command(arg_required_else_help = true, after_help = exit_codes!(), after_long_help = MAIN_HELP)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List what there is, a line each.
    List {
        /// What to list.
        #[arg(value_enum, default_value_t = Listed::Scenarios)]
        what: Listed,
    },
    /// Show everything that is known of one thing.
    #[command(override_usage = "marslab show [KIND] NAME", after_help = SHOW_HELP)]
    Show {
        /// The thing's name. Where several things have it, the kind before it: scenario, failure, fault, setting,
        /// remedy, cause or operation.
        #[arg(value_names = ["KIND", "NAME"], num_args = 1..=2, required = true)]
        words: Vec<String>,
    },
    /// Check scenario files, and report all mistakes in each.
    Check {
        /// The files.
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
    },
    /// Print the skeleton of a scenario for a documented failure, with comments.
    #[command(after_help = NEW_HELP)]
    New {
        /// The failure's id; `marslab list failures` has them all.
        #[arg(long, value_name = "ID")]
        from: String,
    },
    /// Play scenarios and judge what the subject says.
    #[command(after_help = exit_codes!(), after_long_help = RUN_HELP)]
    Run(Run),
    /// Hold a broken world open on 127.0.0.1, and print where everything listens and what is said there.
    #[command(after_help = exit_codes!(), after_long_help = UP_HELP)]
    Up(Up),
    /// Put a fault into the world that is held open.
    #[command(after_help = BREAK_HELP)]
    Break(Break),
    /// Take a fault out again: what it changed is as before, except where somebody has changed it since.
    Revert(Revert),
    /// Let the administrator carry a remedy out in the world that is held open.
    #[command(after_help = REPAIR_HELP)]
    Repair(Repair),
    /// Let the agent try an operation in the world that is held open, and print what the console shows.
    #[command(after_help = OPERATE_HELP)]
    Operate(Operate),
    /// Print what was said on the wire of the world that is held open.
    Journal(Journal),
    /// Print where everything listens in the world that is held open, and which faults are in.
    Status(Session),
    /// End the world that is held open.
    Down(Session),
    /// Print a JSON schema.
    Schema {
        /// Of what: a scenario file, the complaint that a subject reads, the diagnosis that it answers, or, as an OpenAPI
        /// description, the calls that a world which is held open takes.
        #[arg(value_enum)]
        of: Schema,
    },
    /// Print the reference, as Markdown: what a scenario file can say, and every documented failure.
    Reference,
    /// Print the page of look-alikes, as Markdown: which causes can be told apart through the host port, and by what. The worlds
    /// of all scenarios are looked at for it, which takes some seconds.
    LookAlikes,
    /// Write the manual pages, one for each command, into a folder, such as `~/.local/share/man/man1`.
    Man {
        /// The folder.
        #[arg(value_name = "FOLDER")]
        folder: PathBuf,
    },
    /// Print a shell's completions.
    #[command(after_help = COMPLETIONS_HELP)]
    Completions {
        /// The shell.
        #[arg(value_enum)]
        shell: Shell,
    },
    /// Count the documented failures that have scenarios, each kind apart, and list the others.
    Coverage {
        /// Play them all on `memory` with the reference core, and count those that are confirmed.
        #[arg(long)]
        run: bool,
    },
}

/// `marslab run`.
#[derive(Debug, clap::Args)]
pub(crate) struct Run {
    /// What to play: a part of the name of a play, a pattern with `*` and `?` of all of it, or a scenario file, which
    /// ends in `.toml`. Everything that is built in, where none is given.
    #[arg(value_name = "FILTER|FILE")]
    pub(crate) what: Vec<String>,

    /// Play no more than N pairs in their place, each of one of them with another play of the same operation, with
    /// everything broken at once. The seed draws them.
    #[arg(long, value_name = "N")]
    pub(crate) pairs: Option<NonZeroUsize>,

    /// The program that is checked, with its arguments, split at blanks as a shell splits them; no shell is started.
    /// It reads the complaint as JSON on standard input, looks through the door that the variable MARSLAB_HOST
    /// leads to, and writes its diagnosis as JSON. It needs `loopback`. The reference core, where none is given.
    #[arg(long, value_name = "COMMAND")]
    pub(crate) subject: Option<String>,

    /// How many seconds the program of `--subject` has for each answer, from 1 to 3600.
    #[arg(long, value_name = "SECONDS", default_value_t = 30, requires = "subject")]
    #[arg(value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(crate) subject_timeout: u64,

    /// How true to life the worlds are.
    #[arg(long, value_enum, default_value_t = FidelityName::Loopback)]
    pub(crate) fidelity: FidelityName,

    /// How many plays go on at a time [default: as many as there are processors].
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,

    /// From which everything random comes, from 0 to 18446744073709551615.
    #[arg(long, value_name = "N", default_value_t = DEFAULT_SEED)]
    pub(crate) seed: u64,

    /// The language of the machines, and of what their consoles show.
    #[arg(long, value_enum, default_value_t = LanguageName::English)]
    pub(crate) lang: LanguageName,

    /// Play everything so many times, with the seed and those that follow it. What differs is reported: the verdict,
    /// an error or a finding of a play is to be the same every time.
    #[arg(long, value_name = "N", default_value_t = 1)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=i64::from(REPEATS_MAX)))]
    pub(crate) repeat: u32,

    /// Write the report as JSON to this file; `-` is standard output, and the lines go to standard error then.
    #[arg(long, value_name = "FILE")]
    pub(crate) json: Option<PathBuf>,

    /// Write the report as JUnit XML to this file; `-` as above.
    #[arg(long, value_name = "FILE")]
    pub(crate) junit: Option<PathBuf>,

    /// Write what was said on the wire to this file, as an HTTP Archive, which the developer tools of browsers open; `-`
    /// as above. Credentials are not in it.
    #[arg(long, value_name = "FILE")]
    pub(crate) har: Option<PathBuf>,

    /// Write the report as one HTML page to this file, which needs no network and no script; `-` as above.
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,

    /// Tell the beats of each play for an audience.
    #[arg(long)]
    pub(crate) explain: bool,

    /// Keep the files of each broken world in a folder, and print the folder.
    #[arg(long)]
    pub(crate) keep: bool,

    /// Run everything twice and compare the JSON of the two. Only `memory` promises that it is the same. With
    /// `--repeat` each seed is compared with itself.
    #[arg(long, conflicts_with = "keep")]
    pub(crate) check_determinism: bool,
}

/// What `marslab list` lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Listed {
    /// The scenarios that are built in.
    Scenarios,
    /// The documented failures.
    Failures,
    /// What can be broken.
    Faults,
    /// The healthy backgrounds.
    Settings,
    /// What the articles tell the administrator to do.
    Remedies,
    /// What a diagnostic core can find.
    Causes,
    /// What can be asked of the agent.
    Operations,
}

/// What `marslab schema` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Schema {
    /// A scenario file.
    Scenario,
    /// What a subject reads.
    Complaint,
    /// What a subject answers.
    Diagnosis,
    /// The control of a world that is held open (OpenAPI).
    Control,
}

/// The fidelities, as they are typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FidelityName {
    /// Everything in memory, with its own time: fast, and the same every time.
    Memory,
    /// Real sockets and real TLS on 127.0.0.1, and real files: for any program.
    Loopback,
}

impl From<FidelityName> for Fidelity {
    fn from(name: FidelityName) -> Self {
        match name {
            FidelityName::Memory => Self::Memory,
            FidelityName::Loopback => Self::Loopback,
        }
    }
}

/// The languages, as they are typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LanguageName {
    /// English.
    #[value(name = "en")]
    English,
    /// Japanese.
    #[value(name = "ja")]
    Japanese,
    /// Korean.
    #[value(name = "ko")]
    Korean,
    /// Chinese as written in Taiwan.
    #[value(name = "zh-TW")]
    Chinese,
}

impl From<LanguageName> for Language {
    fn from(name: LanguageName) -> Self {
        match name {
            LanguageName::English => Self::English,
            LanguageName::Japanese => Self::Japanese,
            LanguageName::Korean => Self::Korean,
            LanguageName::Chinese => Self::ChineseTraditional,
        }
    }
}

const MAIN_HELP: &str = concat!(
    "\
Examples:
  marslab list failures                        what is documented
  marslab show failure credentials-expired     all that is known of it
  marslab run                                  play everything with the reference core
  marslab run --subject './diagnose' 'kek*'    check a program of your own
  marslab run --explain iscsi-service-stopped  tell a failure to an audience

",
    exit_codes!()
);

const RUN_HELP: &str = concat!(
    "\
Examples:
  marslab run                                    everything, on real sockets
  marslab run --fidelity memory blocked          every play with `blocked` in its name
  marslab run issue-4711.toml --junit out.xml    a scenario of your own, for a build server
  marslab run --subject 'python3 diagnose.py' --subject-timeout 5 --json -
  marslab run --fidelity memory --check-determinism
  marslab run --repeat 20 kek                    20 seeds, each with its own keys and certificates
  marslab run --html report.html                 a page for people
  marslab run 'proxy*' --har proxies.har         what was said, for a browser's developer tools

A run prints a line for each play:
  confirmed     every beat was as expected, and what was broken was really met
  mismatch      a beat was not as expected; with what was expected, what was seen and the nearest to it
  inconclusive  the beats were as expected, but that proves nothing; with the reason
  lab failed    no verdict; with the reason
With --repeat, reports have an entry for each repeat, with its seed.

",
    exit_codes!()
);

const SHOW_HELP: &str = "\
Examples:
  marslab show blocks
  marslab show remedy restore-kek";

const NEW_HELP: &str = "\
Example:
  marslab new --from proxy-port-wrong > mine.toml
  marslab check mine.toml";

const UP_HELP: &str = concat!(
    "\
Examples:
  marslab up proxy-authentication-required          until Ctrl-C, or for 8 hours
  marslab up mine.toml --healthy --ttl 30m --lang ja
  marslab up kek-missing --json | jq                for programs

From another terminal:
  marslab operate                                   the agent tries again
  marslab break 'blocks = { to = [\"*.windows.net\"] }' --for 1m
  marslab repair                                    the scenario's next cure
  marslab journal --follow
  marslab down

",
    exit_codes!()
);

const BREAK_HELP: &str = "\
Examples:
  marslab break                                     the scenario's own faults
  marslab break 'blocks = { to = [\"*.windows.net\"] }'
  marslab break 'service-stopped = { name = \"obengine\" }' --for 30s";

const REPAIR_HELP: &str = "\
Examples:
  marslab repair                                    the scenario's next cure
  marslab repair restart-server
  marslab repair 'set-time-zone = { zone = \"Tokyo Standard Time\" }'";

const OPERATE_HELP: &str = "\
Examples:
  marslab operate
  marslab operate backup --lang ja

The exit code is 1 where the operation fails.";

const COMPLETIONS_HELP: &str = "\
Examples:
  marslab completions bash > ~/.local/share/bash-completion/completions/marslab
  marslab completions fish > ~/.config/fish/completions/marslab.fish";

/// More repeats than this would need more memory than their reports are worth.
const REPEATS_MAX: u32 = 1000;

#[cfg(test)]
mod tests;
