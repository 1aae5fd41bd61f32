//! The text of a draft: as it is tried, and as a scenario of it begins.

use std::path::Path;

use marslab::play::Trial;
use marslab::scenario::read_text;
use marslab_model::Outcome;
use toml::Value;

use crate::args::Try;
use crate::error::CliError;
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
                    return Err(CliError::DraftIsWhole);
                }
                let text = read_text(Path::new(path));
                let text = text.map_err(|error| CliError::InvalidScenarios(vec![error]))?;
                Ok(Self { name: path.clone(), text })
            }
            faults => {
                let operation = args.operation.as_ref().ok_or(CliError::NoOperation)?;
                Ok(Self { name: "command line".to_owned(), text: written(faults, args, operation) })
            }
        }
    }
}

/// The faults, settings and operation of a command line as a file.
fn written(faults: &[String], Try { given, .. }: &Try, operation: &str) -> String {
    let mut text = String::new();
    if !given.is_empty() {
        text.push_str("[given]\n");
        given.iter().for_each(|setting| text.push_str(&entry(setting)));
        text.push('\n');
    }
    for fault in faults.iter().flat_map(|word| pieces(word)) {
        text.push_str("[[fault]]\n");
        text.push_str(&entry(fault));
        text.push('\n');
    }
    let operation = Value::String(operation.to_owned());
    text.push_str(&format!("[when]\noperation = {operation}\n"));
    text
}

/// One action with its parameters; without any, its name is enough.
fn entry(action: &str) -> String {
    let action = action.trim();
    if action.contains('=') { format!("{action}\n") } else { format!("{action} = {{}}\n") }
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
pub(super) fn finished(text: &str, shown: &Trial) -> String {
    let written = toml::from_str::<toml::Table>(text).unwrap_or_default();
    let lacks = |key: &str| !written.contains_key(key);
    let (mut head, mut tail) = (String::new(), String::new());
    for (key, value, about) in HEAD {
        let is_said = key == "failure" && !lacks("control");
        if lacks(key) && !is_said {
            head.push_str(&format!("{key:7} = {:8} # {about}\n", format!("\"{value}\"")));
        }
    }
    if !head.is_empty() {
        head.push('\n');
    }
    if lacks("then") {
        tail.push_str(&then(shown));
    }
    if lacks("cure") {
        tail.push_str("\n[[cure]]\nremedy = \"\"   # what cures it: `marslab list remedies`\n");
    }
    format!("{head}{}\n{tail}", text.trim_end())
}

/// What is expected, as far as it was shown; what the subject found is told in comments.
fn then(Trial { broken, diagnosed, .. }: &Trial) -> String {
    let mut text = "\n[then]\n".to_owned();
    match &broken.outcome {
        Some(Outcome::Failed(symptom)) => {
            text.push_str(&format!("error    = {}\n", Value::String(symptom.error.clone())));
        }
        _ => text.push_str("# The operation succeeds: a `control` says why nothing is wrong.\n"),
    }
    if let Some(step) = broken.stopped_at {
        text.push_str(&format!("stops-at = \"{step}\"\n"));
    }
    text.push_str(
        "finding  = []   # what a subject must find: { any = [\"CAUSE\"], about = \"…\" }\n",
    );
    for finding in diagnosed.diagnosis.iter().flat_map(|said| &said.findings) {
        let about = finding.about.as_ref();
        let about = about.map(|it| format!(", about = {}", Value::String(it.clone())));
        let about = about.unwrap_or_default();
        let line = format!("# The subject found {{ any = [\"{}\"]{about} }}.\n", finding.cause);
        text.push_str(&line.replace(['\r', '\u{b}'], " "));
    }
    text
}

/// What comes before the tables.
const HEAD: [(&str, &str, &str); 3] = [
    ("title", "", "what is wrong, in one line"),
    ("failure", "", "the documented failure, or one of a pack: `marslab list failures`"),
    ("article", "report", "where it is documented"),
];

#[cfg(test)]
mod tests;
