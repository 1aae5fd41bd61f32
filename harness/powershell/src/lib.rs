//! PowerShell on the simulated machine, as far as the articles and the support scripts use it.
//!
//! | module | what lives there |
//! | --- | --- |
//! | `parse`, `syntax` | reading a line |
//! | `run`, `evaluate`, `operators`, `members` | running it: pipes, expressions, operators, methods |
//! | `value`, `format` | what goes through a pipe, and what it looks like in a window |
//! | `cmdlet`, `arguments`, `failure` | what a cmdlet is, its parameters, its errors |
//! | `session`, `modules` | what a window remembers; modules on the machine's disks |
//! | `cmdlets` | the cmdlets, a file each |
//!
//! It starts as the machine lets it: its program has to be there, the registry names its version, and a cmdlet that came with
//! a later version is unknown. The agent's cmdlets are those of its module on the disk. Whoever runs a line is the window's
//! account; where Windows asks for an elevated window, the lab's windows are.
//!
//! Absent: the real PowerShell; Worlds, faults, causes.
//!
//! Messages are English in every language †. A warning or an error stands before what its statement has made.

use async_trait::async_trait;
use marslab_model::host::LaunchError;
use marslab_programs::PowerShell;
use marslab_shell::line::stages;
use marslab_shell::{Machine, Printed, Window};

use self::failure::{Failure, Origin};
use self::parse::parse;
use self::run::Runner;
use self::session::{Engine, StartError};

mod arguments;
mod cmdlet;
mod cmdlets;
mod evaluate;
mod failure;
mod format;
mod members;
mod modules;
mod operators;
mod parse;
mod run;
mod session;
mod syntax;
mod value;

pub use self::session::Session;

/// Whether a line is PowerShell's: it starts PowerShell, a stage of its pipe is a cmdlet, or it begins with what only PowerShell
/// reads. An alias that is a program's name too is the program's.
pub fn is_meant(line: &str) -> bool {
    let stages = stages(line);
    let first = stages.first().copied().unwrap_or_default().trim_start_matches(['(', ' ']);
    let begins = line.trim_start().starts_with(|letter: char| {
        letter.is_ascii_digit() || matches!(letter, '$' | '[' | '(' | '@' | '\'')
    });
    let begins = begins || line.trim_start().starts_with("& ") || is_text(line.trim_start());
    begins
        || name_of_shell(first).is_some()
        || stages.iter().any(|stage| is_cmdlet(first_word(stage)))
}

fn is_cmdlet(word: &str) -> bool {
    let is_program = || marslab_programs::names().any(|name| name.eq_ignore_ascii_case(word));
    names().any(|name| name.eq_ignore_ascii_case(word))
        || is_verb_and_noun(word) && !is_program()
        || cmdlets::find(word).is_some() && !is_program()
}

/// Whether a word has the form of a cmdlet's name, so that PowerShell says whether there is one: `Get-Thing`.
fn is_verb_and_noun(word: &str) -> bool {
    let Some((verb, noun)) = word.split_once('-') else { return false };
    let verbs = cmdlets::verbs();
    let is_noun = noun.starts_with(char::is_alphabetic) && noun.chars().all(char::is_alphanumeric);
    is_noun && verbs.iter().any(|it| it.eq_ignore_ascii_case(verb))
}

/// Whether a line begins with a text in quotes that is not a program's name or path.
fn is_text(line: &str) -> bool {
    let Some((quoted, _)) = line.strip_prefix('"').and_then(|rest| rest.split_once('"')) else {
        return false;
    };
    let is_program = marslab_programs::names().any(|name| name.eq_ignore_ascii_case(quoted));
    !is_program && (quoted.contains('$') || !quoted.contains(['\\', '.']))
}

fn first_word(stage: &str) -> &str {
    let end =
        |letter: char| letter.is_whitespace() || matches!(letter, ';' | '(' | ')' | '{' | '"');
    stage.trim().split(end).next().unwrap_or_default()
}

/// What follows `powershell` or `powershell.exe` at the beginning of a line.
fn name_of_shell(line: &str) -> Option<&str> {
    let word = first_word(line);
    let base = word.rsplit('\\').next().unwrap_or(word).to_ascii_lowercase();
    matches!(base.as_str(), "powershell" | "powershell.exe")
        .then(|| line.trim_start().get(word.len()..).unwrap_or_default())
}

/// The names of all cmdlets.
pub fn names() -> impl Iterator<Item = &'static str> {
    cmdlets::names()
}

/// Runs a line, also one that begins with `powershell`. A window in which `powershell` alone is typed goes on as it was: the lab's
/// prompt is both shells'.
pub async fn run(
    session: &mut Session,
    window: &mut Window,
    machine: Machine<'_>,
    line: &str,
) -> Printed {
    match name_of_shell(line) {
        Some(rest) => WindowsPowerShell.start(window, machine, rest).await,
        None => run_here(session, window, machine, line).await,
    }
}

