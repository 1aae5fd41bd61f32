//! What is said of a change in one go, rather than as a field with a value.

use jiff::SignedDuration;
use marslab_model::world::Language;
use marslab_scenario::texts::filled;
use serde_json::Value;

use super::Place;
use super::nouns::base_name;
use super::phrases::Phrases;
use super::templates::{CAME, VALUES, WENT};
use super::values::{Field, shown, span};

/// What needs more than one field, or arithmetic.
pub(super) fn special(place: &Place<'_>) -> Option<String> {
    let (key, before, after) = (&place.noun.key, place.before(), place.after());
    let phrases = place.phrases();
    if place.is("network/firewall/*") {
        return rule(key, (before, after), phrases);
    }
    if place.is("machines/*/software/*") {
        return Some(match after {
            Some(program) => phrases.installed(key, &part(program, "version")?),
            None => phrases.not_installed(key),
        });
    }
    if place.is("machines/*/open-files/*") {
        return Some(match after {
            Some(program) => phrases.has_open(&program.as_str()?, key),
            None => phrases.has_open_no_longer(&before?.as_str()?, key),
        });
    }
    if place.is("machines/*/series/*") {
        return Some(match after {
            Some(series) => {
                phrases.has_files(key, &part(series, "count")?, &part(series, "extension")?)
            }
            None => phrases.has_no_files(key, &part(before?, "extension")?),
        });
    }
    if place.is("machines/*/clock/ahead-seconds") {
        let seconds = after?.as_i64()?.checked_sub(before?.as_i64()?)?;
        let time = span(SignedDuration::from_secs(seconds).abs(), place.language);
        return Some(if seconds < 0 {
            phrases.set_back(&time)
        } else {
            phrases.set_forward(&time)
        });
    }
    if place.is("machines/*/boot/id") || place.is("machines/*/boot/at") {
        return Some(phrases.restarted());
    }
    if place.is("machines/*/files/*/modified") {
        return Some(phrases.written_anew(key));
    }
    if place.is("machines/*/events/*") {
        return Some(phrases.new_records(key));
    }
    None
}

/// A rule that was added, or is gone.
fn rule(
    name: &str,
    (before, after): (Option<&Value>, Option<&Value>),
    phrases: Phrases,
) -> Option<String> {
    let rule = after.or(before)?;
    let mut to = match part(rule, "to")?.as_str() {
        "*" => phrases.everything(),
        to => to.to_owned(),
    };
    if let Some(port) = rule.get("port").and_then(Value::as_u64) {
        to = phrases.to_port(&to, &port);
    }
    to = phrases.connections(&to);
    if rule.get("from").and_then(Value::as_str) == Some("proxies") {
        to = phrases.for_proxies(&to);
    }
    // Rules are tried in order of the numbers with which their names begin.
    let number = name.split(' ').next().filter(|it| it.chars().all(|c| c.is_ascii_digit()));
    let number = number.unwrap_or(name);
    Some(match (rule.get("action").and_then(Value::as_str), after.is_some()) {
        (Some("allow"), true) => phrases.allows(&to, &number),
        (Some("allow"), false) => phrases.allows_no_longer(&to, &number),
        (Some("divert"), true) => phrases.leads(&to, &number),
        (Some("divert"), false) => phrases.leads_no_longer(&to, &number),
        (Some(_), true) => phrases.blocks(&to, &number),
        (Some(_), false) => phrases.blocks_no_longer(&to, &number),
        (None, true) => phrases.disturbs(&to, &number),
        (None, false) => phrases.disturbs_no_longer(&to, &number),
    })
}

fn part(value: &Value, name: &str) -> Option<String> {
    shown(value.get(name)?, Field::Other(""), Language::English)
}

/// What came to a list, and what is no longer in it.
pub(super) fn of_list(place: &Place<'_>) -> Option<String> {
    let (pattern, more) = CAME.iter().find(|(pattern, _)| place.is(pattern))?;
    let (_, less) = WENT.iter().find(|(other, _)| other == pattern)?;
    let entries = |list: Option<&Value>| {
        let entries = list.and_then(Value::as_array).into_iter().flatten();
        let shown = entries.filter_map(|it| place.shown(it));
        shown.collect::<Vec<_>>()
    };
    let (before, after) = (entries(place.before()), entries(place.after()));
    let new = after.iter().filter(|it| !before.contains(it)).map(|it| (more, it));
    let gone = before.iter().filter(|it| !after.contains(it)).map(|it| (less, it));
    let told: Vec<String> = new
        .chain(gone)
        .map(|(texts, entry)| {
            let parts: [(_, &dyn std::fmt::Display); 2] =
                [("", &place.noun.key), ("v", &base_name(entry))];
            filled(place.language.pick(*texts), &parts)
        })
        .collect();
    let count = told.len();
    let phrases = place.phrases();
    let said = told.into_iter().take(ENTRIES_MAX).reduce(|one, next| phrases.and(&one, &next))?;
    Some(match count.checked_sub(ENTRIES_MAX) {
        Some(more @ 1..) => phrases.and_more(&said, &more),
        _ => said,
    })
}

/// What a value of a short list means.
pub(super) fn of_value(place: &Place<'_>) -> Option<String> {
    let after = shown(place.after()?, Field::Other(""), Language::English)?;
    let is_it = |key: &str| {
        key.split_once('=').is_some_and(|(pattern, value)| value == after && place.is(pattern))
    };
    let (_, texts) = VALUES.iter().find(|(key, _)| is_it(key))?;
    Some(filled(place.language.pick(*texts), &[("", &place.noun.key)]))
}

/// More of a list is not read.
const ENTRIES_MAX: usize = 4;
