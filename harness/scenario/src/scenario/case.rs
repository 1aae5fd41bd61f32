//! The cases of a scenario file: the same file with some values set.

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::check::{ENTRIES_MAX, same};
use super::shape::SETTABLE;
use marslab_actions::problem::{Problem, did_you_mean, either, quote};

/// The file, which is given without its cases, as a case changes it, and what is wrong with the changes.
pub(crate) fn applied<'i>(
    file: &DeTable<'i>,
    case: &DeTable<'i>,
    span: Range<usize>,
) -> (DeTable<'i>, Vec<Problem>) {
    let mut changed = file.clone();
    let mut problems = Vec::new();
    for name in REPLACING {
        if let Some((key, value)) = case.get_key_value(name) {
            changed.remove(name);
            changed.insert(key.clone(), value.clone());
        }
    }
    let set = match case.get("set").map(Spanned::get_ref) {
        Some(DeValue::Table(set)) => Some(set),
        _ => None,
    };
    for (place, value) in set.into_iter().flatten().take(ENTRIES_MAX) {
        problems.extend(put(&mut changed, place, value).err());
    }
    let is_malformed = case.contains_key("set") && set.is_none();
    let sets_something = set.is_some_and(|set| !set.is_empty())
        || ["complaint", "failure", "when"].into_iter().any(|key| case.contains_key(key));
    if !is_malformed && !sets_something {
        let message = "the case changes nothing";
        let hint = "set a value, such as `set = { \"fault.0.blocks.action\" = \"reset\" }`";
        problems.push(Problem::structure(span, message).with_hint(hint));
    }
    (changed, problems)
}

/// Sets one value in the file.
fn put<'i>(
    file: &mut DeTable<'i>,
    place: &Spanned<Cow<'i, str>>,
    value: &Spanned<DeValue<'i>>,
) -> Result<(), Problem> {
    let path = place.get_ref().as_ref();
    let (parents, last) =
        path.rsplit_once('.').map_or(("", path), |(parents, last)| (parents, last));
    let first = path.split('.').next().unwrap_or_default();
    if !SETTABLE.contains(&first) {
        let message = format!("a case cannot set `{}`", quote(path));
        let hint = format!("a path starts with {}", either(&SETTABLE));
        return Err(Problem::structure(place.span(), message).with_hint(hint));
    }
    let mut way = Way { place, walked: String::new() };
    let mut holder = Holder::Table(file);
    for step in parents.split('.').filter(|step| !step.is_empty()) {
        holder = match way.step(holder, step)?.get_mut() {
            DeValue::Table(table) => Holder::Table(table),
            DeValue::Array(entries) => Holder::Array(entries.as_mut()),
            _ => {
                let message = format!("`{}` is not a table or array", quote(&way.walked));
                return Err(Problem::structure(place.span(), message));
            }
        };
    }
    match holder {
        // An unknown key is reported when the changed file is checked.
        Holder::Table(table) if !table.contains_key(last) => {
            let key = Spanned::new(place.span(), Cow::Owned(last.to_owned()));
            table.insert(key, value.clone());
            Ok(())
        }
        holder => {
            let old = way.step(holder, last)?;
            if same(old, value) {
                let message = format!("`{}` already has this value", quote(path));
                return Err(Problem::structure(value.span(), message));
            }
            *old = value.clone();
            Ok(())
        }
    }
}

/// What holds the next part of a place.
enum Holder<'t, 'i> {
    Table(&'t mut DeTable<'i>),
    Array(&'t mut [Spanned<DeValue<'i>>]),
}

/// How far along a place we are.
struct Way<'p, 'i> {
    place: &'p Spanned<Cow<'i, str>>,
    walked: String,
}

impl Way<'_, '_> {
    /// Goes to one part of what holds it.
    fn step<'t, 'i>(
        &mut self,
        holder: Holder<'t, 'i>,
        step: &str,
    ) -> Result<&'t mut Spanned<DeValue<'i>>, Problem> {
        let before = std::mem::take(&mut self.walked);
        self.walked = if before.is_empty() { step.to_owned() } else { format!("{before}.{step}") };
        let absent = format!("no `{}` in the file", quote(&self.walked));
        let absent = Problem::structure(self.place.span(), absent);
        match holder {
            Holder::Table(table) => {
                if !table.contains_key(step) {
                    let keys = table.keys().map(|key| key.get_ref().as_ref());
                    return Err(match did_you_mean(step, keys) {
                        Some(question) => absent.with_hint(question),
                        None => absent,
                    });
                }
                table.get_mut(step).ok_or(absent)
            }
            Holder::Array(entries) => {
                let count = entries.len();
                let entry = step.parse::<usize>().ok().and_then(|index| entries.get_mut(index));
                let entries = if count == 1 { "entry" } else { "entries" };
                let hint = format!("`{}` has {count} {entries}, counted from 0", quote(&before));
                entry.ok_or_else(|| absent.with_hint(hint))
            }
        }
    }
}

/// The keys of a case that replace the file's.
const REPLACING: [&str; 5] = ["complaint", "failure", "then", "twin", "when"];
