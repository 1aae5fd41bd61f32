//! `marslab new`: a scenario template for a documented failure, with comments.
//!
//! A failure that has a scenario gets a copy of it. Otherwise the scenario of a failure with the same cause is adapted, if
//! the result is valid. Otherwise the template marks what to fill in.

use std::io::Write;

use marslab::catalogue::{Catalogue, Failure, FailureKind, MessageId};
use marslab::corpus;
use marslab::scenario::{Scenario, parse};

use crate::error::CliError;
use crate::names::Suggestion;

mod comments;
mod pack;
mod template;

pub(super) use pack::begin as begin_pack;

/// Writes a scenario template for the documented failure `id`.
pub(super) fn run(out: &mut dyn Write, id: &str) -> Result<(), CliError> {
    let catalogue = Catalogue::known();
    let Some(row) = catalogue.failure(id) else { return Err(unknown(catalogue, id)) };
    if row.kind == FailureKind::Umbrella {
        let members = row.members.iter().map(ToString::to_string).collect();
        return Err(CliError::Umbrella { id: id.to_owned(), members });
    }
    let text = match own_scenario(row) {
        Some(text) => {
            let intro = "This is a copy of the built-in scenario; adapt it as needed.";
            comments::header(row, intro) + &comments::annotated(text)
        }
        None => match related_scenario(row) {
            Some((name, text)) => {
                let intro = format!(
                    "Adapted from the scenario `{name}`, which has the same cause; check that the fault fits."
                );
                comments::header(row, &intro) + &comments::annotated(&text)
            }
            None => {
                comments::header(
                    row,
                    "No scenario has this cause yet; complete the parts marked FILL IN.",
                ) + &template::of(row)
            }
        },
    };
    Ok(out.write_all(text.as_bytes())?)
}

fn unknown(catalogue: &Catalogue, id: &str) -> CliError {
    let ids = catalogue.failures.keys().map(|id| id.as_str());
    let suggestion = Suggestion::similar(id, ids, Suggestion::List("marslab list failures"));
    CliError::Unknown { noun: "failure", name: id.to_owned(), suggestion }
}

/// The text of the failure's own scenario; of several, that with the fewest faults.
fn own_scenario(row: &Failure) -> Option<&'static str> {
    let of_row = |scenario: &&Scenario| {
        scenario.plays.first().is_some_and(|play| play.failure.as_ref() == Some(&row.id))
    };
    let simplest = corpus::corpus().iter().filter(of_row).min_by_key(|scenario| faults(scenario));
    corpus::text(&simplest?.name)
}

fn faults(scenario: &Scenario) -> usize {
    scenario.plays.first().map_or(0, |play| play.faults.len())
}

/// The name of a scenario of another failure that also fits this one, and its adapted text. A scenario with the same
/// error is preferred.
fn related_scenario(row: &Failure) -> Option<(&'static str, String)> {
    let simple = || corpus::corpus().iter().filter(|scenario| faults(scenario) == 1);
    let unchanged = simple().map(|scenario| (scenario, None));
    let with_error = simple().map(|scenario| (scenario, row.errors.first()));
    unchanged.chain(with_error).find_map(|(scenario, error)| {
        let text = adapted(corpus::text(&scenario.name)?, row, error);
        let read = parse("new.toml", &text, corpus::library());
        read.is_ok().then_some((scenario.name.as_str(), text))
    })
}

/// A scenario's text with the failure's own head and without cases. If an error is given, with that error and the
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
            Some(format!("operation = {}", toml_text(template::operation(row).name())))
        }
        (Some("error"), Some(error)) => Some(format!("error   = {}", toml_text(error.as_str()))),
        // The text on the console depends on the error.
        (Some("says"), Some(_)) => None,
        _ => Some(line.to_owned()),
    });
    lines.map(|line| line + "\n").collect()
}

/// The first article that documents the failure.
fn article(row: &Failure) -> &'static str {
    row.articles.first().map_or("", |article| article.id())
}

/// A text in TOML. JSON strings are valid TOML.
fn toml_text(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests;
