//! Strings, words, numbers and variables.

use super::super::syntax::Expression;
use super::super::value::Value;
use super::{ParseError, Parser};

/// PowerShell takes typographic quotes for plain ones, so that lines from documents work.
pub(super) fn is_quote(letter: char) -> bool {
    is_single(letter) || is_double(letter)
}

pub(super) fn is_single(letter: char) -> bool {
    matches!(letter, '\'' | '\u{2018}'..='\u{201b}')
}

pub(super) fn is_double(letter: char) -> bool {
    matches!(letter, '"' | '\u{201c}'..='\u{201e}')
}

/// The same for hyphens.
pub(super) fn is_dash(letter: char) -> bool {
    matches!(letter, '-' | '\u{2013}'..='\u{2015}')
}

/// What ends a word that has no quotes.
fn ends_word(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '|' | ';' | '(' | ')' | '{' | '}' | ',')
}

impl Parser<'_> {
    /// A text between quotes.
    pub(super) fn quoted(&mut self) -> Result<Expression, ParseError> {
        match self.peek() {
            Some(quote) if is_single(quote) => self.single_quoted(),
            _ => self.double_quoted(),
        }
    }

    fn single_quoted(&mut self) -> Result<Expression, ParseError> {
        let start = self.at;
        self.bump();
        let mut text = String::new();
        loop {
            let Some(letter) = self.peek() else { return Err(self.unterminated('\'', start)) };
            self.bump();
            if is_single(letter) {
                match self.peek() {
                    Some(second) if is_single(second) => self.bump(),
                    _ => return Ok(Expression::Literal(Value::Text(text))),
                }
            }
            text.push(letter);
        }
    }

    fn double_quoted(&mut self) -> Result<Expression, ParseError> {
        let start = self.at;
        self.bump();
        let mut parts = Parts::default();
        loop {
            let Some(letter) = self.peek() else { return Err(self.unterminated('"', start)) };
            match letter {
                '`' => self.escape(&mut parts.text),
                '$' => self.expansion(&mut parts)?,
                _ => {
                    self.bump();
                    if is_double(letter) {
                        match self.peek() {
                            Some(second) if is_double(second) => self.bump(),
                            _ => return Ok(parts.into_expression()),
                        }
                    }
                    parts.text.push(letter);
                }
            }
        }
    }

    fn escape(&mut self, text: &mut String) {
        self.bump();
        let Some(letter) = self.peek() else { return };
        self.bump();
        text.push(match letter {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '0' => '\0',
            letter => letter,
        });
    }

    /// A variable or `$(…)` within a text; a `$` by itself is itself.
    fn expansion(&mut self, parts: &mut Parts) -> Result<(), ParseError> {
        if self.rest().starts_with("$(") {
            self.bump();
            let inner = self.deeper(Self::parenthesised)?;
            parts.push(Expression::Sub(inner));
        } else if let Some(variable) = self.variable() {
            parts.push(variable);
        } else {
            self.bump();
            parts.text.push('$');
        }
        Ok(())
    }

    /// A command's name.
    pub(super) fn word(&mut self) -> String {
        self.taken(|letter| !ends_word(letter) && !is_quote(letter))
    }

    /// An argument without brackets: a word, in which quotes and variables may stand, a number or a variable.
    pub(super) fn argument_word(&mut self) -> Result<Expression, ParseError> {
        let start = self.at;
        let mut parts = Parts::default();
        let mut is_plain = true;
        while let Some(letter) = self.peek().filter(|letter| !ends_word(*letter)) {
            match letter {
                '$' if self.rest().starts_with("$(") => self.expansion(&mut parts)?,
                '$' if self.at == start => {
                    let value = self.postfixed()?;
                    if self.peek().is_none_or(ends_word) {
                        return Ok(value);
                    }
                    parts.push(value);
                }
                '$' => self.expansion(&mut parts)?,
                '`' => self.escape(&mut parts.text),
                quote if is_quote(quote) => {
                    is_plain = false;
                    match self.quoted()? {
                        Expression::Literal(value) => parts.text.push_str(&value.plain()),
                        expandable => parts.push(expandable),
                    }
                }
                _ => {
                    self.bump();
                    parts.text.push(letter);
                }
            }
        }
        let number = if is_plain && parts.found.is_empty() { number(&parts.text) } else { None };
        Ok(number.map_or_else(|| parts.into_expression(), Expression::Literal))
    }

    /// `$name`, `${name}` or `$env:NAME`, if that is what comes next.
    pub(super) fn variable(&mut self) -> Option<Expression> {
        let start = self.at;
        self.takes("$").then_some(())?;
        let name = if self.takes("{") {
            let name = self.taken(|letter| letter != '}');
            self.takes("}").then_some(name)
        } else if self.takes("?") {
            Some("?".to_owned())
        } else {
            let name = self.taken(is_of_name);
            let colon = self.rest().strip_prefix(':').and_then(|rest| rest.chars().next());
            let scoped = colon.is_some_and(is_of_name) && !name.is_empty();
            Some(if scoped {
                self.bump();
                format!("{name}:{}", self.taken(is_of_name))
            } else {
                name
            })
        };
        let Some(name) = name.filter(|name| !name.is_empty()) else {
            self.at = start;
            return None;
        };
        Some(match name.split_once(':') {
            Some((scope, name)) if scope.eq_ignore_ascii_case("env") => {
                Expression::Environment(name.to_owned())
            }
            Some((_scope, name)) => Expression::Variable(name.to_owned()),
            None => Expression::Variable(name),
        })
    }

    /// Whether a number stands here, and not a name that begins with a digit.
    pub(super) fn is_number_ahead(&self) -> bool {
        let ends = |letter: char| ends_word(letter) || matches!(letter, '+' | '*' | '/' | ']');
        let word = self.rest().split(ends).next().unwrap_or_default();
        number(word).is_some()
    }

    /// A number in an expression.
    pub(super) fn number(&mut self) -> Option<Value> {
        let start = self.at;
        let text = self.taken(|letter| letter.is_ascii_alphanumeric() || letter == '.');
        let value = number(&text);
        if value.is_none() {
            self.at = start;
        }
        value
    }

    fn unterminated(&self, quote: char, start: usize) -> ParseError {
        let message = format!("The string is missing the terminator: {quote}.");
        self.error(message, "TerminatorExpectedAtEndOfString", start)
    }
}

