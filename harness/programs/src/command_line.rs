//! What `cmd.exe` makes of a line before a program runs: connectors, pipes, redirections, `^`, `%NAME%` and paths.

use std::collections::BTreeMap;

use marslab_model::Name;

/// A pipe, and when it runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    /// What decides whether it runs.
    pub(crate) when: When,
    /// Its stages.
    pub(crate) stages: Vec<Stage>,
}

/// When a step runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    /// `&`, and the first.
    Always,
    /// `&&`.
    AfterSuccess,
    /// `||`.
    AfterFailure,
}

/// One command of a pipe.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Stage {
    /// The command, without redirections.
    pub(crate) text: String,
    /// Where its output goes, if not into the window.
    pub(crate) output: Option<Redirection>,
    /// Whether what it says of its failure goes to `nul`.
    pub(crate) hides_errors: bool,
}

/// `> FILE` or `>> FILE`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Redirection {
    /// The file, as it was typed.
    pub(crate) file: String,
    /// Whether what is there stays.
    pub(crate) appends: bool,
}

impl When {
    /// Whether a step runs after a command with this exit code.
    pub(crate) const fn holds(self, code: u32) -> bool {
        match self {
            Self::Always => true,
            Self::AfterSuccess => code == 0,
            Self::AfterFailure => code != 0,
        }
    }
}

/// Takes a line apart.
pub(crate) fn steps(line: &str) -> Vec<Step> {
    let mut reader = Reader { rest: line, ..Reader::new() };
    while reader.read() {}
    reader.end_step(When::Always);
    reader.steps
}

struct Reader<'a> {
    rest: &'a str,
    quoted: bool,
    stage: Stage,
    stages: Vec<Stage>,
    when: When,
    steps: Vec<Step>,
}

impl Reader<'_> {
    fn new() -> Self {
        let (stage, stages, steps) = (Stage::default(), Vec::new(), Vec::new());
        Self { rest: "", quoted: false, stage, stages, when: When::Always, steps }
    }

    /// Reads on; whether there was something.
    fn read(&mut self) -> bool {
        let Some(letter) = self.take() else { return false };
        match letter {
            '"' => {
                self.quoted = !self.quoted;
                self.stage.text.push(letter);
            }
            _ if self.quoted => self.stage.text.push(letter),
            '^' => {
                let escaped = self.take();
                self.stage.text.extend(escaped);
            }
            '&' if self.takes('&') => self.end_step(When::AfterSuccess),
            '&' => self.end_step(When::Always),
            '|' if self.takes('|') => self.end_step(When::AfterFailure),
            '|' => self.end_stage(),
            '>' => self.redirect(),
            _ => self.stage.text.push(letter),
        }
        true
    }

    fn take(&mut self) -> Option<char> {
        let letter = self.rest.chars().next()?;
        self.rest = self.rest.strip_prefix(letter)?;
        Some(letter)
    }

    fn takes(&mut self, letter: char) -> bool {
        let rest = self.rest.strip_prefix(letter);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Behind a `>`. A digit that stands alone before it is a stream.
    fn redirect(&mut self) {
        let text = &mut self.stage.text;
        let of_errors = text == "2" || text.ends_with(" 2");
        if of_errors || text == "1" || text.ends_with(" 1") {
            text.pop();
        }
        let appends = self.takes('>');
        if self.takes('&') {
            self.take();
            return;
        }
        let file = self.file();
        if of_errors {
            self.stage.hides_errors = true;
        } else if !file.is_empty() {
            self.stage.output = Some(Redirection { file, appends });
        }
    }

    /// The name of a file, in quotes or up to the next blank or sign.
    fn file(&mut self) -> String {
        self.rest = self.rest.trim_start();
        let mut file = String::new();
        if self.takes('"') {
            let (name, rest) = self.rest.split_once('"').unwrap_or((self.rest, ""));
            self.rest = rest;
            return name.to_owned();
        }
        while let Some(letter) = self.rest.chars().next() {
            if letter.is_whitespace() || "&|<>".contains(letter) {
                break;
            }
            file.extend(self.take());
        }
        file
    }

    fn end_stage(&mut self) {
        let mut stage = std::mem::take(&mut self.stage);
        stage.text = stage.text.trim().trim_start_matches('@').to_owned();
        self.stages.push(stage);
    }

    fn end_step(&mut self, next: When) {
        self.end_stage();
        let stages = std::mem::take(&mut self.stages);
        self.steps.push(Step { when: self.when, stages });
        self.when = next;
    }
}

/// Puts in variables: `%NAME%`. One that is not set stays as it is typed.
pub(crate) fn expand(line: &str, variables: &BTreeMap<Name, String>) -> String {
    let (mut expanded, mut rest) = (String::new(), line);
    while let Some((before, behind)) = rest.split_once('%') {
        expanded.push_str(before);
        let found = behind.split_once('%').and_then(|(name, after)| {
            let value = variables.get(&Name::new(name))?;
            Some((value, after))
        });
        rest = match found {
            Some((value, after)) => {
                expanded.push_str(value);
                after
            }
            None => {
                expanded.push('%');
                behind
            }
        };
    }
    expanded.push_str(rest);
    expanded
}

/// Whether a file's name fits a pattern with `*` and `?`; `*.*` fits every name.
pub(crate) fn fits(pattern: &str, name: &str) -> bool {
    let fold = |text: &str| text.to_lowercase().chars().collect::<Vec<_>>();
    let pattern = if pattern == "*.*" { "*" } else { pattern };
    let (pattern, name) = (fold(pattern), fold(name));
    // Which beginnings of the name the pattern so far fits.
    let mut fitting = vec![false; name.len() + 1];
    if let Some(first) = fitting.first_mut() {
        *first = true;
    }
    for wanted in pattern {
        let mut next = vec![false; name.len() + 1];
        let mut any = false;
        for (at, before) in fitting.iter().enumerate() {
            any |= *before;
            let place = match wanted {
                '*' => next.get_mut(at).filter(|_| any),
                '?' => next.get_mut(at + 1).filter(|_| *before),
                letter => next.get_mut(at + 1).filter(|_| *before && name.get(at) == Some(&letter)),
            };
            if let Some(place) = place {
                *place = true;
            }
        }
        fitting = next;
    }
    fitting.last().copied().unwrap_or_default()
}

/// A line without the prompt that was pasted with it: `PS C:\WINDOWS\system32> Get-Service`, `C:\>net start`.
pub fn without_prompt(line: &str) -> &str {
    let line = line.trim();
    let path = line.strip_prefix("PS ").unwrap_or(line);
    let is_path = path.split_at_checked(3).is_some_and(|(drive, _)| {
        drive.ends_with(":\\") && drive.starts_with(|letter: char| letter.is_ascii_alphabetic())
    });
    match path.split_once('>') {
        Some((folder, command))
            if is_path && !folder.contains(['"', '|', '&']) && !folder.contains(".exe ") =>
        {
            command.trim_start()
        }
        _ => line,
    }
}

#[cfg(test)]
mod tests;
