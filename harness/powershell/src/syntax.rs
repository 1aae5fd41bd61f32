//! A parsed line.

use super::value::Value;

/// A statement: a pipe, with the variable to which it is assigned.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Statement {
    /// The variable's name, without `$`.
    pub(crate) into: Option<Place>,
    /// Whether they are added to what is there (`+=`).
    pub(crate) adds: bool,
    /// The pipe.
    pub(crate) pipeline: Pipeline,
}

/// Where a statement's values go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// `$name = …`.
    Variable(String),
    /// `$env:NAME = …`.
    Environment(String),
}

/// Commands, each of which takes what the one before it made.
pub(crate) type Pipeline = Vec<Stage>;

/// One stage of a pipe.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Stage {
    /// A command and its arguments.
    Command(Command),
    /// A value; the first stage only.
    Expression(Expression),
}

/// A command as it was typed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Command {
    /// Its name.
    pub(crate) name: String,
    /// Where its name stands.
    pub(crate) name_span: Span,
    /// Where all of it stands.
    pub(crate) span: Span,
    /// Its arguments.
    pub(crate) arguments: Vec<Argument>,
}

/// A place in the line: the bytes from the first up to the second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Span {
    /// The first byte.
    pub(crate) from: usize,
    /// The byte behind the last.
    pub(crate) to: usize,
}

/// What stands behind a command's name.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Argument {
    /// `-Name`, or `-Name:value`.
    Parameter(String, Option<Expression>, Span),
    /// A value.
    Value(Expression, Span),
}

/// Something that has a value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Expression {
    /// Itself.
    Literal(Value),
    /// A text with variables and `$(…)` in it.
    Expandable(Vec<Self>),
    /// `$name`.
    Variable(String),
    /// `$env:NAME`.
    Environment(String),
    /// `a.Name`.
    Property(Box<Self>, String),
    /// `a.Name(…)`.
    Method(Box<Self>, String, Vec<Self>),
    /// `a[i]`.
    Index(Box<Self>, Box<Self>),
    /// `a, b`.
    Array(Vec<Self>),
    /// `(…)`, `$(…)`.
    Sub(Vec<Statement>),
    /// `@(…)`.
    List(Vec<Statement>),
    /// `@{a = 1; b = 2}`.
    Table(Vec<(Self, Self)>),
    /// `{…}`.
    Block(Vec<Statement>),
    /// `[name]value`.
    Cast(String, Box<Self>),
    /// `[name]::Member`, with arguments or without.
    Static(String, String, Option<Vec<Self>>),
    /// `a -op b`; the operator in lower case, without its hyphen.
    Binary(String, Box<Self>, Box<Self>),
    /// `-not a`, `!a`.
    Not(Box<Self>),
    /// `-a`.
    Negative(Box<Self>),
}
