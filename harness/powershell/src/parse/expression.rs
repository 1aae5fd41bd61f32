//! Expressions, by precedence.

use super::super::syntax::{Expression, Statement};
use super::super::value::Value;
use super::text::{is_dash, is_of_name, is_quote};
use super::{ParseError, Parser};

impl Parser<'_> {
    /// An expression: what binds least first.
    pub(super) fn expression(&mut self) -> Result<Expression, ParseError> {
        self.deeper(|parser| parser.binary(0))
    }

    fn binary(&mut self, level: usize) -> Result<Expression, ParseError> {
        let Some(operators) = LEVELS.get(level) else { return self.unary() };
        let mut left = self.binary(level + 1)?;
        let mut count = 0;
        loop {
            self.blanks();
            let Some(operator) = self.operator(operators) else { return Ok(left) };
            count += 1;
            if count > OPERATORS_MAX {
                return Err(self.error("The line is too long.", "NestedTooDeeply", self.at));
            }
            self.skip(char::is_whitespace);
            let right = self.binary(level + 1)?;
            left = Expression::Binary(operator, left.into(), right.into());
        }
    }

    /// Takes one of these operators, if one comes next.
    fn operator(&mut self, among: &[&str]) -> Option<String> {
        among.iter().find_map(|operator| match *operator {
            "-" => self.minus(),
            word if word.starts_with(char::is_alphabetic) => self.named_operator(word),
            sign => self.takes(sign).then(|| sign.to_owned()),
        })
    }

    /// `-`; before a letter it begins an operator or a parameter.
    fn minus(&mut self) -> Option<String> {
        let mut ahead = self.rest().chars();
        let is =
            ahead.next().is_some_and(is_dash) && !ahead.next().is_some_and(char::is_alphabetic);
        is.then(|| {
            self.bump();
            "-".to_owned()
        })
    }

    /// `-name`, also with an `i` before its name, or a `c`, which stays.
    fn named_operator(&mut self, name: &str) -> Option<String> {
        let length = self.operator_ahead(name)?;
        let written = self.rest().get(..length).unwrap_or_default().to_lowercase();
        let is_cased =
            written.trim_start_matches(is_dash).starts_with('c') && !name.starts_with('c');
        self.at += length;
        Some(if is_cased { format!("c{name}") } else { name.to_owned() })
    }

    /// How long `-name` is that comes next, also with an `i` or `c` before its name.
    pub(super) fn operator_ahead(&self, name: &str) -> Option<usize> {
        let mut letters = self.rest().char_indices();
        letters.next().filter(|(_, letter)| is_dash(*letter))?;
        let from = letters.next()?.0;
        let rest = self.rest().get(from..)?;
        let word: &str = rest.split(|letter: char| !is_of_name(letter)).next()?;
        let bare = word.get(1..).filter(|_| word.starts_with(['i', 'I', 'c', 'C']));
        let is = |word: &str| word.eq_ignore_ascii_case(name);
        (is(word) || bare.is_some_and(is)).then_some(from + word.len())
    }

    fn unary(&mut self) -> Result<Expression, ParseError> {
        self.blanks();
        if self.takes("!") {
            return self.deeper(|it| Ok(Expression::Not(it.unary()?.into())));
        }
        if let Some(length) = self.operator_ahead("not") {
            self.at += length;
            return self.deeper(|it| Ok(Expression::Not(it.unary()?.into())));
        }
        if self.peek().is_some_and(is_dash) {
            self.bump();
            return self.deeper(|it| Ok(Expression::Negative(it.unary()?.into())));
        }
        self.separated(Self::postfixed)
    }

    /// A value with what is taken of it: properties, calls, members of lists.
    pub(super) fn postfixed(&mut self) -> Result<Expression, ParseError> {
        self.deeper(|parser| {
            let mut value = parser.primary()?;
            for _ in 0..OPERATORS_MAX {
                let mut ahead = parser.rest().chars();
                match (ahead.next(), ahead.next()) {
                    (Some('.'), Some(next)) if is_of_name(next) || is_quote(next) => {
                        parser.bump();
                        value = parser.member(value)?;
                    }
                    (Some('['), _) => {
                        parser.bump();
                        let index = parser.expression()?;
                        parser.blanks();
                        parser.close("]", "Missing ] at end of attribute or type literal.")?;
                        value = Expression::Index(value.into(), index.into());
                    }
                    _ => return Ok(value),
                }
            }
            Ok(value)
        })
    }

    fn member(&mut self, of: Expression) -> Result<Expression, ParseError> {
        let name = self.member_name()?;
        match self.call_arguments()? {
            Some(arguments) => Ok(Expression::Method(of.into(), name, arguments)),
            None => Ok(Expression::Property(of.into(), name)),
        }
    }

    fn member_name(&mut self) -> Result<String, ParseError> {
        let start = self.at;
        if self.peek().is_some_and(is_quote) {
            return match self.quoted()? {
                Expression::Literal(name) => Ok(name.plain()),
                _ => Err(self.missing_value(start)),
            };
        }
        let name = self.taken(is_of_name);
        if name.is_empty() { Err(self.missing_value(start)) } else { Ok(name) }
    }

    fn call_arguments(&mut self) -> Result<Option<Vec<Expression>>, ParseError> {
        if !self.takes("(") {
            return Ok(None);
        }
        self.skip(char::is_whitespace);
        let arguments = if self.peek() == Some(')') {
            Vec::new()
        } else {
            match self.expression()? {
                Expression::Array(values) => values,
                value => vec![value],
            }
        };
        self.skip(char::is_whitespace);
        self.close(")", MISSING_PARENTHESIS)?;
        Ok(Some(arguments))
    }

    fn primary(&mut self) -> Result<Expression, ParseError> {
        let start = self.at;
        match self.peek() {
            Some(quote) if is_quote(quote) => self.quoted(),
            Some('(') => Ok(Expression::Sub(self.parenthesised()?)),
            Some('$') if self.rest().starts_with("$(") => {
                self.bump();
                Ok(Expression::Sub(self.parenthesised()?))
            }
            Some('$') => self.variable().ok_or_else(|| self.missing_value(start)),
            Some('@') if self.rest().starts_with("@(") => {
                self.bump();
                Ok(Expression::List(self.parenthesised()?))
            }
            Some('@') if self.takes("@{") => self.table(),
            Some('{') => {
                self.bump();
                let statements = self.deeper(Self::statements)?;
                self.close("}", MISSING_BRACE)?;
                Ok(Expression::Block(statements))
            }
            Some('[') => self.of_type(),
            Some(letter) if letter.is_ascii_digit() => {
                let number = self.number().ok_or_else(|| self.missing_value(start))?;
                Ok(Expression::Literal(number))
            }
            _ => Err(self.missing_value(start)),
        }
    }

    /// Statements between parentheses; the opening one comes next.
    pub(super) fn parenthesised(&mut self) -> Result<Vec<Statement>, ParseError> {
        self.bump();
        let statements = self.deeper(Self::statements)?;
        self.close(")", MISSING_PARENTHESIS)?;
        Ok(statements)
    }

    /// The entries of a table up to its closing brace.
    fn table(&mut self) -> Result<Expression, ParseError> {
        let mut entries = Vec::new();
        loop {
            self.skip(|letter| letter.is_whitespace() || letter == ';');
            if self.takes("}") {
                return Ok(Expression::Table(entries));
            }
            let start = self.at;
            let key = if self.peek().is_some_and(is_quote) {
                self.quoted()?
            } else {
                Expression::Literal(Value::Text(self.taken(is_of_name)))
            };
            self.blanks();
            if self.at == start || !self.takes("=") {
                let message = "The hash literal was incomplete.";
                return Err(self.error(message, "IncompleteHashLiteral", start));
            }
            self.skip(char::is_whitespace);
            entries.push((key, self.expression()?));
        }
    }

    /// `[name]value` or `[name]::Member`.
    fn of_type(&mut self) -> Result<Expression, ParseError> {
        self.bump();
        let name = self.taken(|letter| is_of_name(letter) || matches!(letter, '.' | '[' | ','));
        self.close("]", "Missing ] at end of attribute or type literal.")?;
        if self.takes("::") {
            let member = self.member_name()?;
            let arguments = self.call_arguments()?;
            return Ok(Expression::Static(name, member, arguments));
        }
        self.blanks();
        Ok(Expression::Cast(name, self.postfixed()?.into()))
    }

    fn close(&mut self, bracket: &str, message: &str) -> Result<(), ParseError> {
        if self.takes(bracket) {
            return Ok(());
        }
        Err(self.error(message, "MissingEndOfExpression", self.at))
    }
}

/// The operators by how much they bind, least first. Those with letters come with `i` or `c` before them, too.
const LEVELS: [&[&str]; 5] = [
    &["and", "or", "xor"],
    &[
        "eq",
        "ne",
        "gt",
        "ge",
        "lt",
        "le",
        "like",
        "notlike",
        "match",
        "notmatch",
        "contains",
        "notcontains",
        "in",
        "notin",
        "replace",
        "split",
        "join",
    ],
    &["+", "-"],
    &["*", "/", "%"],
    &["f"],
];

/// The most operators of one level in a row.
const OPERATORS_MAX: usize = 256;

const MISSING_PARENTHESIS: &str = "Missing closing ')' in expression.";
const MISSING_BRACE: &str = "Missing closing '}' in statement block or type definition.";
