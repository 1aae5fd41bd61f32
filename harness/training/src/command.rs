//! What can be typed besides Windows' own commands.

use marslab_model::Operation;

use crate::texts::Texts;

/// A line that is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Command {
    /// Try the operation of the ticket, or another one.
    Operate(Option<String>),
    /// Get the next hint.
    Hint,
    /// Note something.
    Note(String),
    /// Whether the operation of the ticket succeeds now.
    Check,
    /// Name a cause.
    Submit(String),
    /// Carry out a documented remedy.
    Do(String),
    /// List the documented remedies whose names have this.
    Remedies(String),
    /// List the causes whose names have this.
    Causes(String),
    /// How much time is left.
    Time,
    /// Say what can be typed.
    Help,
    /// End the training.
    Quit,
    /// A line for the machine.
    Windows(String),
}

impl Command {
    /// What a line means. What is not a command of the training is the machine's.
    pub(crate) fn parse(line: &str) -> Self {
        let line = line.trim();
        let (first, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let rest = rest.trim().to_owned();
        match (first.to_ascii_lowercase().as_str(), rest.is_empty()) {
            ("operate", true) => Self::Operate(None),
            ("operate", false) => Self::Operate(Some(rest)),
            ("hint", true) => Self::Hint,
            ("note", false) => Self::Note(rest),
            ("check", true) => Self::Check,
            ("submit", _) => Self::Submit(rest),
            ("do", _) => Self::Do(rest),
            ("remedies", _) => Self::Remedies(rest),
            ("causes", _) => Self::Causes(rest),
            ("time", true) => Self::Time,
            ("help" | "?", true) => Self::Help,
            ("quit" | "exit", true) => Self::Quit,
            _ => Self::Windows(line.to_owned()),
        }
    }

    /// The first words of the training's own commands.
    pub(crate) const NAMES: [&'static str; 11] = [
        "operate", "hint", "note", "check", "submit", "do", "remedies", "causes", "time", "help",
        "quit",
    ];
}

/// What can be typed.
pub(crate) fn help(texts: Texts) -> String {
    let operations: Vec<&str> = Operation::ALL.into_iter().map(Operation::name).collect();
    texts.help(&operations.join(", ")) + "\n"
}
