//! The command line.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use marslab::live::Fidelity;
use marslab_model::world::Language;

use crate::exit_codes::exit_codes;
use help::{
    ASK_HELP, BOARD_HELP, BREAK_HELP, COMPLETIONS_HELP, ENV_HELP, MAIN_HELP, NEW_HELP,
    OPERATE_HELP, REPAIR_HELP, RUN_HELP, SHOW_HELP, TRY_HELP, UP_HELP,
};
pub(crate) use program::ProgramArgs;
pub(crate) use session::{
    Ask, Break, Journal, Jump, Operate, Repair, Revert, Session, SessionFile, Status, Up, Win,
};
pub(crate) use training::{Replay, Train};
pub(crate) use trial::Try;

mod help;
mod program;
mod session;
mod training;
mod trial;

/// A test lab for programs that diagnose the MARS backup agent.
///
/// marslab breaks a simulated Windows server, its network and its cloud as Microsoft's troubleshooting articles describe,
/// and checks that a program finds the cause and that the documented remedy cures it.
#[derive(Debug, Parser)]
#[command(name = "marslab", bin_name = "marslab", version, max_term_width = 100)]
#[command(after_help = exit_codes!(), after_long_help = MAIN_HELP)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// Folder of scenarios and catalogue tables of your own; can be repeated.
    ///
    /// Everything in it counts as built in, with names that begin with the folder's: `acme/NAME`. Without a filter, `run` and
    /// `check` take the scenarios of packs alone.
    #[arg(long = "pack", value_name = "FOLDER", global = true)]
    pub(crate) packs: Vec<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List scenarios, failures, faults and more.
    List {
        /// What to list.
        #[arg(value_enum, default_value_t = Listed::Scenarios)]
        what: Listed,
        /// List only names that contain this, or match this pattern with `*` and `?`.
        filter: Option<String>,
        /// Language of titles.
        #[arg(long, value_enum, default_value_t = LanguageName::English)]
        lang: LanguageName,
    },
    /// Show the details of a scenario, failure, fault and more.
    #[command(override_usage = "marslab show [KIND] NAME\n       marslab show world [PATH]", after_help = SHOW_HELP)]
    Show {
        /// The name, after its kind if the name is ambiguous.
        ///
        /// The kinds are scenario, failure, fault, setting, remedy, cause, area and operation. `world` shows the fields of
        /// the healthy world, which the fault `edit` sets.
        #[arg(value_name = "NAME", num_args = 1..=2, required = true)]
        words: Vec<String>,
        /// Language of titles and steps.
        #[arg(long, value_enum, default_value_t = LanguageName::English)]
        lang: LanguageName,
    },
    /// Check scenario files for mistakes.
    Check {
        /// Scenario files (`-` for standard input).
        #[arg(value_name = "FILE", required_unless_present = "packs")]
        files: Vec<PathBuf>,
    },
    /// Print a scenario template for a documented failure, or begin a pack.
    #[command(after_help = NEW_HELP)]
    #[command(override_usage = "marslab new --from ID\n       marslab new --pack FOLDER ID")]
    New {
        /// Id of the failure, as in `marslab list failures`.
        #[arg(long, value_name = "ID")]
        from: Option<String>,
        /// Name of a failure that a new pack is to have: a working example of it is written into the folder of `--pack`.
        #[arg(value_name = "ID", conflicts_with = "from", required_unless_present = "from")]
        id: Option<String>,
    },
    /// Run scenarios and judge the diagnoses.
    #[command(after_help = exit_codes!(), after_long_help = RUN_HELP)]
    Run(Box<Run>),
    /// Try faults and print what happens, without a verdict.
    ///
    /// Prints what the console shows, at which step the operation stops, what is said on the wire, and what the subject finds.
    #[command(name = "try", after_help = TRY_HELP)]
    Try(Box<Try>),
    /// Compare two JSON reports.
    ///
    /// Both must be of the same plays and the same version of them; seeds and subjects may differ. The exit code is 1 if a play
    /// is confirmed less often than before.
    #[command(after_help = exit_codes!())]
    Compare {
        /// The report to compare with.
        #[arg(value_name = "OLD")]
        old: PathBuf,
        /// The new report.
        #[arg(value_name = "NEW")]
        new: PathBuf,
    },
    /// Put the JSON reports of all shards of a run together.
    ///
    /// Every shard must be there, and only once. Real times apart, the result is the report of a run of everything. The exit code
    /// is that of such a run.
    #[command(after_help = exit_codes!())]
    Merge {
        /// The reports, written with `marslab run --shard I/N --json FILE`.
        #[arg(value_name = "FILE", required = true)]
        reports: Vec<PathBuf>,
        /// Where to write the report (`-` for standard output).
        #[arg(long, value_name = "FILE", default_value = "-")]
        json: PathBuf,
        /// Accept that the plays in this file are not confirmed, as in `marslab run`.
        #[arg(long, value_name = "FILE")]
        known: Option<PathBuf>,
    },
    /// Show the results of several subjects in one table.
    ///
    /// Reads JSON reports of one corpus; seeds may differ. Baselines (`--subject baseline:NAME`) come first, then the subject with
    /// the most plays confirmed.
    #[command(after_help = BOARD_HELP)]
    Board {
        /// The reports.
        #[arg(value_name = "FILE", required = true)]
        reports: Vec<PathBuf>,
        /// Write a page for a browser instead (`-` for standard output).
        #[arg(long, value_name = "FILE")]
        html: Option<PathBuf>,
    },
    /// Start a session: a broken world on 127.0.0.1.
    ///
    /// Prints where the world's servers and proxies listen, and then the traffic. Any program can connect to them. The
    /// other session commands are `break`, `revert`, `repair`, `operate`, `ask`, `journal`, `status` and `down`.
    #[command(after_help = exit_codes!(), after_long_help = UP_HELP)]
    Up(Up),
    /// Apply a fault in a session.
    #[command(after_help = BREAK_HELP)]
    Break(Break),
    /// Undo a fault in a session.
    ///
    /// Restores what the fault changed, except for what has been changed again since.
    Revert(Revert),
    /// Carry out a remedy in a session.
    #[command(after_help = REPAIR_HELP)]
    Repair(Repair),
    /// Run an operation of the agent in a session.
    ///
    /// Prints what the agent's console shows.
    #[command(after_help = OPERATE_HELP)]
    Operate(Operate),
    /// Move the clock of a session's world on.
    ///
    /// As if the time had passed and nothing had happened: what expires, expires.
    Jump(Jump),

    /// Type a command into the command line of a session's machine.
    ///
    /// Windows' own programs and PowerShell's cmdlets, as far as the lab has them; `marslab win help` lists them. Exits with 1
    /// if the command failed.
    Win(Win),

    /// Ask a subject about a session.
    ///
    /// Starts the program as `marslab run` does, with the last failure that the console of the session showed as the complaint,
    /// or the scenario's own words for it (if there was none, the operation is run first), and prints what it finds. Meanwhile `break`, `revert`, `repair` and
    /// `operate` wait, and so does a fault that is to be undone after a time.
    #[command(after_help = ASK_HELP)]
    Ask(Ask),
    /// Print the network traffic of a session, and what was done in between.
    Journal(Journal),
    /// Show a session's listeners and faults.
    #[command(after_help = ENV_HELP)]
    Status(Status),
    /// End a session.
    Down(Session),
    /// Train yourself: get a ticket and a broken machine, find the cause, repair it.
    ///
    /// The ticket has the symptom only. Windows' own commands show the machine and change it; `help` lists what can be typed
    /// besides. At the end there is a score by what works and what is left, and what the articles say. Exits with 1 if it is not
    /// cured.
    Train(Box<Train>),
    /// Tell a training again from its record.
    Replay(Replay),
    /// Print a JSON schema.
    Schema {
        /// What the schema describes.
        #[arg(value_enum)]
        of: Schema,
    },
    /// Print a reference as Markdown.
    Reference {
        /// What of.
        #[arg(value_enum, default_value = "scenarios")]
        of: Reference,
    },
    /// Print which causes look alike, as Markdown.
    ///
    /// Inspects the worlds of all scenarios, which takes some seconds.
    LookAlikes,
    /// Serve the machine behind a door as tools for an AI agent (Model Context Protocol).
    ///
    /// Speaks on standard input and output. An agent starts it by the configuration that `marslab run` writes where the
    /// command of `--subject` has `{mcp}`.
    Mcp(Mcp),
    /// Write the manual pages to a folder.
    Man {
        /// The folder, such as `~/.local/share/man/man1`.
        #[arg(value_name = "FOLDER")]
        folder: PathBuf,
    },
    /// Print shell completions.
    #[command(after_help = COMPLETIONS_HELP)]
    Completions {
        /// The shell.
        #[arg(value_enum)]
        shell: Shell,
    },
    /// Count the documented failures that have scenarios.
    Coverage {
        /// Run all plays and count only confirmed failures.
        #[arg(long)]
        run: bool,
    },
}

