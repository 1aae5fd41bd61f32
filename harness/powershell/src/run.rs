//! Running a parsed line.

use async_trait::async_trait;
use marslab_model::host::Account;
use marslab_model::{Name, WinPath};
use marslab_shell::{Machine, Window};

use super::arguments::{Arguments, Given};
use super::cmdlet::{Blocks, Call, Cmdlet, Spec};
use super::cmdlets;
use super::evaluate::Scope;
use super::failure::{Failure, Origin};
use super::format;
use super::modules;
use super::operators::apply;
use super::session::{Engine, Session};
use super::syntax::{Argument, Command, Place, Stage, Statement};
use super::value::Value;
use crate::WindowsPowerShell;

/// Runs statements of one line.
#[derive(Clone, Copy)]
pub(crate) struct Runner<'a> {
    /// The machine and the agent.
    pub(crate) machine: Machine<'a>,
    /// As whom.
    pub(crate) who: &'a Account,
    /// The window's folder.
    pub(crate) folder: &'a WinPath,
    /// The engine.
    pub(crate) engine: &'a Engine,
    /// The line, which errors show.
    pub(crate) line: &'a str,
}

/// What one command was called with.
struct Prepared {
    arguments: Arguments,
    action: Option<String>,
}

impl Runner<'_> {
    /// Runs statements one after the other and prints what they make. One that fails does not keep the others from running.
    pub(crate) async fn print(&self, statements: &[Statement], session: &mut Session) {
        let language = self.machine.host.language();
        for statement in statements {
            match self.statement(statement, session).await {
                Ok(values) => session.screen.push_str(&format::shown(&values, language)),
                Err(failure) => self.print_failure(&failure, &Origin::default(), session),
            }
        }
    }

    async fn statement(
        &self,
        statement: &Statement,
        session: &mut Session,
    ) -> Result<Vec<Value>, Failure> {
        session.has_failed = false;
        let values = self.pipeline(&statement.pipeline, session).await?;
        let Some(place) = &statement.into else { return Ok(values) };
        let mut value = Value::from_many(values);
        if statement.adds {
            let before = match place {
                Place::Variable(name) => session.variables.get(&Name::new(name)).cloned(),
                Place::Environment(name) => session.variable(name).map(Value::Text),
            };
            value = apply("+", &before.unwrap_or_default(), &value)?;
        }
        match place {
            Place::Variable(name) => drop(session.variables.insert(Name::new(name), value)),
            Place::Environment(name) => session.set_variable(name, value.plain()),
        }
        Ok(Vec::new())
    }

    async fn pipeline(
        &self,
        stages: &[Stage],
        session: &mut Session,
    ) -> Result<Vec<Value>, Failure> {
        let mut values = None;
        for stage in stages {
            values = Some(match stage {
                Stage::Expression(expression) => {
                    self.scope().evaluate(expression, session).await?.into_many()
                }
                Stage::Command(command) => self.command(command, values, session).await?,
            });
        }
        Ok(values.unwrap_or_default())
    }

    async fn command(
        &self,
        command: &Command,
        input: Option<Vec<Value>>,
        session: &mut Session,
    ) -> Result<Vec<Value>, Failure> {
        let nameless = Origin { span: command.name_span, ..Origin::default() };
        let found = match self.find(&command.name, session) {
            Ok(found) => found,
            Err(failure) => return Err(self.told(&failure, nameless, session)),
        };
        let Some(cmdlet) = found else { return Ok(self.program(command, input, session).await) };
        let spec = cmdlet.spec();
        let origin = Origin { name: spec.name, class: spec.class, span: command.span };
        let prepared = match self.prepare(&spec, command, session).await {
            Ok(prepared) => prepared,
            Err(failure) => return Err(self.told(&failure, origin, session)),
        };
        let mut call = Call {
            machine: self.machine,
            who: self.who,
            folder: self.folder,
            engine: self.engine,
            session,
            blocks: self,
            arguments: prepared.arguments,
            input,
            output: Vec::new(),
            errors: Vec::new(),
            notes: String::new(),
        };
        let result = cmdlet.run(&mut call).await;
        let Call { output, errors, notes, session, .. } = call;
        session.screen.push_str(&notes);
        let is = |wanted: &str| {
            prepared.action.as_ref().is_some_and(|it| it.eq_ignore_ascii_case(wanted))
        };
        let (is_silent, stops) = (is("SilentlyContinue") || is("Ignore"), is("Stop"));
        session.has_failed = !errors.is_empty() || result.is_err();
        for failure in errors {
            if stops {
                return Err(self.told(&failure, origin, session));
            }
            if !is_silent {
                self.print_failure(&failure, &origin, session);
            }
        }
        match result {
            Ok(()) => Ok(output),
            Err(failure) => Err(self.told(&failure, origin, session)),
        }
    }

    /// Prints an error that ends the statement; what is left of it is only that it has ended.
    fn told(&self, failure: &Failure, origin: Origin<'_>, session: &mut Session) -> Failure {
        self.print_failure(failure, &origin, session);
        Failure::ended()
    }

    fn print_failure(&self, failure: &Failure, origin: &Origin<'_>, session: &mut Session) {
        session.has_failed = true;
        if !failure.is_told() {
            session.screen.push_str(&failure.printed(self.line, origin));
        }
    }

    /// The cmdlet of a name; none for a program of Windows.
    fn find(
        &self,
        name: &str,
        session: &mut Session,
    ) -> Result<Option<&'static dyn Cmdlet>, Failure> {
        let Some(cmdlet) = cmdlets::find(name) else {
            let base = name.rsplit('\\').next().unwrap_or(name);
            let is_program = marslab_programs::names()
                .any(|own| own.eq_ignore_ascii_case(base.trim_end_matches(".exe")));
            return if is_program { Ok(None) } else { Err(Failure::unknown_command(name)) };
        };
        let spec = cmdlet.spec();
        if spec.since > self.engine.number {
            return Err(Failure::unknown_command(name));
        }
        if !spec.module.is_empty() && !session.modules.contains(&Name::new(spec.module)) {
            modules::find_command(self.scope(), &spec, name, session)?;
        }
        Ok(Some(cmdlet))
    }

    async fn prepare(
        &self,
        spec: &Spec,
        command: &Command,
        session: &mut Session,
    ) -> Result<Prepared, Failure> {
        let mut given = Vec::new();
        for argument in &command.arguments {
            given.push(match argument {
                Argument::Value(value, span) => {
                    Given::Value(self.scope().evaluate(value, session).await?, *span)
                }
                Argument::Parameter(name, None, span) => {
                    Given::Parameter(name.clone(), None, *span)
                }
                Argument::Parameter(name, Some(value), span) => {
                    let value = self.scope().evaluate(value, session).await?;
                    Given::Parameter(name.clone(), Some(value), *span)
                }
            });
        }
        let mut arguments = Arguments::bind(spec.parameters, spec.lacks, given)?;
        let action = arguments.take("ErrorAction").map(|it| it.plain());
        Ok(Prepared { arguments, action })
    }

    /// Runs a program of Windows: what it prints are texts, a line each. It reads what comes through the pipe as a
    /// window would show it.
    async fn program(
        &self,
        command: &Command,
        input: Option<Vec<Value>>,
        session: &mut Session,
    ) -> Vec<Value> {
        let language = self.machine.host.language();
        let input = input.map(|values| format::shown(&values, language));
        let line = self.line.get(command.span.from..command.span.to).unwrap_or_default();
        let mut window = Window::new(self.who.clone());
        window.folder = self.folder.clone();
        let printed =
            marslab_programs::command(&mut window, &WindowsPowerShell, self.machine, line, input)
                .await;
        session.has_failed = printed.code != 0;
        printed.text.lines().map(Value::text).collect()
    }

    fn scope(&self) -> Scope<'_> {
        Scope {
            host: self.machine.host,
            who: self.who,
            folder: self.folder,
            engine: self.engine,
            blocks: self,
        }
    }
}

#[async_trait]
impl Blocks for Runner<'_> {
    async fn run(
        &self,
        block: &[Statement],
        item: Option<Value>,
        session: &mut Session,
    ) -> Result<Vec<Value>, Failure> {
        let name = Name::new("_");
        let is_inner = item.is_some();
        let outer = item.map(|item| session.variables.insert(name.clone(), item));
        let mut values = Vec::new();
        let mut result = Ok(());
        for statement in block {
            match self.statement(statement, session).await {
                Ok(made) => values.extend(made),
                Err(failure) => {
                    result = Err(failure);
                    break;
                }
            }
        }
        if is_inner {
            match outer.flatten() {
                Some(outer) => drop(session.variables.insert(name, outer)),
                None => drop(session.variables.remove(&name)),
            }
        }
        result.map(|()| values)
    }
}
