//! What expressions come to.

use std::pin::Pin;
use std::sync::Arc;

use marslab_model::admin::HostAdmin;
use marslab_model::host::Account;
use marslab_model::{Name, WinPath};
use marslab_shell::dates;

use super::cmdlet::Blocks;
use super::failure::Failure;
use super::members;
use super::operators;
use super::session::{Engine, Session};
use super::syntax::{Expression, Statement};
use super::value::{Object, Value};

/// What an expression can see.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'a> {
    /// The machine.
    pub(crate) host: &'a dyn HostAdmin,
    /// As whom.
    pub(crate) who: &'a Account,
    /// The window's folder.
    pub(crate) folder: &'a WinPath,
    /// The engine.
    pub(crate) engine: &'a Engine,
    /// Runs statements within the expression.
    pub(crate) blocks: &'a dyn Blocks,
}

/// An expression contains others, so their futures have no size of their own.
type Boxed<'f, T> = Pin<Box<dyn Future<Output = Result<T, Failure>> + Send + 'f>>;

impl<'a> Scope<'a> {
    /// The value of an expression.
    pub(crate) fn evaluate<'f>(
        &'f self,
        expression: &'f Expression,
        session: &'f mut Session,
    ) -> Boxed<'f, Value> {
        Box::pin(async move {
            match expression {
                Expression::Literal(value) => Ok(value.clone()),
                Expression::Block(statements) => Ok(Value::Block(Arc::from(statements.as_slice()))),
                Expression::Variable(name) => Ok(self.variable(name, session)),
                Expression::Environment(name) => Ok(session.variable(name).into()),
                Expression::Expandable(parts) => {
                    let values = self.all(parts, session).await?;
                    Ok(Value::Text(values.iter().map(Value::plain).collect()))
                }
                Expression::Array(parts) => Ok(Value::List(self.all(parts, session).await?)),
                Expression::Sub(statements) => {
                    Ok(Value::from_many(self.run(statements, session).await?))
                }
                Expression::List(statements) => {
                    Ok(Value::List(self.run(statements, session).await?))
                }
                Expression::Table(entries) => self.table(entries, session).await,
                Expression::Binary(name, left, right) => {
                    self.binary(name, left, right, session).await
                }
                Expression::Not(of) => {
                    Ok(Value::Bool(!self.evaluate(of, session).await?.is_true()))
                }
                Expression::Negative(of) => {
                    let value = self.evaluate(of, session).await?;
                    operators::apply("-", &Value::Int(0), &value)
                }
                _ => self.part(expression, session).await,
            }
        })
    }

    /// What is taken of a value or a type.
    async fn part(&self, expression: &Expression, session: &mut Session) -> Result<Value, Failure> {
        match expression {
            Expression::Property(of, name) => {
                let value = self.evaluate(of, session).await?;
                Ok(value.property(name).unwrap_or_default())
            }
            Expression::Method(of, name, arguments) => {
                let value = self.evaluate(of, session).await?;
                let arguments = self.all(arguments, session).await?;
                members::call(&value, name, &arguments)
            }
            Expression::Index(of, at) => {
                let value = self.evaluate(of, session).await?;
                let at = self.evaluate(at, session).await?;
                Ok(index(&value, &at))
            }
            Expression::Cast(name, of) => {
                let value = self.evaluate(of, session).await?;
                members::cast(name, &value)
            }
            Expression::Static(name, member, arguments) => {
                let arguments = arguments.as_deref().unwrap_or_default();
                let arguments = self.all(arguments, session).await?;
                let is = |own: &str| member.eq_ignore_ascii_case(own);
                let bare = name.rsplit('.').next().unwrap_or(name);
                if bare.eq_ignore_ascii_case("datetime") && is("Now") {
                    return Ok(Value::Date(dates::now(self.host)));
                }
                if bare.eq_ignore_ascii_case("datetime") && is("UtcNow") {
                    return Ok(Value::Date(jiff::tz::Offset::UTC.to_datetime(self.host.now())));
                }
                members::of_type(name, member, &arguments, (self.host, self.who, session))
            }
            _ => Ok(Value::Null),
        }
    }

    async fn binary(
        &self,
        name: &str,
        left: &Expression,
        right: &Expression,
        session: &mut Session,
    ) -> Result<Value, Failure> {
        let left = self.evaluate(left, session).await?;
        match (name, left.is_true()) {
            ("and", false) => return Ok(Value::Bool(false)),
            ("or", true) => return Ok(Value::Bool(true)),
            _ => {}
        }
        let right = self.evaluate(right, session).await?;
        match name {
            "and" | "or" => Ok(Value::Bool(right.is_true())),
            name => operators::apply(name, &left, &right),
        }
    }

    async fn table(
        &self,
        entries: &[(Expression, Expression)],
        session: &mut Session,
    ) -> Result<Value, Failure> {
        let mut table = Object::new(TABLE);
        for (key, value) in entries {
            let key = self.evaluate(key, session).await?.plain();
            let value = self.evaluate(value, session).await?;
            table.fields.push((key, value));
        }
        Ok(table.into())
    }

    async fn all(
        &self,
        expressions: &[Expression],
        session: &mut Session,
    ) -> Result<Vec<Value>, Failure> {
        let mut values = Vec::new();
        for expression in expressions {
            values.push(self.evaluate(expression, session).await?);
        }
        Ok(values)
    }

    async fn run(
        &self,
        statements: &[Statement],
        session: &mut Session,
    ) -> Result<Vec<Value>, Failure> {
        self.blocks.run(statements, None, session).await
    }

    fn variable(&self, name: &str, session: &Session) -> Value {
        if let Some(value) = session.variables.get(&Name::new(name)) {
            return value.clone();
        }
        match name.to_ascii_lowercase().as_str() {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            "?" => Value::Bool(!session.has_failed),
            "psversiontable" => self.version_table(),
            "host" => Object::new("System.Management.Automation.Internal.Host.InternalHost")
                .with("Name", "ConsoleHost")
                .with("Version", Object::version(&self.engine.shown()))
                .into(),
            "pshome" => Value::text(r"C:\Windows\System32\WindowsPowerShell\v1.0"),
            "home" => session.variable("USERPROFILE").into(),
            "pwd" => Value::text(self.folder.as_str()),
            _ => Value::Null,
        }
    }

    /// `$PSVersionTable` (about_Automatic_Variables). The build of Windows and what follows from the version are shown alone.
    fn version_table(&self) -> Value {
        let version = self.engine.shown();
        let (major, _) = self.engine.number;
        let build = self.host.os().unwrap_or_default().build;
        let compatible = ["1.0", "2.0", "3.0", "4.0", "5.0"].iter().take(major as usize);
        let mut table = Object::new(TABLE).with("PSVersion", Object::version(&version));
        if major >= 5 {
            table = table.with("PSEdition", "Desktop");
        }
        let listed = Value::List(
            compatible
                .map(|it| Object::version(it))
                .chain([Object::version(&version)])
                .map(Value::Object)
                .collect(),
        );
        table
            .with("PSCompatibleVersions", listed)
            .with("BuildVersion", Object::version(&format!("10.0.{build}.0")))
            .with(
                "CLRVersion",
                Object::version(if major < 3 { "2.0.50727.8669" } else { "4.0.30319.42000" }),
            )
            .with("WSManStackVersion", Object::version(if major < 3 { "2.0" } else { "3.0" }))
            .with("PSRemotingProtocolVersion", Object::version("2.3"))
            .with("SerializationVersion", Object::version("1.1.0.1"))
            .into()
    }
}

fn index(value: &Value, at: &Value) -> Value {
    if let (Value::Object(object), Value::Text(name)) = (value, at) {
        return object.get(name).cloned().unwrap_or_default();
    }
    let values = match value {
        Value::Text(text) => text.chars().map(Value::text).collect(),
        value => value.clone().into_many(),
    };
    let length = i64::try_from(values.len()).unwrap_or(i64::MAX);
    let at = at.whole().map(|at| if at < 0 { at + length } else { at });
    at.and_then(|at| usize::try_from(at).ok())
        .and_then(|at| values.get(at).cloned())
        .unwrap_or_default()
}

/// The type of what stands between `@{` and `}`.
pub(crate) const TABLE: &str = "System.Collections.Hashtable";