/// `marslab run`.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(crate) struct Run {
    /// What to run [default: all built-in plays].
    ///
    /// Part of a play's name, a pattern with `*` and `?` that matches a whole name, several plays joined by `+`, or a
    /// scenario file (`.toml`, or `-` for standard input).
    #[arg(value_name = "FILTER|FILE")]
    pub(crate) filters: Vec<String>,

    /// Run up to N random pairs of plays instead.
    ///
    /// Each pair combines a selected play with another one of the same operation. Their faults are applied at once.
    /// Pairs that would prove nothing are dropped and counted; the reference core decides that, not the subject.
    #[arg(long, value_name = "N")]
    pub(crate) pairs: Option<NonZeroUsize>,

    /// Program to test [default: the reference core].
    ///
    /// The command is split on whitespace with shell quoting, on Windows as its programs split theirs; no shell is run. The
    /// program reads the complaint as JSON from standard input, inspects the machine through the interface described by the
    /// file that MARSLAB_HOST names, and writes its diagnosis as JSON to standard output. Requires `--fidelity loopback`.
    ///
    /// `{mcp}` in the command stands for the path of an MCP configuration with a server named `marslab`: its tools are the
    /// calls of that interface, `complaint`, `causes` and `submit`. If the program writes no diagnosis, the submitted one
    /// counts.
    ///
    /// Each question starts the program anew, in an empty working folder and with an empty temporary folder. The program's
    /// path and arguments that name files of the current folder are made absolute; paths within an argument are not. The
    /// environment contains PATH, MARSLAB_HOST, the temporary folder, on Windows what the system needs, and what
    /// `--subject-env` adds; not HOME.
    ///
    /// The end of what the program writes to standard error is shown with a mismatch (`--serve`: if it ends before it answers).
    ///
    /// `baseline:NAME` is one of the built-in subjects that do not diagnose: silence, commonest-cause,
    /// message-table, log-reader, call-counter, recorded-answers, fingerprint, unchecked-padder.
    ///
    /// This is not a sandbox: the program can still use the files of its user, such as the home folder, see other processes,
    /// for instance in /proc, and use the network. Reports say so: `not isolated`.
    #[arg(long, value_name = "COMMAND")]
    pub(crate) subject: Option<String>,

    #[command(flatten)]
    pub(crate) program: ProgramArgs,

    /// Declare that the subject's command isolates the program.
    ///
    /// For a command that runs the program in a container, or in namespaces of its own, without the files and processes of
    /// this machine. Reports then say `isolated`. marslab cannot check this.
    #[arg(long, requires = "subject")]
    pub(crate) subject_isolated: bool,

    /// Keep the subject running, and ask it line by line.
    ///
    /// As many processes as `--jobs` says answer all questions. Each question is a line of JSON on standard input,
    /// `{"ask": 1, "complaint": …, "host": …}`, where `host` is what the file of MARSLAB_HOST contains otherwise; the answer is
    /// a line on standard output, `{"ask": 1, "diagnosis": …}`. Flush it. A process whose answer is invalid or late is killed,
    /// and another one is started for the next question.
    ///
    /// A process can remember earlier questions. Therefore those of several plays take turns, one in twenty is repeated in a
    /// fresh process, and reports say `served`.
    #[arg(long, requires = "subject")]
    pub(crate) serve: bool,

    /// Simulation fidelity.
    #[arg(long, value_enum, default_value_t = FidelityName::Loopback)]
    pub(crate) fidelity: FidelityName,

    /// Number of parallel plays, or of processes with `--serve` [default: number of CPUs].
    ///
    /// Fewer if the system allows this process too few open files (`ulimit -n`).
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,

    /// Random seed, which also draws the names, addresses and sizes of the world.
    ///
    /// Default: with `--subject`, a new one each time; else MARSLAB_SEED, or 4711. The last line of the output names it.
    #[arg(long, value_name = "N")]
    pub(crate) seed: Option<u64>,

    /// Use the names and addresses of the documentation instead of drawn ones.
    ///
    /// Also used for `--explain` without `--seed`.
    #[arg(long)]
    pub(crate) plain_world: bool,

    /// Language of the machines and their messages, and of titles and steps for people.
    #[arg(long, value_enum, default_value_t = LanguageName::English)]
    pub(crate) lang: LanguageName,

    /// Repeat the run N times with consecutive seeds.
    ///
    /// It is an error if repeats of a play differ in verdict, error or findings.
    #[arg(long, value_name = "N", default_value_t = 1)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=i64::from(REPEATS_MAX)))]
    pub(crate) repeat: u32,

    /// Write a JSON report (`-` for standard output).
    ///
    /// If a report goes to standard output, the usual lines go to standard error.
    #[arg(long, value_name = "FILE")]
    pub(crate) json: Option<PathBuf>,

    /// Write a JUnit XML report (`-` for standard output).
    #[arg(long, value_name = "FILE")]
    pub(crate) junit: Option<PathBuf>,

    /// Write the traffic as an HTTP Archive (`-` for standard output).
    ///
    /// The developer tools of browsers can open it. Credentials are redacted.
    #[arg(long, value_name = "FILE")]
    pub(crate) har: Option<PathBuf>,

    /// Write a self-contained HTML report (`-` for standard output).
    ///
    /// Of each beat it also has the calls of the subject, up to 200; of a large run only those of plays that are not confirmed.
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,

    /// Write what the subject asked and was answered, a JSON line for each call (`-` for standard output).
    #[arg(long, value_name = "FILE")]
    pub(crate) trace: Option<PathBuf>,

    /// Play only what was not confirmed in a JSON report.
    ///
    /// Of the selected plays, those that a report of `--json` says were not confirmed. The file can be that of `--json`, which
    /// is read first.
    #[arg(long, value_name = "REPORT")]
    pub(crate) failed: Option<PathBuf>,

    /// Play only one of N parts of the selected plays, such as `2/8`, on one of N machines.
    ///
    /// `auto` takes both numbers from the variables of GitLab, CircleCI or Buildkite, or from JOB_COMPLETION_INDEX of an indexed
    /// Job of Kubernetes and MARSLAB_SHARDS. All parts need the same seed. `marslab merge` puts their JSON reports together.
    #[arg(long, value_name = "I/N|auto")]
    pub(crate) shard: Option<String>,

    /// Accept that the plays in this file are not confirmed, and nothing else.
    ///
    /// The name of a play on each line; `#` begins a comment. The exit code is 1 if another play is a mismatch, or if one of
    /// these is confirmed, so that the list stays true.
    #[arg(long, value_name = "FILE")]
    pub(crate) known: Option<PathBuf>,

    /// Print what was not confirmed as annotations, too.
    #[arg(long, value_enum, value_name = "SERVICE")]
    pub(crate) annotations: Option<AnnotationsOf>,

    /// Write a report for a job's page in Markdown (`-` for standard output).
    #[arg(long, value_name = "FILE")]
    pub(crate) summary: Option<PathBuf>,

    /// Run what is valid although some scenario files are not. These are listed at the end, and the exit code is 2.
    #[arg(long)]
    pub(crate) keep_going: bool,

    /// Select plays by their whole names instead of parts of them.
    #[arg(long)]
    pub(crate) exact: bool,

    /// Stop at the first play that is not confirmed.
    ///
    /// Plays that have started are played to their end.
    #[arg(long)]
    pub(crate) fail_fast: bool,

    /// Run again each time that a file changes, until Ctrl-C.
    ///
    /// The files are the scenario files that are run, and those that the subject's command names. No report can go to standard
    /// output. Without `--seed`, a subject meets another world each time.
    #[arg(long, conflicts_with_all = ["repeat", "check_determinism"])]
    pub(crate) watch: bool,

    /// Explain each play step by step.
    ///
    /// Also which calls the subject made in each beat, and how often.
    #[arg(long)]
    pub(crate) explain: bool,

    /// With `--explain`: wait for Enter before each beat, until standard input ends.
    #[arg(long, requires = "explain")]
    pub(crate) step: bool,

    /// With `--explain`: also print the paths of the changed fields, and all of the traffic.
    #[arg(long, requires = "explain")]
    pub(crate) paths: bool,

    /// Keep the files of each broken world.
    ///
    /// The folder is printed with the play.
    #[arg(long)]
    pub(crate) keep: bool,

    /// Run twice and compare the JSON reports.
    ///
    /// Only `--fidelity memory` is deterministic. With `--repeat`, each seed is compared with itself.
    #[arg(long, conflicts_with = "keep")]
    pub(crate) check_determinism: bool,
}

