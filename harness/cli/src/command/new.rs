//! `marslab new`: the skeleton of a scenario, with comments.
//!
//! A documented row that has a scenario gives it away. For another, the scenario of a row with the same cause is taken
//! where it fits, which the reader of scenario files decides. Where there is none either, the text says what to fill
//! in.

use std::io::Write;

use marslab::catalogue::{Catalogue, Failure, FailureKind, MessageId};
use marslab::corpus;
use marslab::scenario::{Scenario, parse};

use crate::error::CliError;
use crate::names::nearest;

mod blank;
mod comments;

/// Writes the skeleton of a scenario for the documented row `id`.
pub(super) fn new(out: &mut dyn Write, id: &str) -> Result<(), CliError> {
    let catalogue = Catalogue::embedded();
    let Some(row) = catalogue.failure(id) else { return Err(unknown(catalogue, id)) };
    if row.kind == FailureKind::Umbrella {
        let members = row.members.iter().map(ToString::to_string).collect();
        return Err(CliError::Umbrella { id: id.to_owned(), members });
    }
    let text = match own(row) {
        Some(text) => {
            let intro = "It is as the lab has it; change what you want.";
            comments::head(row, intro) + &comments::added(text)
        }
        None => match kin(row) {
            Some((name, text)) => {
                let intro = format!(
                    "Its cause is that of the scenario `{name}`, of which it is made: see whether the fault fits."
                );
                comments::head(row, &intro) + &comments::added(&text)
            }
            None => {
                comments::head(row, "No scenario has its cause yet: see what is to FILL IN.")
                    + &blank::of(row)
            }
        },
    };
    Ok(out.write_all(text.as_bytes())?)
}

fn unknown(catalogue: &Catalogue, id: &str) -> CliError {
    let ids = catalogue.failures.keys().map(|id| id.as_str());
    let hint = match nearest(id, ids) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`marslab list failures` has the ids".to_owned(),
    };
    CliError::Unknown { noun: "documented failure", name: id.to_owned(), hint }
}

/// The text of the row's own scenario: of the simplest one, where there are several.
fn own(row: &Failure) -> Option<&'static str> {
    let of_row = |scenario: &&Scenario| {
        scenario.plays.first().is_some_and(|play| play.failure.as_ref() == Some(&row.id))
    };
    let simplest = corpus::corpus().iter().filter(of_row).min_by_key(|scenario| faults(scenario));
    corpus::text(&simplest?.name)
}

fn faults(scenario: &Scenario) -> usize {
    scenario.plays.first().map_or(0, |play| play.faults.len())
}

/// The name of a scenario of another row that fits this one, too, and its text as it would be for this one. One with
/// the same error is taken before one that needs another.
fn kin(row: &Failure) -> Option<(&'static str, String)> {
    let simple = || corpus::corpus().iter().filter(|scenario| faults(scenario) == 1);
    let as_it_is = simple().map(|scenario| (scenario, None));
    let with_error = simple().map(|scenario| (scenario, row.errors.first()));
    as_it_is.chain(with_error).find_map(|(scenario, error)| {
        let text = adapted(corpus::text(&scenario.name)?, row, error);
        let read = parse("new.toml", &text, corpus::library());
        read.is_ok().then_some((scenario.name.as_str(), text))
    })
}

/// A scenario's text with the row's own head and without its cases; where an error is given, with that one and the
/// operation that ends with it.
fn adapted(text: &str, row: &Failure, error: Option<&MessageId>) -> String {
    let own = text.split("\n[[case]]").next().unwrap_or(text).trim_end();
    let lines = own.lines().filter_map(|line| match (line.split(' ').next(), error) {
        (Some("title"), _) => Some(format!("title   = {}", toml_text(&row.problem))),
        (Some("failure" | "control"), _) => {
            Some(format!("failure = {}", toml_text(row.id.as_str())))
        }
        (Some("article"), _) => Some(format!("article = {}", toml_text(article(row)))),
        (Some("operation"), Some(_)) => {
            Some(format!("operation = {}", toml_text(blank::operation(row).name())))
        }
        (Some("error"), Some(error)) => Some(format!("error   = {}", toml_text(error.as_str()))),
        // What the console says belongs to the error.
        (Some("says"), Some(_)) => None,
        _ => Some(line.to_owned()),
    });
    lines.map(|line| line + "\n").collect()
}

/// The first article that documents the row.
fn article(row: &Failure) -> &'static str {
    row.articles.first().map_or("", |article| article.id())
}

/// A text as TOML writes it. What JSON writes, TOML reads.
fn toml_text(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests;
