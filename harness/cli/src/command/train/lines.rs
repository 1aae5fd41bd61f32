//! The lines that a trainee types: with history and completion on a terminal, plain ones from a pipe.

use std::io::{self, BufRead as _, IsTerminal as _, Read as _};
use std::sync::mpsc;
use std::thread;

use marslab::training::training::Training;
use tokio::sync::mpsc as lines;

#[cfg(feature = "line-editor")]
mod editor;

/// What came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// A line, without its end.
    Typed(String),
    /// Nothing more will come.
    End,
    /// Ctrl-C, twice.
    Interrupted,
}

/// An unfinished line, and where to send how its last word may go on: where that begins, and the paths.
pub(super) struct Asked {
    line: String,
    answer: mpsc::Sender<(usize, Vec<String>)>,
}

/// Reads lines on a thread of its own, since reading cannot be given up.
pub(super) struct Lines {
    /// The prompt of each line that is wanted.
    pub(super) wanted: mpsc::Sender<String>,
    pub(super) read: lines::UnboundedReceiver<Line>,
    /// Unfinished lines whose paths may go on.
    pub(super) asked: lines::UnboundedReceiver<Asked>,
    pub(super) is_editor: bool,
}

impl Lines {
    /// Those of standard input.
    pub(super) fn new(training: &Training) -> Self {
        let (wanted, prompts) = mpsc::channel();
        let (send, read) = lines::unbounded_channel();
        let (ask, asked) = lines::unbounded_channel();
        let is_editor = cfg!(feature = "line-editor") && io::stdin().is_terminal();
        #[cfg(feature = "line-editor")]
        if is_editor {
            let words = editor::Words::of(training, ask);
            thread::spawn(move || editor::read(words, &prompts, &send));
            return Self { wanted, read, asked, is_editor };
        }
        let _only_an_editor_completes = (training, ask);
        thread::spawn(move || read_plain(&prompts, &send));
        Self { wanted, read, asked, is_editor }
    }

    /// Whether an editor reads them, which shows the prompt and must not be given up.
    pub(super) const fn is_editor(&self) -> bool {
        self.is_editor
    }

    /// The next line.
    pub(super) async fn next(&mut self, prompt: String, training: &Training) -> Line {
        // The thread ends only with the input.
        drop(self.wanted.send(prompt));
        self.line(training).await
    }

    /// The line that was wanted.
    pub(super) async fn line(&mut self, training: &Training) -> Line {
        loop {
            tokio::select! {
                line = self.read.recv() => return line.unwrap_or(Line::End),
                Some(Asked { line, answer }) = self.asked.recv() => drop(answer.send(training.paths(&line))),
            }
        }
    }
}

fn read_plain(prompts: &mpsc::Receiver<String>, send: &lines::UnboundedSender<Line>) {
    let mut input = io::stdin().lock();
    while prompts.recv().is_ok() {
        let mut bytes = Vec::new();
        let read = input.by_ref().take(BYTES_MAX).read_until(b'\n', &mut bytes);
        let line = match read {
            Ok(1..) => {
                let text = String::from_utf8_lossy(&bytes);
                Line::Typed(text.trim_end_matches(['\r', '\n']).to_owned())
            }
            Ok(0) | Err(_) => Line::End,
        };
        if send.send(line).is_err() {
            return;
        }
    }
}

/// More than a line of Windows has.
const BYTES_MAX: u64 = 64 << 10;
