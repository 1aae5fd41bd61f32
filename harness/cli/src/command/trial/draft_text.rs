//! The text of a draft: as it is tried, and as a scenario of it begins.

use std::path::Path;

use marslab::play::trial::Trial;
use marslab::scenario::read_text;
use marslab_model::Outcome;
use marslab_model::world::Cast;
use toml::Value;

use crate::args::Try;
use crate::error::{CliError, TrialError};
use crate::select::is_file;

/// The text of a draft, and its file's name.
pub(super) struct DraftText {
    pub(super) name: String,
    pub(super) text: String,
}

impl DraftText {
    /// The file that the command line names, or one of its faults.
    pub(super) fn of(args: &Try) -> Result<Self, CliError> {
        match args.what.as_slice() {
            [path] if is_file(path) => {
                if args.operation.is_some() || !args.given.is_empty() {
                    return Err(TrialError::DraftIsWhole.into());
                }
                let text = read_text(Path::new(path));
                let text = text.map_err(|error| CliError::InvalidScenarios(vec![error]))?;
                Ok(Self { name: path.clone(), text })
            }
            faults => {
                let operation = args.operation.as_ref().ok_or(TrialError::NoOperation)?;
                Ok(Self { name: "command line".to_owned(), text: written(faults, args, operation) })
            }
        }
    }
}

/// The faults, settings and operation of a command line as a file.
fn written(faults: &[String], Try { given, .. }: &Try, operation: &str) -> String {
    let mut lines = Vec::new();
    if !given.is_empty() {
        lines.push("[given]".to_owned());
        lines.extend(given.iter().map(|setting| entry(setting)));
        lines.push(String::new());
    }
    for fault in faults.iter().flat_map(|word| pieces(word)) {
        lines.extend(["[[fault]]".to_owned(), entry(fault), String::new()]);
    }
    let operation = Value::String(operation.to_owned());
    lines.extend(["[when]".to_owned(), format!("operation = {operation}"), String::new()]);
    lines.join("\n")
}

/// One action with its parameters; without any, its name is enough.
fn entry(action: &str) -> String {
    let action = action.trim();
    if action.contains('=') { action.to_owned() } else { format!("{action} = {{}}") }
}

/// The parts between semicolons that are in no string.
fn pieces(word: &str) -> Vec<&str> {
    let (mut found, mut begin, mut quote, mut is_escaped) = (Vec::new(), 0, None, false);
    for (at, c) in word.char_indices() {
        match quote {
            Some('"') if is_escaped => is_escaped = false,
            Some('"') if c == '\\' => is_escaped = true,
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if c == '"' || c == '\'' => quote = Some(c),
            None if c == ';' => {
                found.extend(word.get(begin..at));
                begin = at + 1;
            }
            None => {}
        }
    }
    found.extend(word.get(begin..));
    found.retain(|piece| !piece.trim().is_empty());
    found
}

/// A scenario of a draft that expects what was shown. The rest is left empty, for a person to fill in.
pub(super) fn finished(text: &str, shown: &Trial, cast: &Cast) -> String {
    let written = toml::from_str::<toml::Table>(text).unwrap_or_default();
    let lacks = |key: &str| !written.contains_key(key);
    let mut lines = Vec::new();
    for (key, value, about) in HEAD {
        let is_said = key == "failure" && !lacks("control");
        if lacks(key) && !is_said {
            let value = format!("\"{value}\"");
            lines.push(format!("{key:7} = {value:8} # {about}"));
        }
    }
    if !lines.is_empty() {
        lines.push(String::new());
    }
    lines.push(text.trim_end().to_owned());
    if lacks("then") {
        lines.extend(then(shown, cast));
    }
    if lacks("cure") {
        let cure = ["", "[[cure]]", "remedy = \"\"   # what cures it: `marslab list remedies`"];
        lines.extend(cure.map(str::to_owned));
    }
    lines.push(String::new());
    lines.join("\n")
}

/// What is expected, as far as it was shown; what the subject found is told in comments, by roles.
fn then(Trial { broken, diagnosed, .. }: &Trial, cast: &Cast) -> Vec<String> {
    let mut lines = vec![String::new(), "[then]".to_owned()];
    lines.push(match &broken.outcome {
        Some(Outcome::Failed(symptom)) => {
            format!("error    = {}", Value::String(symptom.error.clone()))
        }
        _ => "# The operation succeeds: a `control` says why nothing is wrong.".to_owned(),
    });
    lines.extend(broken.stopped_at.map(|step| format!("stops-at = \"{step}\"")));
    let finding =
        "finding  = []   # what a subject must find: { any = [\"CAUSE\"], about = \"…\" }";
    lines.push(finding.to_owned());
    let found = diagnosed.diagnosis.iter().flat_map(|said| &said.findings).map(|finding| {
        let about = finding.about.as_ref().map(|about| cast.roles_in(about));
        let about = about.map(|it| format!(", about = {}", Value::String(it)));
        let line = format!(
            "# The subject found {{ any = [\"{}\"]{} }}.",
            finding.cause,
            about.unwrap_or_default()
        );
        // A comment ends with its line, whatever a program says.
        line.replace(char::is_control, " ")
    });
    lines.extend(found);
    lines
}

/// What comes before the tables.
const HEAD: [(&str, &str, &str); 3] = [
    ("title", "", "what is wrong, in one line"),
    ("failure", "", "the documented failure, or one of a pack: `marslab list failures`"),
    ("article", "report", "where it is documented"),
];

#[cfg(test)]
mod tests;
