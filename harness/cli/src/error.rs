//! Everything that can go wrong, and what to do about it.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::PathBuf;

use marslab::check::SeedError;
use marslab::compound::Clash;
use marslab::door::reference::ReferenceError;
use marslab::error::NotApplicable;
use marslab::look_alikes::WorldsError;
use marslab::mcp::BridgeError;
use marslab::pack_reader::PackError;
use marslab::play::PlayError;
use marslab::problem::either;
use marslab::report::compare::OtherCorpus;
use marslab::report::json::Difference;
use marslab::report::merge::MergeError;
use marslab::report::repeats::Deviation;
use marslab::room::{NoFolder, NoRoom};
use marslab::scenario::{Paint, ReadError};
use marslab::session::SessionError;
use marslab::session::client::CallError;
use marslab::session::place::PlaceError;
use marslab::subject::{CommandError, VariableError};
use thiserror::Error;

use crate::names::Suggestion;
use crate::shard::BadShard;

mod new_pack;
mod training;
mod trial;

pub(crate) use new_pack::NewPackError;
pub(crate) use training::TrainingError;
pub(crate) use trial::TrialError;

/// Why a command failed.
#[derive(Debug, Error)]
pub(crate) enum CliError {
    /// Invalid scenario files, each with all of its mistakes.
    #[error("{} invalid scenario files", .0.len())]
    InvalidScenarios(Vec<ReadError>),
    /// Packs with mistakes.
    #[error("{} mistakes in packs", .0.len())]
    Packs(Vec<PackError>),
    /// A new pack could not be begun.
    #[error(transparent)]
    NewPack(#[from] NewPackError),
    /// A trial could not be made.
    #[error(transparent)]
    Trial(#[from] TrialError),
    /// A training could not be begun or told again.
    #[error(transparent)]
    Training(#[from] TrainingError),
    /// Whether a valid file fits its world could not be tried.
    #[error("cannot try the scenario: {0}")]
    NotTried(PlayError),
    /// A filter selects everything by mistake, such as that of a variable which is not set.
    #[error("the filter is empty")]
    EmptyFilter,
    /// No play matches.
    #[error("no play matches `{filter}`")]
    NothingSelected {
        /// What was typed.
        filter: String,
        /// What to use instead.
        suggestion: Suggestion,
    },
    /// Plays that cannot be combined.
    #[error("cannot combine `{word}`: {clash}")]
    Clash {
        /// What was typed.
        word: String,
        /// Why not.
        clash: Clash,
    },
    /// The pairs could not be drawn.
    #[error("cannot draw pairs: {0}")]
    Pairs(PlayError),
    /// The environment names no seed.
    #[error(transparent)]
    Seed(#[from] SeedError),
    /// Nothing can be combined with the selected plays.
    #[error("no play can be combined with the selected ones")]
    NoPairs,
    /// A session has only one play.
    #[error("`{filter}` matches {} plays", .names.len())]
    SeveralSelected {
        /// What was typed.
        filter: String,
        /// The plays.
        names: Vec<String>,
    },
    /// Not a name with parameters.
    #[error("cannot parse `{typed}`: {reason}")]
    Unparsable {
        /// What was typed.
        typed: String,
        /// What is wrong.
        #[source]
        reason: ParseError,
    },
    /// The session could not be determined.
    #[error(transparent)]
    NoSession(#[from] PlaceError),
    /// A session did not answer or refused.
    #[error(transparent)]
    Call(#[from] CallError),
    /// A session could not be opened.
    #[error(transparent)]
    Session(#[from] SessionError),
    /// The worlds of the scenarios could not be inspected.
    #[error(transparent)]
    Worlds(#[from] WorldsError),
    /// The examples of the door's reference could not be made.
    #[error("cannot make the examples: {0}")]
    Reference(#[from] ReferenceError),
    /// An unknown name.
    #[error("unknown {noun} `{name}`")]
    Unknown {
        /// The kind of thing.
        noun: &'static str,
        /// What was typed.
        name: String,
        /// What to use instead.
        suggestion: Suggestion,
    },
    /// The world has no such field.
    #[error(transparent)]
    NoField(NotApplicable),
    /// Several things have the name.
    #[error("`{name}` is ambiguous")]
    Ambiguous {
        /// The name.
        name: String,
        /// The kinds of the things.
        kinds: Vec<&'static str>,
    },
    /// An umbrella has no scenario.
    #[error("`{id}` is a heading for other failures and has no scenario")]
    Umbrella {
        /// The umbrella.
        id: String,
        /// The failures under it.
        members: Vec<String>,
    },
    /// The subject's command cannot be split.
    #[error(transparent)]
    Subject(#[from] CommandError),
    /// The subject cannot have a variable.
    #[error("`--subject-env`: {0}")]
    SubjectEnv(#[from] VariableError),
    /// The subject's program cannot be started at all.
    #[error("cannot start the subject `{program}`: {error}")]
    SubjectNotStarted {
        /// The program.
        program: String,
        /// The operating system's error.
        #[source]
        error: io::Error,
    },
    /// A process that is kept running has no configuration of its own for each question.
    #[error("`{{mcp}}` cannot be used with `--serve`")]
    McpServed,
    /// A baseline is built in.
    #[error("`--serve`, `--subject-env` and `--subject-isolated` cannot be used with a baseline")]
    BaselineIsNoProgram,
    /// The tools have no door.
    #[error("`--door` is missing, and MARSLAB_HOST is not set")]
    NoDoor,
    /// The tools cannot be served.
    #[error(transparent)]
    Mcp(#[from] BridgeError),
    /// `--shard` cannot be used as it is typed.
    #[error(transparent)]
    Shard(#[from] BadShard),
    /// Reports that are not those of all shards of a run.
    #[error(transparent)]
    Merge(#[from] MergeError),
    /// The list of known failures cannot be read.
    #[error("cannot read `{}`: {error}", .path.display())]
    Known {
        /// The file.
        path: PathBuf,
        /// The operating system's error.
        #[source]
        error: io::Error,
    },
    /// Known failures are none.
    #[error("confirmed, but listed in `{}`: {}", .path.display(), .plays.iter().cloned().collect::<Vec<_>>().join(", "))]
    KnownAreFixed {
        /// The list.
        path: PathBuf,
        /// The plays.
        plays: BTreeSet<String>,
    },
    /// No temporary folder can be made.
    #[error(transparent)]
    NoFolder(#[from] NoFolder),
    /// Too few files may be open.
    #[error(transparent)]
    NoRoom(#[from] NoRoom),
    /// A program needs real sockets.
    #[error("`--subject` requires `--fidelity loopback`")]
    SubjectOnMemory,
    /// A report's file cannot be created.
    #[error("cannot write `{}`: {error}", .path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// The operating system's error.
        #[source]
        error: io::Error,
    },
    /// A file is no report.
    #[error("cannot read the report `{}`: {error}", .path.display())]
    Report {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        #[source]
        error: ReportError,
    },
    /// Two reports are of different plays.
    #[error(transparent)]
    OtherCorpus(#[from] OtherCorpus),
    /// All selected plays were confirmed in the report of `--failed`.
    #[error(
        "nothing failed: the report says that all selected plays were confirmed, or does not have them"
    )]
    NothingFailed,
    /// Several reports would be mixed in one stream.
    #[error("only one report can go to standard output")]
    SharedStdout,
    /// One report would be written over another.
    #[error("two reports have the same file `{}`", .0.display())]
    SharedFile(PathBuf),
    /// What is written anew each time cannot be read as one report, and what was read once is gone.
    #[error("`--watch` cannot be used with standard input or a report to standard output")]
    WatchedStdout,
    /// No file is played, and the subject is none.
    #[error("`--watch` has no file to watch")]
    NothingToWatch,
    /// Two runs with the same seed differ.
    #[error("two runs with seed {seed} differ in `{}`{}", .found.play, place(.found))]
    RunsDiffer {
        /// The seed.
        seed: u64,
        /// The first difference.
        found: Difference,
    },
    /// Plays whose repeats differ.
    #[error("{}", repeats_differ(.0))]
    RepeatsDiffer(Vec<Deviation>),
    /// Output could not be written.
    #[error("cannot write output: {0}")]
    Write(#[from] io::Error),
}

/// Why a report cannot be read.
#[derive(Debug, Error)]
pub(crate) enum ReportError {
    /// The file cannot be read.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// It is larger than any report.
    #[error("it is larger than {mib} MiB")]
    TooLarge {
        /// As much as is read.
        mib: u64,
    },
    /// It is something else.
    #[error(transparent)]
    Bad(#[from] marslab::report::compare::ReadError),
}

/// Why a text is not a name with parameters.
#[derive(Debug, Error)]
pub(crate) enum ParseError {
    /// It is not TOML.
    #[error("{}", .0.message())]
    Toml(Box<toml::de::Error>),
    /// The parameters are not a table.
    #[error("expected a table of parameters after `{0} =`")]
    NotATable(String),
    /// It contains several names.
    #[error("expected a single name")]
    Several,
}

impl CliError {
    /// Writes `error: …`, and `hint: …` below it.
    pub(crate) fn print(&self, err: &mut dyn Write, paint: Paint) -> io::Result<()> {
        if let Self::InvalidScenarios(errors) = self {
            return errors.iter().try_for_each(|error| print_scenario(err, error, paint));
        }
        if let Self::Packs(errors) = self {
            return errors.iter().try_for_each(|error| match error {
                PackError::Scenario(problems) => writeln!(err, "{}\n", problems.render(paint)),
                other => writeln!(err, "error: {other}"),
            });
        }
        match self.to_string() {
            // Mistakes in the parameters of a session's call have been rendered like those of a file.
            rendered if rendered.starts_with("error: ") => writeln!(err, "{rendered}")?,
            text => writeln!(err, "error: {text}")?,
        }
        match self.hint() {
            Some(hint) => writeln!(err, "hint: {hint}"),
            None => Ok(()),
        }
    }

    fn hint(&self) -> Option<String> {
        Some(match self {
            Self::NothingSelected { suggestion, .. } | Self::Unknown { suggestion, .. } => {
                suggestion.to_string()
            }
            Self::Ambiguous { name, kinds } => {
                let commands: Vec<String> =
                    kinds.iter().map(|kind| format!("marslab show {kind} {name}")).collect();
                format!("use {}", either(&commands))
            }
            Self::Umbrella { members, .. } => {
                format!("use one of its members: {}", either(members))
            }
            Self::SubjectEnv(error) => variable_hint(error),
            Self::RunsDiffer { found, .. } => {
                let (first, second) =
                    (shortened(found.first.as_deref()), shortened(found.second.as_deref()));
                format!("the first run has {first}, the second {second}")
            }
            Self::RepeatsDiffer(deviations) => {
                deviations.iter().map(deviation).collect::<Vec<_>>().join("\n      ")
            }
            Self::SeveralSelected { names, .. } => {
                let names: Vec<&String> = names.iter().take(NAMES_MAX).collect();
                format!("use a full name: {}", either(&names))
            }
            Self::NoSession(error) => no_session_hint(error),
            other => return other.fixed_hint().map(str::to_owned),
        })
    }

    /// The hint, where it is always the same.
    fn fixed_hint(&self) -> Option<&'static str> {
        Some(match self {
            Self::Subject(CommandError::Empty) => SUBJECT,
            Self::Subject(CommandError::OpenQuote(_)) => "close the quote",
            Self::Unwritable { error, .. }
                if matches!(error.kind(), io::ErrorKind::AlreadyExists) =>
            {
                "nothing was run; choose a file that does not exist yet"
            }
            Self::NewPack(error) => error.hint(),
            Self::Trial(error) => return error.hint(),
            Self::Training(error) => return error.hint(),
            Self::Unwritable { .. } => "nothing was run; choose a file in an existing folder",
            Self::SubjectNotStarted { .. } => STARTABLE,
            Self::Shard(BadShard::NoPart { .. }) => SHARD,
            Self::Shard(BadShard::NoSeed) => "give all parts the same, such as `--seed 4711`",
            Self::Merge(MergeError::Missing(_)) => {
                "run them with `marslab run --shard I/N --json FILE`"
            }
            Self::Known { .. } => "give a file with the name of a play on each line",
            Self::KnownAreFixed { .. } => "remove them from the list",
            Self::NoFolder(_) => TEMP,
            Self::NoRoom(_) => "raise the limit, such as with `ulimit -n 256`",
            Self::SubjectOnMemory => "remove `--fidelity memory`, or write the subject in Rust",
            Self::Seed(_) => "set MARSLAB_SEED to a number such as 4711, or unset it",
            Self::Report { .. } => "give a file that `marslab run --json FILE` wrote",
            Self::SharedStdout => "write the other reports to files",
            Self::WatchedStdout => "read from a file, and write the report to one",
            Self::EmptyFilter => "leave it out to run all plays",
            Self::SharedFile(_) => "give each report a file of its own",
            Self::NothingToWatch => {
                "name a scenario file, or a subject such as `./diagnose` or `python3 diagnose.py`"
            }
            Self::Unparsable { .. } => UNPARSABLE,
            Self::Call(CallError::Unreachable { .. }) => START_SESSION,
            Self::NoPairs => PAIRS,
            Self::Clash { .. } => PARTS,
            Self::McpServed => "remove `--serve`: an agent is started anew each time",
            Self::BaselineIsNoProgram => "remove them: a baseline is built in, and no program",
            Self::NoDoor => "`marslab run --subject 'AGENT {mcp}'` starts it as it should be",
            _ => return None,
        })
    }
}

fn no_session_hint(error: &PlaceError) -> String {
    match error {
        PlaceError::None => START_SESSION.to_owned(),
        PlaceError::Several { open, .. } => {
            let has_twin = |name| open.iter().filter(|(_, other)| other == name).count() > 1;
            let options = open.iter().map(|(file, name)| match has_twin(name) {
                true => format!("\n      --session {} ({name})", file.display()),
                false => format!("\n      --session {name}"),
            });
            format!("choose one:{}", options.collect::<String>())
        }
        PlaceError::NoSuch { open, .. } => format!("open: {}", open.join(", ")),
        PlaceError::Unreadable { .. } | PlaceError::NotPrivate(_) => {
            "`marslab up` and `marslab status` print the path of the session file".to_owned()
        }
    }
}

fn repeats_differ(deviations: &[Deviation]) -> String {
    match deviations {
        [only] => format!("the repeats of `{}` differ", only.play),
        several => format!("the repeats of {} plays differ", several.len()),
    }
}

fn deviation(of: &Deviation) -> String {
    let Deviation { play, first_seed, first, seed, seen } = of;
    format!("`{play}`: {first} with seed {first_seed}, {seen} with seed {seed}")
}

fn place(found: &Difference) -> String {
    if found.place.is_empty() { String::new() } else { format!(" at `{}`", found.place) }
}

/// The beginning of a piece of JSON.
fn shortened(json: Option<&str>) -> String {
    let Some(json) = json else { return "nothing".to_owned() };
    let mut text: String = json.chars().take(JSON_CHARS_MAX).collect();
    if json.chars().nth(JSON_CHARS_MAX).is_some() {
        text.push('…');
    }
    text
}

fn variable_hint(error: &VariableError) -> String {
    match error {
        VariableError::NoName(_) => "write NAME to pass on a variable, or NAME=VALUE".to_owned(),
        VariableError::NotSet(name) => format!("set it, or write `--subject-env {name}=VALUE`"),
        VariableError::Reserved(_) => {
            "remove it; the subject gets a new value each time".to_owned()
        }
    }
}

/// Writes all mistakes of a scenario file, and a line break behind them.
pub(crate) fn print_scenario(
    err: &mut dyn Write,
    error: &ReadError,
    paint: Paint,
) -> io::Result<()> {
    match error {
        ReadError::Bad(problems) => writeln!(err, "{}\n", problems.render(paint)),
        other => writeln!(err, "error: {other}\n"),
    }
}

const SUBJECT: &str = "give a program and its arguments, such as `--subject 'python3 diagnose.py'`";

const STARTABLE: &str =
    "check the path, and that the file is executable and names an interpreter that is there";

const SHARD: &str = "write the part's number and how many there are, or set the variables that `auto` reads (`marslab run --help`)";

const TEMP: &str = "set TMPDIR, or on Windows TEMP, to a folder that you can write to";

const START_SESSION: &str = "start one with `marslab up SCENARIO`";

const UNPARSABLE: &str =
    "write a name, or a name with parameters, such as `blocks = { to = [\"*.windows.net\"] }`";

const PAIRS: &str = "the plays of a pair have the same operation and independent faults, and the subject is \
                     confirmed in each of them";

const PARTS: &str = "`marslab list` shows the plays, `marslab show` their operations";

/// More names are not read.
const NAMES_MAX: usize = 12;

/// Enough to see a difference; a whole beat is longer.
const JSON_CHARS_MAX: usize = 200;

#[cfg(test)]
mod tests;
