//! [`ActionSpec`]: one named thing with parameters, such as a fault, that a scenario file can ask for.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::DeserializeOwned;
use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use crate::plain_words::plain;
use crate::problem::{Problem, SHOWN_MAX, describe, did_you_mean, either, quote, shorten};

/// The table entry of a fault, a setting or a remedy: its name, and how its parameters are read and described.
pub struct ActionSpec<T: ?Sized + 'static> {
    /// The name in scenario files.
    pub name: &'static str,
    /// What it is, in one line.
    pub summary: &'static str,
    /// Example parameters, as an inline table of a scenario file.
    pub example: &'static str,
    parse: Parse<T>,
    schema: fn(&mut SchemaGenerator) -> Schema,
}

/// How the parameters are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// Behind the name: `name = { … }`.
    Named,
    /// Behind `with`, where the name stands elsewhere: `with = { … }` of a cure.
    With,
}

/// Makes a `T` of its parameters.
pub type Parse<T> = fn(ValueDeserializer<'_>) -> Result<Arc<T>, toml::de::Error>;

impl<T: ?Sized> ActionSpec<T> {
    /// An entry whose parameters are a `P`: a struct with `deny_unknown_fields` and kebab-case names.
    ///
    /// `parse` only turns a `P` into a `T`, which stable Rust cannot write for every `T`.
    pub const fn with<P: DeserializeOwned + JsonSchema>(
        name: &'static str,
        summary: &'static str,
        example: &'static str,
        parse: Parse<T>,
    ) -> Self {
        Self { name, summary, example, parse, schema: P::json_schema }
    }

    /// The JSON Schema of the parameters, which says what this is.
    pub fn schema(&self, generator: &mut SchemaGenerator) -> Schema {
        let mut schema = (self.schema)(generator);
        schema.insert("description".to_owned(), self.summary.into());
        schema
    }

    /// It with the defaults of all parameters; `None` where one has none.
    pub fn with_defaults(&self) -> Option<Arc<T>> {
        let none = Spanned::new(0..0, DeValue::Table(DeTable::new()));
        (self.parse)(ValueDeserializer::from(none)).ok()
    }

    /// Reads the parameters in `value`, or reports all mistakes in them. `name` is the position of the name.
    pub fn parse(
        &self,
        name: Range<usize>,
        value: &Spanned<DeValue<'_>>,
        written: Written,
    ) -> Result<Arc<T>, Vec<Problem>> {
        let DeValue::Table(table) = value.get_ref() else {
            let found = describe(value.get_ref());
            let message = format!("the parameters of `{}` must be a table, not {found}", self.name);
            let hint = self.hint(written);
            return Err(vec![Problem::wrong(value.span(), message).with_hint(hint)]);
        };
        // Most have no mistakes. What the mistakes are is told by the schema, which takes longer to make than all else.
        let whole = Spanned::new(value.span(), DeValue::Table(table.clone()));
        if let Ok(done) = (self.parse)(ValueDeserializer::from(whole)) {
            return Ok(done);
        }
        let known = self.parameters();
        let mut table = table.clone();
        let mut problems = self.take_unknown(&mut table, &known);
        problems.extend(self.missing(name, &table, &known, written));
        self.read(table, value.span(), &mut problems).ok_or(problems)
    }

    fn hint(&self, written: Written) -> String {
        let key = match written {
            Written::Named => self.name,
            Written::With => "with",
        };
        format!("for example `{key} = {}`", self.example)
    }

    /// The names of the parameters, and whether each is required, from their schema.
    fn parameters(&self) -> Vec<(String, bool)> {
        let schema = Value::from((self.schema)(&mut SchemaGenerator::default()));
        let required = schema.get("required").and_then(Value::as_array);
        let is_required =
            |name: &str| required.is_some_and(|names| names.iter().any(|n| n == name));
        match schema.get("properties") {
            Some(Value::Object(all)) => {
                all.keys().map(|name| (name.clone(), is_required(name))).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Removes unknown parameters and reports them.
    fn take_unknown(&self, table: &mut DeTable<'_>, known: &[(String, bool)]) -> Vec<Problem> {
        let known: Vec<&str> = known.iter().map(|(name, _)| name.as_str()).collect();
        let is_unknown = |key: &&Spanned<Cow<'_, str>>| !known.contains(&key.get_ref().as_ref());
        let unknown: Vec<_> = table.keys().filter(is_unknown).cloned().collect();
        let mut reported = 0;
        let report = |key: Spanned<Cow<'_, str>>| {
            table.remove(key.get_ref().as_ref());
            let message =
                format!("unknown parameter `{}` of `{}`", quote(key.get_ref()), self.name);
            reported += 1;
            let candidates = known.iter().copied().filter(|_| reported <= SHOWN_MAX);
            let hint = match did_you_mean(key.get_ref(), candidates) {
                Some(question) => question,
                None if known.is_empty() => format!("`{}` has no parameters", self.name),
                None => format!("expected {}", either(&known)),
            };
            Problem::structure(key.span(), message).with_hint(hint)
        };
        unknown.into_iter().map(report).collect()
    }

    /// Reports missing parameters.
    fn missing(
        &self,
        name: Range<usize>,
        table: &DeTable<'_>,
        known: &[(String, bool)],
        written: Written,
    ) -> Vec<Problem> {
        let missing =
            known.iter().filter(|(key, required)| *required && !table.contains_key(key.as_str()));
        let report = |(key, _): &(String, bool)| {
            let message = format!("missing parameter `{key}` of `{}`", self.name);
            let hint = self.hint(written);
            Problem::structure(name.clone(), message).with_hint(hint)
        };
        missing.map(report).collect()
    }

    /// Reads the parameters. An invalid one is reported and left out, so that the others are checked as well.
    fn read(
        &self,
        mut table: DeTable<'_>,
        span: Range<usize>,
        problems: &mut Vec<Problem>,
    ) -> Option<Arc<T>> {
        loop {
            let value = Spanned::new(span.clone(), DeValue::Table(table.clone()));
            let error = match (self.parse)(ValueDeserializer::from(value)) {
                Ok(done) if problems.is_empty() => return Some(done),
                Ok(_) => return None,
                Err(error) => error,
            };
            let at = error.span().unwrap_or_else(|| span.clone());
            let holder =
                table.iter().find(|(key, value)| is_within(&at, &key.span()) || holds(value, &at));
            let holder = holder.map(|(key, _)| key.get_ref().clone().into_owned());
            match holder.as_deref().map(|key| self.bad_entries(&table, key)) {
                Some(entries) if !entries.is_empty() => problems.extend(entries),
                Some(_) => problems.push(self.problem(&error, at)),
                None if problems.is_empty() => problems.push(self.problem(&error, at)),
                None => {}
            }
            // Without a parameter to leave out, any further error is only a consequence.
            table.remove(holder?.as_str());
        }
    }

    /// The invalid entries of an array: each is tried alone, because deserialising stops at the first.
    fn bad_entries(&self, table: &DeTable<'_>, key: &str) -> Vec<Problem> {
        let Some((key, list)) = table.get_key_value(key) else { return Vec::new() };
        let DeValue::Array(entries) = list.get_ref() else { return Vec::new() };
        let mut others = table.clone();
        others.remove(key.get_ref().as_ref());
        let found = entries.iter().take(ENTRIES_MAX).filter_map(|entry| {
            let mut alone = others.clone();
            let only = DeValue::Array(std::iter::once(entry.clone()).collect());
            alone.insert(key.clone(), Spanned::new(list.span(), only));
            let value = Spanned::new(0..0, DeValue::Table(alone));
            let error = (self.parse)(ValueDeserializer::from(value)).err()?;
            let at = error.span().filter(|at| *at == list.span() || holds(entry, at))?;
            let at = if holds(entry, &at) { at } else { entry.span() };
            Some(self.problem(&error, at))
        });
        found.collect()
    }

    fn problem(&self, error: &toml::de::Error, at: Range<usize>) -> Problem {
        let message = shorten(&plain(error.message()), MESSAGE_CHARS_MAX);
        Problem::wrong(at, format!("`{}`: {message}", self.name))
    }
}

impl<T: ?Sized> fmt::Debug for ActionSpec<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ActionSpec").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Whether `span` is in `value`. A case may have inserted a part from elsewhere in the file.
fn holds(value: &Spanned<DeValue<'_>>, span: &Range<usize>) -> bool {
    is_within(span, &value.span())
        || match value.get_ref() {
            DeValue::Array(entries) => entries.iter().any(|entry| holds(entry, span)),
            DeValue::Table(table) => table.values().any(|value| holds(value, span)),
            DeValue::String(_)
            | DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_) => false,
        }
}

fn is_within(span: &Range<usize>, whole: &Range<usize>) -> bool {
    whole.start <= span.start && span.end <= whole.end
}

/// The most entries of an invalid array that are tried one by one.
const ENTRIES_MAX: usize = 100;

/// Long enough for a list of expected values; a hostile file could have a long word repeated in it.
const MESSAGE_CHARS_MAX: usize = 300;

#[cfg(test)]
mod tests;