pub(super) fn is_of_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// `12`, `0x1F`, `1.5`, `20GB`; nothing for what is not a number.
fn number(text: &str) -> Option<Value> {
    let lower = text.to_ascii_lowercase();
    if let Some(digits) = lower.strip_prefix("0x") {
        return i64::from_str_radix(digits, 16).ok().map(Value::Int);
    }
    let unit = |(suffix, unit): &(&str, i64)| Some((lower.strip_suffix(suffix)?, *unit));
    let (digits, unit) = UNITS.iter().find_map(unit).unwrap_or((&lower, 1));
    let is_written = |letter: char| letter.is_ascii_digit() || matches!(letter, '.' | '-');
    if !digits.starts_with(|letter: char| letter.is_ascii_digit() || letter == '-')
        || !digits.chars().all(is_written)
    {
        return None;
    }
    match digits.parse::<i64>() {
        Ok(whole) => whole.checked_mul(unit).map(Value::Int),
        #[expect(clippy::cast_precision_loss, reason = "units are powers of two")]
        Err(_) => digits.parse::<f64>().ok().map(|it| Value::Float(it * unit as f64)),
    }
}

/// What a number may end with.
const UNITS: [(&str, i64); 5] =
    [("kb", 1 << 10), ("mb", 1 << 20), ("gb", 1 << 30), ("tb", 1 << 40), ("pb", 1 << 50)];

/// The parts of a text in which variables stand.
#[derive(Default)]
struct Parts {
    found: Vec<Expression>,
    text: String,
}

impl Parts {
    fn push(&mut self, part: Expression) {
        self.end_text();
        self.found.push(part);
    }

    fn end_text(&mut self) {
        if !self.text.is_empty() {
            let text = std::mem::take(&mut self.text);
            self.found.push(Expression::Literal(Value::Text(text)));
        }
    }

    fn into_expression(mut self) -> Expression {
        if self.found.is_empty() {
            return Expression::Literal(Value::Text(self.text));
        }
        self.end_text();
        Expression::Expandable(self.found)
    }
}
