//! Lines with history and completion.

use std::cell::Cell;
use std::collections::VecDeque;
use std::io::{self, Write as _};
use std::sync::mpsc::{self, Receiver};

use marslab::training::training::Training;
use rustyline::completion::Completer;
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::MemHistory;
use rustyline::validate::Validator;
use rustyline::{Cmd, Config, Context, Editor, Helper, KeyCode, KeyEvent, Modifiers, Movement};
use tokio::sync::mpsc::UnboundedSender;

use super::{Asked, Line};

/// The words that can stand after others, and whom to ask for paths.
pub(super) struct Words {
    after: Vec<(&'static str, Vec<String>)>,
    ask: UnboundedSender<Asked>,
    /// Whether nothing is typed yet.
    is_empty: Cell<bool>,
}

impl Words {
    /// Those that a training knows.
    pub(super) fn of(training: &Training, ask: UnboundedSender<Asked>) -> Self {
        let after = ["", "submit ", "do ", "operate "];
        let after = after.map(|before| (before, training.completions(before))).to_vec();
        Self { after, ask, is_empty: Cell::new(true) }
    }

    /// How a path at the end of a line may go on; nothing where nobody answers.
    fn paths(&self, line: &str) -> (usize, Vec<String>) {
        let (answer, answered) = mpsc::channel();
        drop(self.ask.send(Asked { line: line.to_owned(), answer }));
        answered.recv().unwrap_or_default()
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
        let known = self.after.iter().filter(|(known, _)| *known == before);
        let fits =
            |it: &&String| it.get(..word.len()).is_some_and(|it| it.eq_ignore_ascii_case(word));
        let words: Vec<String> = known.flat_map(|(_, words)| words).filter(fits).cloned().collect();
        Ok(if words.is_empty() { self.paths(typed) } else { (start, words) })
    }
}

/// It hints at nothing, but sees each line as it is typed.
impl Hinter for Words {
    type Hint = String;

    fn hint(&self, line: &str, _: usize, _: &Context<'_>) -> Option<String> {
        self.is_empty.set(line.is_empty());
        None
    }
}

impl Highlighter for Words {}

impl Validator for Words {}

impl Helper for Words {}

/// Reads a line for each prompt. Of several that were pasted, each is a line of its own, as in the windows of Windows.
pub(super) fn read(words: Words, prompts: &Receiver<String>, send: &UnboundedSender<Line>) {
    let history = MemHistory::new();
    // What follows Esc at once belongs to it: that is how terminals send arrow keys.
    let config = Config::builder().keyseq_timeout(Some(ESCAPE_MILLISECONDS)).build();
    let Ok(mut editor) = Editor::<Words, MemHistory>::with_history(config, history) else {
        return;
    };
    editor.set_helper(Some(words));
    // As in the windows of Windows.
    editor.bind_sequence(KeyEvent(KeyCode::Esc, Modifiers::NONE), Cmd::Kill(Movement::WholeLine));
    let mut pasted: VecDeque<String> = VecDeque::new();
    while let Ok(prompt) = prompts.recv() {
        let line = match pasted.pop_front() {
            Some(line) => {
                shown(&prompt, &line);
                Line::Typed(line)
            }
            None => edited(&mut editor, &prompt, &mut pasted),
        };
        if let Line::Typed(line) = &line {
            // A line that history does not take is only not remembered.
            drop(editor.add_history_entry(line));
        }
        if send.send(line).is_err() {
            return;
        }
    }
}

/// Ctrl-C drops what was typed, as it does in `cmd.exe`. Where nothing was, the second one ends the training.
fn edited(
    editor: &mut Editor<Words, MemHistory>,
    prompt: &str,
    pasted: &mut VecDeque<String>,
) -> Line {
    let mut is_second = false;
    loop {
        return match editor.readline(prompt) {
            Ok(text) => {
                let mut lines = text.lines().map(str::to_owned);
                let first = lines.next().unwrap_or_default();
                pasted.extend(lines);
                Line::Typed(first)
            }
            Err(ReadlineError::Interrupted) => {
                let is_empty = editor.helper().is_some_and(|words| words.is_empty.replace(true));
                if is_empty && is_second {
                    return Line::Interrupted;
                }
                is_second = is_empty;
                continue;
            }
            // Ctrl-D.
            Err(ReadlineError::Eof) => Line::Typed("quit".to_owned()),
            Err(_) => Line::End,
        };
    }
}

/// A pasted line after the first, which the editor has shown only together with the others.
fn shown(prompt: &str, line: &str) {
    let mut out = io::stdout().lock();
    // A terminal that is gone shows nothing.
    drop(writeln!(out, "{prompt}{line}").and_then(|()| out.flush()));
}

/// More than a terminal takes between the parts of one key, and less than a person between two keys.
const ESCAPE_MILLISECONDS: u16 = 50;
