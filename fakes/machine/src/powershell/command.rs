//! The command line of PowerShell, as far as a scheduled task needs it.

/// A command line that was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CommandLine {
    /// The execution policy that the line asks for.
    pub(super) policy: Option<String>,
    /// What it runs, in order.
    pub(super) statements: Vec<Statement>,
}

/// One statement of a simple list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Statement {
    /// `Import-Module X`.
    Import(String),
    /// Another command; its parameters are left out.
    Call(String),
}

impl CommandLine {
    /// Reads what follows `powershell.exe`; `None` if PowerShell would show its help, and for what the lab does not
    /// play: files and encoded commands.
    pub(super) fn parse(arguments: &str) -> Option<Self> {
        let mut words =
            arguments_of(arguments.get(..ARGUMENTS_BYTES_MAX).unwrap_or(arguments)).into_iter();
        let mut policy = None;
        while let Some(word) = words.next() {
            let Some(option) = word.strip_prefix(['-', '/']) else {
                let rest = std::iter::once(word).chain(words).collect::<Vec<_>>();
                return Some(Self { policy, statements: statements(&rest.join(" ")) });
            };
            match Flag::parse(option)? {
                Flag::Alone => {}
                Flag::WithValue => drop(words.next()?),
                Flag::Policy => policy = Some(words.next()?),
                Flag::Command => {
                    let rest = words.collect::<Vec<_>>().join(" ");
                    return Some(Self { policy, statements: statements(&rest) });
                }
            }
        }
        None
    }
}

enum Flag {
    Alone,
    WithValue,
    Policy,
    Command,
}

impl Flag {
    /// PowerShell takes every option by any beginning of its name; the first in its own order counts.
    fn parse(option: &str) -> Option<Self> {
        let option = option.to_ascii_lowercase();
        let begins = |names: &[&str]| names.iter().any(|name| name.starts_with(&option));
        if option.is_empty() {
            None
        } else if begins(&["command"]) {
            Some(Self::Command)
        } else if matches!(option.as_str(), "ep" | "ex")
            || begins(&["executionpolicy"]) && option.len() > 2
        {
            Some(Self::Policy)
        } else if begins(&["noprofile", "nologo", "noninteractive", "noexit", "sta", "mta"]) {
            Some(Self::Alone)
        } else if begins(&[
            "windowstyle",
            "version",
            "inputformat",
            "outputformat",
            "psconsolefile",
        ]) {
            Some(Self::WithValue)
        } else {
            None
        }
    }
}

/// The arguments as Windows takes a command line apart: at blanks, with `"` around what belongs together.
fn arguments_of(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut word = None::<String>;
    let mut quoted = false;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                quoted = !quoted;
                word.get_or_insert_default();
            }
            '\\' if chars.peek() == Some(&'"') => {
                chars.next();
                word.get_or_insert_default().push('"');
            }
            c if c.is_whitespace() && !quoted => found.extend(word.take()),
            c => word.get_or_insert_default().push(c),
        }
    }
    found.extend(word);
    found
}

/// The statements of a script: parted by `;` and line breaks, of a pipeline the first command, a block's braces aside.
fn statements(script: &str) -> Vec<Statement> {
    let statements = split(script, &[';', '\r', '\n', '|', '{', '}']);
    let words = statements
        .into_iter()
        .take(STATEMENTS_MAX)
        .map(|(mark, text)| (mark, split(&text, &[' ', '\t'])));
    let mut found = Vec::new();
    for (mark, words) in words {
        let mut words =
            words.into_iter().map(|(_, word)| word).filter(|word| !word.is_empty() && word != "&");
        let Some(command) = words.next().filter(|_| mark != Some('|')) else { continue };
        if IMPORTS.iter().any(|import| command.eq_ignore_ascii_case(import)) {
            found.extend(words.find(|word| !word.starts_with('-')).map(Statement::Import));
        } else {
            found.push(Statement::Call(command));
        }
    }
    found
}

/// Splits a text at marks outside quotes; each piece has the mark before it. Quotes at the ends of
/// words are dropped where the marks are blanks.
fn split(text: &str, marks: &[char]) -> Vec<(Option<char>, String)> {
    let keeps_quotes = !marks.contains(&' ');
    let mut found = Vec::new();
    let mut piece = (None, String::new());
    let mut quote = None;
    for c in text.chars() {
        match quote {
            None if marks.contains(&c) => {
                found.push(std::mem::replace(&mut piece, (Some(c), String::new())));
                continue;
            }
            None if matches!(c, '\'' | '"') => quote = Some(c),
            Some(open) if open == c => quote = None,
            _ => {
                piece.1.push(c);
                continue;
            }
        }
        if keeps_quotes {
            piece.1.push(c);
        }
    }
    found.push(piece);
    found
}

/// The command that loads a module, and its alias.
const IMPORTS: [&str; 2] = ["Import-Module", "ipmo"];

/// The longest command line of Windows has 32,767 characters.
const ARGUMENTS_BYTES_MAX: usize = 32_767;

/// The most statements of a script: a task's has two.
const STATEMENTS_MAX: usize = 64;
