//! What a cmdlet is, and what it gets when it is called.

use async_trait::async_trait;
use jiff::Timestamp;
use jiff::civil::DateTime;
use marslab_model::WinPath;
use marslab_model::admin::HostAdmin;
use marslab_model::host::Account;
use marslab_model::world::Language;
use marslab_shell::{Machine, dates, paths};

use super::arguments::Arguments;
use super::failure::Failure;
use super::session::{Engine, Session};
use super::syntax::Statement;
use super::value::Value;

/// A command of PowerShell.
#[async_trait]
pub(crate) trait Cmdlet: Sync {
    /// What is known of it before it runs.
    fn spec(&self) -> Spec;

    /// Runs it.
    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure>;
}

/// What is known of a cmdlet before it runs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spec {
    /// Its name.
    pub(crate) name: &'static str,
    /// The class that implements it, which errors name.
    pub(crate) class: &'static str,
    /// Its aliases.
    pub(crate) aliases: &'static [&'static str],
    /// The version of PowerShell that has it first.
    pub(crate) since: (u32, u32),
    /// The module that has to be on the machine's disk; empty for those of Windows.
    pub(crate) module: &'static str,
    /// Its parameters: a name, behind it `!` for a switch, or `=` and other names by which it can be called. Those before the
    /// first switch, or before `…`, can be given by position, in this order.
    pub(crate) parameters: &'static [&'static str],
    /// Parameters that PowerShell has and the lab has not.
    pub(crate) lacks: &'static [&'static str],
}

impl Spec {
    /// One of Windows' own of every version.
    pub(crate) const fn new(name: &'static str, class: &'static str) -> Self {
        Self { name, class, aliases: &[], since: (1, 0), module: "", parameters: &[], lacks: &[] }
    }

    /// The same with these parameters.
    #[must_use]
    pub(crate) const fn takes(mut self, parameters: &'static [&'static str]) -> Self {
        self.parameters = parameters;
        self
    }

    /// The same with these aliases.
    #[must_use]
    pub(crate) const fn also(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }

    /// The same, from a version on.
    #[must_use]
    pub(crate) const fn since(mut self, major: u32, minor: u32) -> Self {
        self.since = (major, minor);
        self
    }

    /// The same without what the lab has not.
    #[must_use]
    pub(crate) const fn lacks(mut self, parameters: &'static [&'static str]) -> Self {
        self.lacks = parameters;
        self
    }

    /// The same of a module on the machine's disk.
    #[must_use]
    pub(crate) const fn of_module(mut self, module: &'static str) -> Self {
        self.module = module;
        self
    }
}

/// Runs statements between brackets: blocks that a cmdlet was given, and parts of expressions.
#[async_trait]
pub(crate) trait Blocks: Send + Sync {
    /// What statements make, of a value that they call `$_` if there is one.
    async fn run(
        &self,
        block: &[Statement],
        item: Option<Value>,
        session: &mut Session,
    ) -> Result<Vec<Value>, Failure>;
}

/// One call of a cmdlet.
pub(crate) struct Call<'a> {
    /// The machine and the agent.
    pub(crate) machine: Machine<'a>,
    /// As whom.
    pub(crate) who: &'a Account,
    /// The window's folder.
    pub(crate) folder: &'a WinPath,
    /// The engine.
    pub(crate) engine: &'a Engine,
    /// What the window remembers.
    pub(crate) session: &'a mut Session,
    /// For blocks.
    pub(crate) blocks: &'a dyn Blocks,
    /// What it was given.
    pub(crate) arguments: Arguments,
    /// What came through the pipe; `None` at the pipe's start.
    pub(crate) input: Option<Vec<Value>>,
    /// What it hands on.
    pub(crate) output: Vec<Value>,
    /// The errors that did not end it.
    pub(crate) errors: Vec<Failure>,
    /// What it prints past the pipe: warnings.
    pub(crate) notes: String,
}

impl<'a> Call<'a> {
    /// The machine.
    pub(crate) fn host(&self) -> &'a dyn HostAdmin {
        self.machine.host
    }

    /// Hands on a value.
    pub(crate) fn put(&mut self, value: impl Into<Value>) {
        self.output.push(value.into());
    }

    /// Notes an error, and goes on.
    pub(crate) fn fail(&mut self, failure: Failure) {
        self.errors.push(failure);
    }

    /// What came through the pipe.
    pub(crate) fn take_input(&mut self) -> Vec<Value> {
        self.input.take().unwrap_or_default()
    }

    /// The values of a parameter; without it, what came through the pipe: texts themselves, of objects the property of
    /// this name. `None` if neither was given.
    pub(crate) fn values(&mut self, parameter: &str, property: &str) -> Option<Vec<Value>> {
        if let Some(value) = self.arguments.get(parameter) {
            return Some(value.clone().into_many());
        }
        let input = self.input.take()?;
        let of = |value: Value| match &value {
            Value::Object(object) => object.get(property).cloned().unwrap_or_default(),
            _ => value,
        };
        Some(input.into_iter().map(of).collect())
    }

    /// The same as texts.
    pub(crate) fn texts(&mut self, parameter: &str, property: &str) -> Option<Vec<String>> {
        let values = self.values(parameter, property)?;
        Some(values.iter().map(Value::plain).collect())
    }

    /// The texts of a parameter that must be given, or come through the pipe.
    pub(crate) fn needed(
        &mut self,
        parameter: &str,
        property: &str,
    ) -> Result<Vec<String>, Failure> {
        self.texts(parameter, property).ok_or_else(|| missing(parameter))
    }

    /// The text of a parameter that must be given.
    pub(crate) fn needed_text(&self, parameter: &str) -> Result<String, Failure> {
        self.arguments.text(parameter).ok_or_else(|| missing(parameter))
    }

    /// A time of the machine's clock in its own zone.
    pub(crate) fn local(&self, at: Timestamp) -> DateTime {
        dates::local(self.host(), at)
    }

    /// The machine's language.
    pub(crate) fn language(&self) -> Language {
        self.host().language()
    }

    /// A path from the window's folder.
    pub(crate) fn path(&self, text: &str) -> WinPath {
        paths::path_from(self.folder, text)
    }
}

/// A parameter that must be given was not. A window would ask for it; the lab's does not.
pub(crate) fn missing(parameter: &str) -> Failure {
    let message = format!(
        "Cannot process command because of one or more missing mandatory parameters: {parameter}."
    );
    Failure::new("InvalidArgument", "MissingMandatoryParameter", message)
        .of("ParameterBindingException")
}

/// Whether a name fits a pattern with `*` and `?`, as file names do.
pub(crate) fn is_like(text: &str, pattern: &str) -> bool {
    let text: Vec<char> = text.to_lowercase().chars().collect();
    let pattern: Vec<char> = pattern.to_lowercase().chars().collect();
    let (mut at, mut of, mut star) = (0, 0, None);
    while at < text.len() {
        match pattern.get(of) {
            Some('*') => {
                star = Some((at, of));
                of += 1;
            }
            Some(letter) if *letter == '?' || text.get(at) == Some(letter) => {
                at += 1;
                of += 1;
            }
            _ => match star {
                Some((from, star_at)) => {
                    at = from + 1;
                    of = star_at + 1;
                    star = Some((at, star_at));
                }
                None => return false,
            },
        }
    }
    pattern.iter().skip(of).all(|letter| *letter == '*')
}

/// Whether a name is a pattern.
pub(crate) fn is_pattern(text: &str) -> bool {
    text.contains(['*', '?', '['])
}
