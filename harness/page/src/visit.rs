//! A visit: a person before a world, and what they have done and seen there.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use marslab_console::Console;
use marslab_model::Operation;
use marslab_model::host::System as _;
use marslab_model::world::Language;
use marslab_session::session::{Done, Session, SessionError};

/// A visit.
pub(crate) struct Visit {
    session: Arc<Session>,
    /// The window into which lines are typed.
    console: tokio::sync::Mutex<Console>,
    shown: Mutex<Shown>,
}

/// What the page shows besides the world.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    /// The language of the page.
    pub(crate) language: Language,
    /// Whether the answer is shown.
    pub(crate) revealed: bool,
    /// What stands before the next line.
    pub(crate) prompt: String,
    /// The typed lines, oldest first.
    pub(crate) lines: VecDeque<Typed>,
    /// How many lines were typed.
    typed: u64,
    /// What the last fault or remedy changed, or why it could not be done.
    pub(crate) done: Option<Result<Vec<Done>, String>>,
}

/// A typed line, and what it printed.
#[derive(Clone, Debug)]
pub(crate) struct Typed {
    /// Its number.
    pub(crate) number: u64,
    /// What stood before it.
    pub(crate) prompt: String,
    /// The line.
    pub(crate) line: String,
    /// What it printed.
    pub(crate) text: String,
    /// Its exit code.
    pub(crate) code: u32,
}

impl Visit {
    /// Nobody has done anything yet, and the answer is hidden.
    pub(crate) fn new(session: Arc<Session>) -> Self {
        let console = session.console();
        let shown = Shown {
            language: session.live().host().language(),
            revealed: false,
            prompt: console.prompt(),
            lines: VecDeque::new(),
            typed: 0,
            done: None,
        };
        Self { session, console: tokio::sync::Mutex::new(console), shown: Mutex::new(shown) }
    }

    pub(crate) fn session(&self) -> &Session {
        &self.session
    }

    /// What is shown now.
    pub(crate) fn shown(&self) -> Shown {
        self.with(|shown| shown.clone())
    }

    fn with<R>(&self, act: impl FnOnce(&mut Shown) -> R) -> R {
        act(&mut self.shown.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Types a line.
    pub(crate) async fn type_in(&self, line: &str) {
        let mut console = self.console.lock().await;
        let before = console.prompt();
        let printed = self.session.type_in(&mut console, line).await;
        let mut text = printed.text;
        if text.len() > OUTPUT_BYTES_MAX {
            let end = (0..=OUTPUT_BYTES_MAX).rev().find(|at| text.is_char_boundary(*at));
            text.truncate(end.unwrap_or_default());
            text.push_str("\n…\n");
        }
        self.with(|shown| {
            shown.typed += 1;
            let (number, line) = (shown.typed, line.to_owned());
            shown.lines.push_back(Typed { number, prompt: before, line, text, code: printed.code });
            while shown.lines.len() > LINES_MAX {
                shown.lines.pop_front();
            }
            shown.prompt = console.prompt();
        });
    }

    /// How a line may go on.
    pub(crate) async fn completions(&self, line: &str) -> Vec<String> {
        self.console.lock().await.completions(line)
    }

    /// Runs an operation.
    pub(crate) async fn operate(&self, operation: Operation) {
        if let Err(error) = self.session.operate(Some(operation), None).await {
            self.with(|shown| shown.done = Some(Err(error.to_string())));
        }
    }

    pub(crate) async fn break_again(&self) {
        let done = self.session.break_as_written().await;
        self.note(done);
    }

    pub(crate) async fn revert(&self, number: u32) {
        let done = self.session.revert(number).await;
        self.note(done.map(|done| vec![done]));
    }

    pub(crate) async fn repair(&self) {
        let done = self.session.repair_as_written().await;
        self.note(done.map(|done| vec![done]));
    }

    fn note(&self, done: Result<Vec<Done>, SessionError>) {
        let done = done.map_err(|error| error.to_string());
        self.with(|shown| shown.done = Some(done));
    }

    /// Shows the answer, or hides it again.
    pub(crate) fn set_revealed(&self, revealed: Revealed) {
        self.with(|shown| shown.revealed = matches!(revealed, Revealed::Yes));
    }

    /// Changes the language of the page, not that of the machine.
    pub(crate) fn set_language(&self, language: Language) {
        self.with(|shown| shown.language = language);
    }
}

/// Whether the answer is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Revealed {
    /// It is.
    Yes,
    /// It is not.
    No,
}

/// As many as a window of the command line can be scrolled back to without thought.
const LINES_MAX: usize = 200;

/// The most that is kept of one line's output.
const OUTPUT_BYTES_MAX: usize = 64 << 10;
