//! The template for a failure whose fault is not known.

use marslab::catalogue::{Catalogue, Failure, FailureKind};
use marslab::corpus;
use marslab::faults::FAULTS;
use marslab::remedies::remedy;
use marslab_model::Operation;

use super::{article, comments, toml_text};

/// The text, with everything from the catalogue filled in.
pub(super) fn of(row: &Failure) -> String {
    let operation = operation(row);
    let text = format!(
        "title   = {}\nfailure = {}\narticle = {}\n\n[[fault]]\n{}\n[when]\noperation = \"{operation}\"\n\n[then]\n{}{}",
        toml_text(&row.problem),
        toml_text(row.id.as_str()),
        toml_text(article(row)),
        choices(),
        then(row),
        cures(row),
    );
    comments::annotated(&text)
}

/// All faults, as comments.
fn choices() -> String {
    let mut text = "# FILL IN: choose one of these faults.\n".to_owned();
    for kind in FAULTS {
        text.extend(["# ", kind.name, " = ", kind.example, "\n"]);
    }
    text
}

/// The operation of another scenario with the same error, or else in the same section.
pub(super) fn operation(row: &Failure) -> Operation {
    let catalogue = Catalogue::known();
    let section = |id: &str| catalogue.failure(id).map(|row| &row.section);
    let has_error = |error: &str| row.errors.iter().any(|id| id.as_str() == error);
    let by_error = corpus::plays().find(|play| play.expect.error.as_deref().is_some_and(has_error));
    let by_section = || {
        corpus::plays().find(|play| {
            play.failure.as_ref().and_then(|id| section(id.as_str())) == Some(&row.section)
        })
    };
    by_error.or_else(by_section).map_or(Operation::Backup, |play| play.operation)
}

fn then(row: &Failure) -> String {
    let catalogue = Catalogue::known();
    let causes: Vec<String> = row.causes.iter().map(|id| toml_text(id.as_str())).collect();
    let group = format!("[{{ any = [{}] }}]", causes.join(", "));
    let abouts = row.causes.iter().filter_map(|id| catalogue.cause(id.as_str()));
    let abouts = abouts.map(|cause| format!("# `about` of `{}`: {}\n", cause.id, cause.about));
    let abouts: String = abouts.collect();
    if row.kind == FailureKind::Check {
        return format!("{abouts}advice = {group}\n");
    }
    let error = match row.errors.first() {
        Some(error) => format!("error   = {}\n", toml_text(error.as_str())),
        None => "# FILL IN: the articles do not quote the error.\n# error = \"…\"\n".to_owned(),
    };
    format!("{error}{abouts}finding = {group}\n")
}

fn cures(row: &Failure) -> String {
    let mut text = String::new();
    for id in &row.remedies {
        let name = toml_text(id.as_str());
        match remedy(id.as_str()) {
            Some(kind) if kind.example == "{}" => {
                text.extend(["\n[[cure]]\nremedy = ", &name, "\n"]);
            }
            Some(kind) => {
                text.extend(["\n[[cure]]\nremedy = ", &name, "\n# with = ", kind.example, "\n"]);
            }
            None => {
                text.push_str(
                    "\n# FILL IN another remedy: the lab does not support this one yet.\n# [[cure]]\n",
                );
                text.extend(["# remedy = ", &name, "\n"]);
            }
        }
    }
    text
}
