//! Reading a line: statements, pipes and commands.

use super::syntax::{Argument, Command, Expression, Pipeline, Place, Span, Stage, Statement};

mod expression;
mod text;

/// Why a line cannot be read, in PowerShell's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ParseError {
    /// The message.
    pub(crate) message: String,
    /// The name of the error (`FullyQualifiedErrorId`).
    pub(crate) id: &'static str,
    /// What it is about.
    pub(crate) span: Span,
}

/// Reads a line. What `text` has between quotes may have line ends.
pub(crate) fn parse(text: &str) -> Result<Vec<Statement>, ParseError> {
    let mut parser = Parser { text, at: 0, depth: 0 };
    let statements = parser.statements()?;
    match parser.peek() {
        None => Ok(statements),
        Some(odd) => {
            let message = format!("Unexpected token '{odd}' in expression or statement.");
            Err(parser.error(message, "UnexpectedToken", parser.at))
        }
    }
}

/// A place in a line that is being read.
struct Parser<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    /// Statements up to the end, or to a bracket that closes what is around them.
    fn statements(&mut self) -> Result<Vec<Statement>, ParseError> {
        let mut found = Vec::new();
        loop {
            self.skip(|letter| letter.is_whitespace() || letter == ';');
            match self.peek() {
                None | Some(')' | '}') => return Ok(found),
                Some('#') => self.skip(|letter| letter != '\n'),
                Some(_) => found.push(self.statement()?),
            }
        }
    }

    fn statement(&mut self) -> Result<Statement, ParseError> {
        let start = self.at;
        let place = self.place();
        if place.is_none() {
            self.at = start;
        }
        let (into, adds) = place.map_or((None, false), |(place, adds)| (Some(place), adds));
        Ok(Statement { into, adds, pipeline: self.pipeline()? })
    }

    /// `$name =` or `$name +=`, if that is what comes next.
    fn place(&mut self) -> Option<(Place, bool)> {
        let place = match self.variable()? {
            Expression::Variable(name) => Place::Variable(name),
            Expression::Environment(name) => Place::Environment(name),
            _ => return None,
        };
        self.blanks();
        let adds = self.takes("+");
        (self.takes("=") && self.peek() != Some('=')).then_some((place, adds))
    }

    fn pipeline(&mut self) -> Result<Pipeline, ParseError> {
        let mut stages = Vec::new();
        loop {
            self.blanks();
            let stage = self.stage(&stages)?;
            stages.push(stage);
            self.blanks();
            if !self.takes("|") {
                return Ok(stages);
            }
            self.skip(char::is_whitespace);
        }
    }

    fn stage(&mut self, before: &[Stage]) -> Result<Stage, ParseError> {
        let start = self.at;
        let is_call = self.peek() == Some('&') || self.rest().starts_with(". ");
        if is_call {
            self.bump();
            self.blanks();
        } else if self.begins_expression() {
            let expression = self.expression()?;
            return if before.is_empty() {
                Ok(Stage::Expression(expression))
            } else {
                let message = "Expressions are only allowed as the first element of a pipeline.";
                Err(self.error(message, "ExpressionsMustBeFirstInPipeline", start))
            };
        }
        self.command().map(Stage::Command)
    }

    fn begins_expression(&self) -> bool {
        let mut letters = self.rest().chars();
        let Some(first) = letters.next() else { return false };
        let second = letters.next().unwrap_or(' ');
        match first {
            '$' | '(' | '[' | '{' | '!' => true,
            '@' => matches!(second, '(' | '{'),
            _ if text::is_quote(first) => true,
            _ if first.is_ascii_digit() => self.is_number_ahead(),
            _ if text::is_dash(first) => {
                second.is_ascii_digit() || second == '$' || self.operator_ahead("not").is_some()
            }
            _ => false,
        }
    }

    fn command(&mut self) -> Result<Command, ParseError> {
        let start = self.at;
        let name = match self.peek() {
            Some(quote) if text::is_quote(quote) => match self.quoted()? {
                Expression::Literal(value) => value.plain(),
                _ => return Err(self.missing_value(start)),
            },
            Some('|') => {
                let message = "An empty pipe element is not allowed.";
                return Err(self.error(message, "EmptyPipeElement", start));
            }
            _ => self.word(),
        };
        if name.is_empty() {
            return Err(self.missing_value(start));
        }
        let name_span = Span { from: start, to: self.at };
        let mut arguments = Vec::new();
        let mut end = self.at;
        while let Some(argument) = self.argument()? {
            arguments.push(argument);
            end = self.at;
        }
        Ok(Command { name, name_span, span: Span { from: start, to: end }, arguments })
    }

    fn argument(&mut self) -> Result<Option<Argument>, ParseError> {
        self.blanks();
        let from = self.at;
        let Some(first) = self.peek() else { return Ok(None) };
        if matches!(first, '|' | ';' | ')' | '}' | '\n' | '\r' | '#') {
            return Ok(None);
        }
        if first == '>' || self.rest().starts_with("2>") {
            let message = "The lab's PowerShell has no redirection; use Out-Null or -ErrorAction.";
            return Err(self.error(message, "RedirectionNotSupported", from));
        }
        if !self.is_parameter_ahead() {
            let value = self.argument_value()?;
            return Ok(Some(Argument::Value(value, Span { from, to: self.at })));
        }
        self.bump();
        let name = self.taken(|letter| letter.is_alphanumeric() || letter == '_');
        let span = Span { from, to: self.at };
        let value = if self.takes(":") {
            self.blanks();
            Some(self.argument_value()?)
        } else {
            None
        };
        Ok(Some(Argument::Parameter(name, value, span)))
    }

    fn is_parameter_ahead(&self) -> bool {
        let mut letters = self.rest().chars();
        letters.next().is_some_and(text::is_dash)
            && letters.next().is_some_and(|letter| letter.is_alphabetic() || letter == '_')
    }

    /// One argument, or several with commas between.
    fn argument_value(&mut self) -> Result<Expression, ParseError> {
        self.separated(Self::argument_part)
    }

    /// One part, or a list of them with commas between.
    fn separated(
        &mut self,
        part: fn(&mut Self) -> Result<Expression, ParseError>,
    ) -> Result<Expression, ParseError> {
        let mut values = vec![part(self)?];
        loop {
            let before = self.at;
            self.blanks();
            if !self.takes(",") {
                self.at = before;
                break;
            }
            self.skip(char::is_whitespace);
            values.push(part(self)?);
        }
        Ok(if values.len() == 1 { values.remove(0) } else { Expression::Array(values) })
    }

    fn argument_part(&mut self) -> Result<Expression, ParseError> {
        let start = self.at;
        match self.peek() {
            Some('(' | '{') => self.postfixed(),
            Some('@') if self.rest().starts_with("@(") || self.rest().starts_with("@{") => {
                self.postfixed()
            }
            Some(_) => {
                let word = self.argument_word()?;
                if self.at == start { Err(self.missing_value(start)) } else { Ok(word) }
            }
            None => Err(self.missing_value(start)),
        }
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn bump(&mut self) {
        self.at += self.peek().map_or(0, char::len_utf8);
    }

    /// Takes a text, if it is what comes next.
    fn takes(&mut self, text: &str) -> bool {
        let is = self.rest().starts_with(text);
        self.at += if is { text.len() } else { 0 };
        is
    }

    fn skip(&mut self, what: impl Fn(char) -> bool) {
        while self.peek().is_some_and(&what) {
            self.bump();
        }
    }

    fn taken(&mut self, what: impl Fn(char) -> bool) -> String {
        let from = self.at;
        self.skip(what);
        self.text.get(from..self.at).unwrap_or_default().to_owned()
    }

    /// Blanks, and a backtick at the end of a line.
    fn blanks(&mut self) {
        loop {
            self.skip(|letter| matches!(letter, ' ' | '\t' | '\u{a0}'));
            if !(self.takes("`\r\n") || self.takes("`\n")) {
                return;
            }
        }
    }

    /// Goes a bracket deeper, as deep as anyone needs.
    fn deeper<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, ParseError>,
    ) -> Result<T, ParseError> {
        if self.depth >= DEPTH_MAX {
            return Err(self.error("The line is nested too deeply.", "NestedTooDeeply", self.at));
        }
        self.depth += 1;
        let found = read(self);
        self.depth -= 1;
        found
    }

    fn missing_value(&self, from: usize) -> ParseError {
        self.error("An expression was expected.", "ExpectedExpression", from)
    }

    fn error(&self, message: impl Into<String>, id: &'static str, from: usize) -> ParseError {
        let to = self.at.max(from).max((from + 1).min(self.text.len()));
        ParseError { message: message.into(), id, span: Span { from, to } }
    }
}

/// The most brackets within brackets.
const DEPTH_MAX: usize = 24;

#[cfg(test)]
mod tests;
