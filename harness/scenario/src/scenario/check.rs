//! The first pass over a scenario file: does it have the shape that [`shape`](super::shape) describes?

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::library::Library;
use super::shape::{Ids, Key, Need, Shape, TEXT_CHARS_MAX};
use crate::catalogue::Failure;
use marslab_actions::problem::{Problem, SHOWN_MAX, describe, did_you_mean, either, list, quote};
use marslab_faults::faults::FAULTS;
use marslab_faults::settings::SETTINGS;
use marslab_remedies::remedy;

/// Where a table is, and its name in messages.
#[derive(Clone, Debug)]
struct Spot {
    /// The name, such as `[when]` or `the file`.
    name: String,
    /// The text to underline where a key is missing.
    span: Range<usize>,
}

/// Collects what does not fit the shape.
struct Checker<'a> {
    /// Where the ids are.
    library: &'a Library<'a>,
    /// What was found so far.
    problems: Vec<Problem>,
}

impl Checker<'_> {
    /// Checks a table against its keys.
    fn table(&mut self, table: &DeTable<'_>, keys: &[Key], spot: &Spot) {
        if spot.name == "`cure`" && self.remedy_as_key(table) {
            return;
        }
        for (key, value) in table {
            match keys.iter().find(|known| known.name == key.get_ref()) {
                Some(known) => self.value(known, value),
                None => {
                    let names: Vec<&str> = keys.iter().map(|key| key.name).collect();
                    let message =
                        format!("unknown key `{}` in {}", quote(key.get_ref()), spot.name);
                    let problem = Problem::structure(key.span(), message);
                    self.push_near(problem, key.get_ref(), &names);
                }
            }
        }
        for key in keys.iter().filter(|key| key.need == Need::Required) {
            if !table.contains_key(key.name) {
                let message = format!("missing key `{}` in {}", key.name, spot.name);
                let problem = Problem::structure(spot.span.clone(), message);
                self.problems.push(problem.with_hint(key.summary));
            }
        }
    }

    /// Reports a cure that is written as a fault is: `restart-server = {}`.
    fn remedy_as_key(&mut self, cure: &DeTable<'_>) -> bool {
        let written = cure.keys().find_map(|key| Some((key, remedy(key.get_ref())?)));
        let Some((key, kind)) = written.filter(|_| !cure.contains_key("remedy")) else {
            return false;
        };
        let message = format!("a cure names its remedy: `remedy = \"{}\"`", kind.name);
        let with = format!("its parameters, if it has any, are `with = {}`", kind.example);
        self.problems.push(Problem::structure(key.span(), message).with_hint(with));
        true
    }

    fn value(&mut self, key: &Key, value: &Spanned<DeValue<'_>>) {
        match key.shape {
            Shape::Text => drop(self.text(key.name, value)),
            Shape::Id(ids) => self.id(key.name, ids, value),
            Shape::IdList(ids) => self.ids(key.name, ids, value),
            Shape::Table(keys) => self.sub_table(key.name, keys, value),
            Shape::Tables(keys) => self.sub_tables(key.name, keys, value),
            Shape::Settings => self.settings(value),
            Shape::Faults => self.faults(value),
            Shape::Parameters | Shape::Set => match value.get_ref() {
                DeValue::Table(table) if table.len() > ENTRIES_MAX => {
                    let message = format!("`{}` has more than {ENTRIES_MAX} keys", key.name);
                    self.problems.push(Problem::structure(value.span(), message));
                }
                DeValue::Table(_) => {}
                _ => self.mismatch(key.name, "a table", value),
            },
        }
    }

    fn mismatch(&mut self, name: &str, wanted: &str, value: &Spanned<DeValue<'_>>) {
        let message = format!("`{name}` must be {wanted}, not {}", describe(value.get_ref()));
        self.problems.push(Problem::structure(value.span(), message));
    }

    fn text<'v>(&mut self, name: &str, value: &'v Spanned<DeValue<'_>>) -> Option<&'v str> {
        match value.get_ref() {
            DeValue::String(text) if text.trim().is_empty() => {
                self.problems.push(Problem::wrong(value.span(), format!("`{name}` is empty")));
                None
            }
            DeValue::String(text) if text.chars().nth(TEXT_CHARS_MAX).is_some() => {
                let message = format!("`{name}` is longer than {TEXT_CHARS_MAX} characters");
                self.problems.push(Problem::wrong(value.span(), message));
                None
            }
            DeValue::String(text) => Some(text),
            _ => {
                self.mismatch(name, "a string", value);
                None
            }
        }
    }

    fn id(&mut self, name: &str, ids: Ids, value: &Spanned<DeValue<'_>>) {
        let Some(text) = self.text(name, value) else { return };
        let known = ids.known(self.library);
        // The corpus itself is read before there are plays to refer to; a test looks its twins up.
        let is_too_early = ids == Ids::Twin && known.is_empty();
        if known.contains(&text) || is_too_early {
            return;
        }
        let noun = ids.noun();
        let problem = Problem::wrong(value.span(), format!("unknown {noun} `{}`", quote(text)));
        if ids == Ids::Remedy && self.library.catalogue.remedy(text).is_some() {
            let hint = "this remedy is documented, but the lab does not support it yet";
            self.problems.push(problem.with_hint(hint));
        } else if let Some(hint) = self.of_another_kind(ids, text) {
            self.problems.push(problem.with_hint(hint));
        } else {
            self.push_near(problem, text, &known);
        }
    }

    /// What to write where a cause has a failure's name, or a failure a cause's.
    fn of_another_kind(&self, ids: Ids, name: &str) -> Option<String> {
        let catalogue = self.library.catalogue;
        match ids {
            Ids::Cause => {
                let row = catalogue.failure(name)?;
                let causes: Vec<&str> = row.causes.iter().map(|id| id.as_str()).collect();
                let are = if causes.len() == 1 { "cause is" } else { "causes are" };
                Some(format!("`{name}` is a failure, whose {are} {}", list(&causes)))
            }
            Ids::Failure => {
                let cause = catalogue.cause(name)?;
                let has = |row: &&Failure| row.causes.contains(&cause.id);
                let rows = catalogue.failures_in_order().filter(has).take(FAILURES_NAMED);
                let rows: Vec<&str> = rows.map(|row| row.id.as_str()).collect();
                Some(format!("`{name}` is a cause of the failures {}", list(&rows)))
            }
            _ => None,
        }
    }

    fn ids(&mut self, name: &str, ids: Ids, value: &Spanned<DeValue<'_>>) {
        let DeValue::Array(entries) = value.get_ref() else {
            return self.mismatch(name, "an array", value);
        };
        let entries = self.bounded(name, value, entries);
        for (index, entry) in entries.iter().enumerate() {
            self.id(name, ids, entry);
            if entries.iter().take(index).any(|earlier| same(earlier, entry)) {
                let message = format!("duplicate {} in `{name}`", ids.noun());
                self.problems.push(Problem::wrong(entry.span(), message));
            }
        }
    }

    fn sub_table(&mut self, name: &str, keys: &[Key], value: &Spanned<DeValue<'_>>) {
        match value.get_ref() {
            DeValue::Table(table) => {
                let spot = Spot { name: format!("`{name}`"), span: value.span() };
                self.table(table, keys, &spot);
            }
            _ => self.mismatch(name, "a table", value),
        }
    }

    fn sub_tables(&mut self, name: &str, keys: &[Key], value: &Spanned<DeValue<'_>>) {
        for entry in self.entries(name, value) {
            match entry.get_ref() {
                DeValue::Table(_) => self.sub_table(name, keys, entry),
                other => {
                    let message = format!("each `{name}` must be a table, not {}", describe(other));
                    self.problems.push(Problem::structure(entry.span(), message));
                }
            }
        }
    }

    /// The entries of an array of tables.
    fn entries<'v, 'i>(
        &mut self,
        name: &str,
        value: &'v Spanned<DeValue<'i>>,
    ) -> &'v [Spanned<DeValue<'i>>] {
        let DeValue::Array(entries) = value.get_ref() else {
            let message =
                format!("`{name}` must be an array of tables, not {}", describe(value.get_ref()));
            let hint = format!("write `[[{name}]]`, or `{name} = [{{ … }}]`");
            self.problems.push(Problem::structure(value.span(), message).with_hint(hint));
            return &[];
        };
        self.bounded(name, value, entries)
    }

    /// The entries of an array, which must be neither empty nor too long.
    fn bounded<'v, 'i>(
        &mut self,
        name: &str,
        value: &Spanned<DeValue<'i>>,
        entries: &'v [Spanned<DeValue<'i>>],
    ) -> &'v [Spanned<DeValue<'i>>] {
        if entries.is_empty() {
            self.problems.push(Problem::wrong(value.span(), format!("`{name}` is empty")));
        }
        if let Some(surplus) = entries.get(ENTRIES_MAX) {
            let message = format!("`{name}` has more than {ENTRIES_MAX} entries");
            self.problems.push(Problem::wrong(surplus.span(), message));
        }
        entries.get(..ENTRIES_MAX).unwrap_or(entries)
    }

    fn settings(&mut self, value: &Spanned<DeValue<'_>>) {
        let DeValue::Table(settings) = value.get_ref() else {
            return self.mismatch("given", "a table of settings", value);
        };
        let known: Vec<&str> = SETTINGS.iter().map(|kind| kind.name).collect();
        for name in settings.keys() {
            self.name("setting", name.get_ref(), name.span(), &known);
        }
    }

    fn faults(&mut self, value: &Spanned<DeValue<'_>>) {
        let known: Vec<&str> = FAULTS.iter().map(|kind| kind.name).collect();
        let entries = self.entries("fault", value);
        for (index, entry) in entries.iter().enumerate() {
            let DeValue::Table(table) = entry.get_ref() else {
                self.mismatch("fault", "a table", entry);
                continue;
            };
            for name in table.keys() {
                self.name("fault", name.get_ref(), name.span(), &known);
            }
            let count = table.len();
            if count != 1 {
                let message = format!("expected one fault in a `[[fault]]`, found {count}");
                let hint = "write a `[[fault]]` for each: `name = { parameter = … }`";
                self.problems.push(Problem::structure(entry.span(), message).with_hint(hint));
            }
            if entries.iter().take(index).any(|earlier| same(earlier, entry)) {
                self.problems.push(Problem::wrong(entry.span(), "duplicate fault"));
            }
        }
    }

    fn name(&mut self, noun: &str, name: &str, span: Range<usize>, known: &[&str]) {
        if !known.contains(&name) {
            let message = format!("unknown {noun} `{}`", quote(name));
            let problem = Problem::structure(span, message);
            self.push_near(problem, name, known);
        }
    }

    /// Reports a problem with a similar name, or else all names if they are few.
    fn push_near(&mut self, problem: Problem, word: &str, known: &[&str]) {
        let is_shown = self.problems.len() < SHOWN_MAX;
        self.problems.push(match did_you_mean(word, known.iter().copied().filter(|_| is_shown)) {
            Some(question) => problem.with_hint(question),
            None if known.len() <= LISTED_MAX => {
                problem.with_hint(format!("expected {}", either(known)))
            }
            None => problem.with_hint("`marslab list` and the reference show all names"),
        });
    }
}

