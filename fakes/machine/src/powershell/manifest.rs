//! A module's manifest (`X.psd1`): a table of keys and values, read without running anything.

use std::collections::BTreeMap;
use std::iter::Peekable;
use std::vec::IntoIter;

use marslab_model::Name;

use super::version::Version;

/// The manifest's top-level values: each a list, most of one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Manifest(BTreeMap<Name, Vec<String>>);

impl Manifest {
    /// Reads a manifest; `None` for what is none: without `@{`, with an open quote, or unbalanced.
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        let bytes = bytes.get(..BYTES_MAX).unwrap_or(bytes);
        let text = std::str::from_utf8(bytes).ok()?.trim_start_matches('\u{feff}');
        let mut tokens = tokens(text)?.into_iter().peekable();
        skip_breaks(&mut tokens);
        (tokens.next()? == Token::Open("@{")).then_some(())?;
        let entries = entries(&mut tokens)?;
        skip_breaks(&mut tokens);
        tokens.next().is_none().then_some(Self(entries))
    }

    /// The engine that the module asks for, where it asks for one.
    pub(super) fn engine(&self) -> Option<Version> {
        Version::parse(self.first("PowerShellVersion")?)
    }

    /// The module's own file. `ModuleToProcess` is the key's name before PowerShell 3.0.
    pub(super) fn root_module(&self) -> Option<&str> {
        let named = self.first("RootModule").or_else(|| self.first("ModuleToProcess"));
        named.filter(|file| !file.is_empty())
    }

    /// A command that the module hands out, as the module writes it. Without a list it hands out all that it has.
    pub(super) fn exported<'a>(&'a self, command: &'a str) -> Option<&'a str> {
        let Some(listed) = self.0.get(&Name::new("CmdletsToExport")) else { return Some(command) };
        let named = listed.iter().find(|name| name.eq_ignore_ascii_case(command));
        let all = listed.iter().any(|name| name == "*").then_some(command);
        named.map(String::as_str).or(all)
    }

    /// The module's version; PowerShell takes a manifest without one for 0.0.
    pub(super) fn version(&self) -> &str {
        self.first("ModuleVersion").unwrap_or("0.0")
    }

    /// The commands that the module hands out.
    pub(super) fn commands(&self) -> Vec<String> {
        let listed = self.0.get(&Name::new("CmdletsToExport")).cloned();
        listed.unwrap_or_else(|| vec!["*".to_owned()])
    }

    fn first(&self, key: &str) -> Option<&str> {
        self.0.get(&Name::new(key))?.first().map(String::as_str)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    /// `@{`, `@(` or `(`.
    Open(&'static str),
    /// `}` or `)`.
    Close(char),
    Equals,
    Comma,
    /// `;` or the end of a line.
    Break,
    /// A text in quotes, or a bare word.
    Text(String),
}

type Tokens = Peekable<IntoIter<Token>>;

/// `key = value` until the closing brace.
fn entries(tokens: &mut Tokens) -> Option<BTreeMap<Name, Vec<String>>> {
    let mut found = BTreeMap::new();
    loop {
        skip_breaks(tokens);
        match tokens.next()? {
            Token::Close('}') => return Some(found),
            Token::Text(key) => {
                (tokens.next()? == Token::Equals).then_some(())?;
                found.insert(Name::from(key), values(tokens)?);
            }
            _ => return None,
        }
    }
}

/// One value, or several with commas between; lists are flattened, what is nested deeper is left out.
fn values(tokens: &mut Tokens) -> Option<Vec<String>> {
    let mut found = Vec::new();
    skip_breaks(tokens);
    loop {
        match tokens.next()? {
            Token::Text(text) => found.push(text),
            Token::Open("@{") => nested(tokens, '}', |_| {})?,
            Token::Open(_) => nested(tokens, ')', |text| found.push(text))?,
            _ => return None,
        }
        if tokens.next_if_eq(&Token::Comma).is_none() {
            return Some(found);
        }
        skip_breaks(tokens);
    }
}

/// Everything up to the bracket that closes what was opened; `take` gets the texts that lie directly in it.
fn nested(tokens: &mut Tokens, close: char, mut take: impl FnMut(String)) -> Option<()> {
    let mut open = vec![close];
    while let Some(innermost) = open.last() {
        match tokens.next()? {
            Token::Open(bracket) if open.len() < DEPTH_MAX => {
                open.push(if bracket == "@{" { '}' } else { ')' });
            }
            Token::Open(_) => return None,
            Token::Close(bracket) if bracket == *innermost => drop(open.pop()),
            Token::Close(_) => return None,
            Token::Text(text) if open.len() == 1 => take(text),
            Token::Text(_) | Token::Equals | Token::Comma | Token::Break => {}
        }
    }
    Some(())
}

fn skip_breaks(tokens: &mut Tokens) {
    while tokens.next_if_eq(&Token::Break).is_some() {}
}

fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let (token, behind) = match c {
            '\r' | '\n' | ';' => (Some(Token::Break), tail(rest, 1)),
            c if c.is_whitespace() => (None, tail(rest, c.len_utf8())),
            '#' => (None, tail(rest, rest.find(['\r', '\n']).unwrap_or(rest.len()))),
            '<' if rest.starts_with("<#") => (None, rest.split_once("#>")?.1),
            '@' if rest.starts_with("@{") => (Some(Token::Open("@{")), tail(rest, 2)),
            '@' if rest.starts_with("@(") => (Some(Token::Open("@(")), tail(rest, 2)),
            '(' => (Some(Token::Open("(")), tail(rest, 1)),
            '}' | ')' => (Some(Token::Close(c)), tail(rest, 1)),
            '=' => (Some(Token::Equals), tail(rest, 1)),
            ',' => (Some(Token::Comma), tail(rest, 1)),
            '\'' | '"' => {
                let (text, behind) = quoted(tail(rest, 1), c)?;
                (Some(Token::Text(text)), behind)
            }
            c if c.is_alphanumeric() || "$_.-".contains(c) => {
                let end = rest.find(|c: char| !c.is_alphanumeric() && !"$_.-".contains(c));
                let (word, behind) = rest.split_at(end.unwrap_or(rest.len()));
                (Some(Token::Text(word.to_owned())), behind)
            }
            _ => return None,
        };
        found.extend(token);
        rest = behind;
    }
    Some(found)
}

/// A text up to the quote that closes it, and what follows; a doubled quote is one of the text.
fn quoted(text: &str, quote: char) -> Option<(String, &str)> {
    let mut found = String::new();
    let mut rest = text;
    loop {
        let (part, behind) = rest.split_once(quote)?;
        found.push_str(part);
        match behind.strip_prefix(quote) {
            Some(behind) => {
                found.push(quote);
                rest = behind;
            }
            None => return Some((found, behind)),
        }
    }
}

fn tail(text: &str, from: usize) -> &str {
    text.get(from..).unwrap_or("")
}

/// A manifest has some kilobytes.
const BYTES_MAX: usize = 256 << 10;

/// The most brackets within brackets.
const DEPTH_MAX: usize = 32;

#[cfg(test)]
mod tests;
