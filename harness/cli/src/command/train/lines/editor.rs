//! Lines with history and completion.

use std::sync::mpsc::Receiver;

use marslab::training::training::Training;
use rustyline::completion::Completer;
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::MemHistory;
use rustyline::validate::Validator;
use rustyline::{Config, Context, Editor, Helper};
use tokio::sync::mpsc::UnboundedSender;

use super::Line;

/// The words that can stand after others.
pub(super) struct Words(Vec<(&'static str, Vec<String>)>);

impl Words {
    /// Those that a training knows.
    pub(super) fn of(training: &Training) -> Self {
        let after = ["", "submit ", "do ", "operate "];
        Self(after.map(|before| (before, training.completions(before))).to_vec())
    }
}

impl Completer for Words {
    type Candidate = String;

    fn complete(
        &self,
        line: &str,
        at: usize,
        _: &Context<'_>,
    ) -> Result<(usize, Vec<String>), ReadlineError> {
        let typed = line.get(..at).unwrap_or(line);
        let start = typed.rfind(' ').map_or(0, |space| space + 1);
        let (before, word) = typed.split_at(start);
        let known = self.0.iter().filter(|(known, _)| *known == before);
        let fits =
            |it: &&String| it.get(..word.len()).is_some_and(|it| it.eq_ignore_ascii_case(word));
        Ok((start, known.flat_map(|(_, words)| words).filter(fits).cloned().collect()))
    }
}

impl Hinter for Words {
    type Hint = String;
}

impl Highlighter for Words {}

impl Validator for Words {}

impl Helper for Words {}

/// Reads a line for each prompt.
pub(super) fn read(words: Words, prompts: &Receiver<String>, send: &UnboundedSender<Line>) {
    let history = MemHistory::new();
    let Ok(mut editor) = Editor::<Words, MemHistory>::with_history(Config::default(), history)
    else {
        return;
    };
    editor.set_helper(Some(words));
    while let Ok(prompt) = prompts.recv() {
        let line = match editor.readline(&prompt) {
            Ok(line) => {
                // A line that history does not take is only not remembered.
                drop(editor.add_history_entry(&line));
                Line::Typed(line)
            }
            Err(ReadlineError::Interrupted) => Line::Interrupted,
            Err(_) => Line::End,
        };
        if send.send(line).is_err() {
            return;
        }
    }
}