/// The program `powershell.exe`.
#[derive(Clone, Copy, Debug)]
pub struct WindowsPowerShell;

#[async_trait]
impl PowerShell for WindowsPowerShell {
    async fn start(&self, window: &mut Window, machine: Machine<'_>, rest: &str) -> Printed {
        start(window, machine, rest).await
    }
}

async fn start(window: &Window, machine: Machine<'_>, rest: &str) -> Printed {
    let started = match Started::read(rest) {
        Ok(started) => started,
        Err(option) => {
            return Printed::failed(USAGE, format!("The lab's powershell has no {option}.\n"));
        }
    };
    let mut inner = window.clone();
    let mut session = Session { policy: started.policy, ..Session::default() };
    match started.command {
        Some(command) => run_here(&mut session, &mut inner, machine, &command).await,
        None => match Engine::start(machine.host, &window.who) {
            Ok(_) => Printed::ok("Windows PowerShell\n\n"),
            Err(error) => not_started(error),
        },
    }
}

async fn run_here(
    session: &mut Session,
    window: &mut Window,
    machine: Machine<'_>,
    line: &str,
) -> Printed {
    let engine = match Engine::start(machine.host, &window.who) {
        Ok(engine) => engine,
        Err(error) => return not_started(error),
    };
    session.environment = window.variables(machine.host).clone();
    session.has_failed = false;
    match parse(line) {
        Ok(statements) => {
            let (who, folder) = (&window.who, &window.folder);
            let runner = Runner { machine, who, folder, engine: &engine, line };
            runner.print(&statements, session).await;
        }
        Err(error) => {
            let failure = Failure::new("ParserError", error.id, error.message)
                .of("ParentContainsErrorRecordException")
                .at(error.span);
            session.screen.push_str(&failure.printed(line, &Origin::default()));
            session.has_failed = true;
        }
    }
    let text = std::mem::take(&mut session.screen);
    let code = u32::from(session.has_failed);
    window.environment = Some(std::mem::take(&mut session.environment));
    Printed { text, code }
}

/// What `powershell.exe` was started with.
#[derive(Debug, Default, PartialEq, Eq)]
struct Started {
    policy: Option<String>,
    command: Option<String>,
}

impl Started {
    /// Reads the options (about_PowerShell.exe); an option that the lab has not is the error.
    fn read(rest: &str) -> Result<Self, String> {
        let mut started = Self::default();
        let mut rest = rest.trim();
        while !rest.is_empty() {
            let (word, behind) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
            let Some(option) = word.strip_prefix(['-', '/']) else { break };
            let option = option.to_ascii_lowercase();
            let begins =
                |name: &str, least: usize| option.len() >= least && name.starts_with(&option);
            rest = behind.trim_start();
            if begins("command", 1) {
                break;
            } else if matches!(option.as_str(), "ep" | "ex") || begins("executionpolicy", 2) {
                let (policy, behind) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
                started.policy = Some(policy.to_owned());
                rest = behind.trim_start();
            } else if begins("windowstyle", 1) {
                rest = rest.split_once(char::is_whitespace).map_or("", |(_, behind)| behind);
            } else if !["noprofile", "nologo", "noninteractive", "noexit", "sta", "mta"]
                .iter()
                .any(|name| begins(name, 3))
            {
                return Err(word.to_owned());
            }
        }
        started.command = Some(unquoted(rest)).filter(|command| !command.is_empty());
        Ok(started)
    }
}

/// A command as a program gets it: without the quotes around it, and with those within it that had a backslash. A block is
/// called at once.
fn unquoted(command: &str) -> String {
    let bare = command.trim();
    let inner = bare.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
    let text = inner.map_or_else(|| bare.to_owned(), |inner| inner.replace("\\\"", "\""));
    let text = text.trim();
    let block = text.strip_prefix('&').unwrap_or(text).trim();
    let block = block.strip_prefix('{').and_then(|it| it.strip_suffix('}'));
    block.unwrap_or(text).trim().to_owned()
}

fn not_started(error: StartError) -> Printed {
    match error {
        StartError::Program(LaunchError::NotFound) => Printed::failed(
            NOT_FOUND,
            "'powershell' is not recognized as an internal or external command,\noperable program or batch file.\n",
        ),
        StartError::Program(LaunchError::Blocked) => Printed::failed(1, "Access is denied.\n"),
        StartError::Program(LaunchError::SharingViolation) => Printed::failed(
            1,
            "The process cannot access the file because it is being used by another process.\n",
        ),
        // †
        StartError::NoEngine => Printed::failed(
            1,
            "Encountered a problem reading the registry. Cannot find registry key \
             SOFTWARE\\Microsoft\\PowerShell\\3\\PowerShellEngine.\n",
        ),
    }
}

/// What `powershell.exe` exits with when its arguments are wrong.
const USAGE: u32 = 0xFFFD_0000;

/// `ERRORLEVEL` where no program has that name.
const NOT_FOUND: u32 = 9009;

#[cfg(test)]
mod tests;
