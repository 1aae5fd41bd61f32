//! `marslab list`.

use std::io::{self, Write};
use std::slice;

use marslab::action_spec::ActionSpec;
use marslab::catalogue::{Article, Catalogue};
use marslab::corpus::corpus;
use marslab::faults::FAULTS;
use marslab::remedies;
use marslab::settings::SETTINGS;
use marslab_model::Operation;

use crate::args::Listed;
use crate::table::write_rows;

/// Writes a line for each item: its name first, its summary last.
pub(super) fn run(out: &mut dyn Write, what: Listed) -> io::Result<()> {
    let catalogue = Catalogue::embedded();
    match what {
        Listed::Scenarios => write_rows(out, 0, &scenarios()),
        Listed::Failures => write_rows(out, 0, &failures(catalogue)),
        Listed::Faults => write_rows(out, 0, &kinds(FAULTS)),
        Listed::Settings => write_rows(out, 0, &kinds(SETTINGS)),
        Listed::Remedies => write_rows(out, 0, &remedies(catalogue)),
        Listed::Causes => {
            let row = |it: &marslab::catalogue::Cause| [it.id.to_string(), it.title.clone()];
            write_rows(out, 0, &catalogue.causes.values().map(row).collect::<Vec<_>>())
        }
        Listed::Areas => {
            let row = |it: &marslab::catalogue::Area| [it.id.to_string(), it.title.clone()];
            write_rows(out, 0, &catalogue.areas.values().map(row).collect::<Vec<_>>())
        }
        Listed::Operations => {
            let row = |it: Operation| [it.name().to_owned(), it.summary().to_owned()];
            write_rows(out, 0, &Operation::ALL.map(row))
        }
    }
}

/// Every play, with its kind.
fn scenarios() -> Vec<[String; 3]> {
    let plays = corpus().iter().flat_map(|scenario| &scenario.plays);
    let row = plays.map(|play| {
        let kind = marked(play.kind().name(), slice::from_ref(&play.article));
        [play.name.clone(), kind, play.title.clone()]
    });
    row.collect()
}

/// Every documented failure, with its kind.
fn failures(catalogue: &Catalogue) -> Vec<[String; 3]> {
    let row = catalogue.failures_in_order().map(|row| {
        [row.id.to_string(), marked(row.kind.name(), &row.articles), row.problem.clone()]
    });
    row.collect()
}

/// A kind, marked if none of the 2019 articles documents the failure.
fn marked(kind: &str, articles: &[Article]) -> String {
    let is_of_2019 = articles.iter().any(|article| article.is_of_2019());
    if is_of_2019 { kind.to_owned() } else { format!("{kind}, beyond") }
}

fn kinds<T: ?Sized>(kinds: &[&ActionSpec<T>]) -> Vec<[String; 2]> {
    kinds.iter().map(|kind| [kind.name.to_owned(), kind.summary.to_owned()]).collect()
}

/// Every documented remedy, and whether the lab can carry it out.
fn remedies(catalogue: &Catalogue) -> Vec<[String; 3]> {
    let row = catalogue.remedies.values().map(|remedy| {
        let is_known = remedies::remedy(remedy.id.as_str()).is_some();
        let status = if is_known { "supported" } else { "not supported" };
        [remedy.id.to_string(), status.to_owned(), remedy.title.clone()]
    });
    row.collect()
}