/// Reports what in a file does not fit its shape.
pub(super) fn check(
    file: &DeTable<'_>,
    keys: &[Key],
    library: &Library<'_>,
    problems: &mut Vec<Problem>,
) {
    let mut checker = Checker { library, problems: Vec::new() };
    checker.table(file, keys, &Spot { name: "the file".to_owned(), span: 0..0 });
    problems.append(&mut checker.problems);
}

/// Whether two values are equal, wherever they stand.
pub(crate) fn same(one: &Spanned<DeValue<'_>>, two: &Spanned<DeValue<'_>>) -> bool {
    match (one.get_ref(), two.get_ref()) {
        (DeValue::String(one), DeValue::String(two)) => one == two,
        (DeValue::Integer(one), DeValue::Integer(two)) => {
            (one.as_str(), one.radix()) == (two.as_str(), two.radix())
        }
        (DeValue::Float(one), DeValue::Float(two)) => one.as_str() == two.as_str(),
        (DeValue::Boolean(one), DeValue::Boolean(two)) => one == two,
        (DeValue::Datetime(one), DeValue::Datetime(two)) => one == two,
        (DeValue::Array(one), DeValue::Array(two)) => {
            one.len() == two.len() && one.iter().zip(two.iter()).all(|(one, two)| same(one, two))
        }
        (DeValue::Table(one), DeValue::Table(two)) => {
            one.len() == two.len()
                && one.iter().zip(two).all(|((one_key, one), (two_key, two))| {
                    one_key.get_ref() == two_key.get_ref() && same(one, two)
                })
        }
        _ => false,
    }
}

/// Far above what anybody writes; without a limit, a hostile file could ask for millions of plays.
pub(super) const ENTRIES_MAX: usize = 200;

/// Enough failures for a hint.
const FAILURES_NAMED: usize = 4;

/// More names are looked up, not read.
const LISTED_MAX: usize = 16;
