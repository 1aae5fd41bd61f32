//! What a page shows besides the world: its language, and the lines that were typed.

use std::collections::VecDeque;

use marslab_model::world::Language;

/// What a page shows besides the world.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    /// The language of the page.
    pub(crate) language: Language,
    /// What stands before the next line.
    pub(crate) prompt: String,
    /// The typed lines, oldest first.
    pub(crate) lines: VecDeque<Typed>,
    /// How many lines were typed.
    typed: u64,
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

impl Shown {
    /// Nothing was typed yet.
    pub(crate) fn new(language: Language, prompt: String) -> Self {
        Self { language, prompt, lines: VecDeque::new(), typed: 0 }
    }

    /// Adds a line that was typed after the prompt, what it printed, and the prompt of the next one.
    pub(crate) fn add(&mut self, line: &str, (mut text, code): (String, u32), next: String) {
        if text.len() > OUTPUT_BYTES_MAX {
            let end = (0..=OUTPUT_BYTES_MAX).rev().find(|at| text.is_char_boundary(*at));
            text.truncate(end.unwrap_or_default());
            text.push_str("\n…\n");
        }
        self.typed += 1;
        let prompt = std::mem::replace(&mut self.prompt, next);
        let (number, line) = (self.typed, line.to_owned());
        self.lines.push_back(Typed { number, prompt, line, text, code });
        while self.lines.len() > LINES_MAX {
            self.lines.pop_front();
        }
    }
}

/// As many as a window of the command line can be scrolled back to without thought.
const LINES_MAX: usize = 200;

/// The most that is kept of one line's output.
const OUTPUT_BYTES_MAX: usize = 64 << 10;