/// `marslab mcp`.
#[derive(Debug, clap::Args)]
pub(crate) struct Mcp {
    /// The door's file [default: what MARSLAB_HOST names].
    #[arg(long, value_name = "FILE")]
    pub(crate) door: Option<PathBuf>,

    /// The complaint, for the tool `complaint`.
    #[arg(long, value_name = "FILE")]
    pub(crate) complaint: Option<PathBuf>,

    /// Where the tool `submit` writes the diagnosis.
    #[arg(long, value_name = "FILE")]
    pub(crate) diagnosis: Option<PathBuf>,
}

/// What `marslab list` lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Listed {
    /// Built-in scenarios.
    Scenarios,
    /// Documented failures.
    Failures,
    /// Faults that scenarios can apply.
    Faults,
    /// Variations of the healthy world.
    Settings,
    /// Documented remedies.
    Remedies,
    /// Causes that a diagnosis can name.
    Causes,
    /// Areas that a diagnosis can leave unchecked.
    Areas,
    /// Operations of the agent and the portal.
    Operations,
    /// Lessons for trainees.
    Lessons,
}

/// What `marslab schema` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Schema {
    /// A scenario file.
    Scenario,
    /// What a subject reads.
    Complaint,
    /// What a subject writes.
    Diagnosis,
    /// The fields of a world, which `edit` sets.
    World,
    /// What `marslab run --json` writes.
    Report,
    /// The HTTP interface of a session (OpenAPI).
    Control,
    /// The HTTP interface through which a subject looks at the machine (OpenAPI).
    Door,
}

/// What `marslab reference` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Reference {
    /// Scenario files, and every documented failure.
    Scenarios,
    /// The calls with which a subject looks at the machine.
    Door,
    /// What subjects reach that do not diagnose; plays the corpus once for each of them.
    Baselines,
    /// What the reference core is silent about; tries 2,000 edits of fields.
    Silence,
    /// How hard each scenario is (a table with tabs); tries each with weak subjects, which takes minutes.
    Difficulty,
}

/// The services that show annotations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum AnnotationsOf {
    /// Workflow commands of GitHub Actions.
    Github,
}

/// The fidelities of `--fidelity`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FidelityName {
    /// In memory, in simulated time: fast and deterministic.
    Memory,
    /// Real sockets, TLS and files on 127.0.0.1: for any program.
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

/// The languages of `--lang`.
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
    /// Traditional Chinese (Taiwan).
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

#[cfg(test)]
mod tests;

/// The reports of more repeats would take too much memory.
const REPEATS_MAX: u32 = 1000;
