//! `marslab list`.

use std::io::Write;
use std::slice;

use marslab::action_spec::ActionSpec;
use marslab::catalogue::{Article, Catalogue};
use marslab::corpus::corpus;
use marslab::faults::FAULTS;
use marslab::lesson::{Lesson, lessons};
use marslab::remedies;
use marslab::settings::SETTINGS;
use marslab_model::Operation;

use crate::args::Listed;
use crate::error::CliError;
use crate::names::{Suggestion, selects};
use crate::table::write_rows;

/// Writes a line for each item that the filter selects: its name first, its summary last.
pub(super) fn run(out: &mut dyn Write, what: Listed, filter: &str) -> Result<(), CliError> {
    let catalogue = Catalogue::known();
    let list = List { what, filter };
    match what {
        Listed::Scenarios => list.write(out, scenarios()),
        Listed::Failures => list.write(out, failures(catalogue)),
        Listed::Faults => list.write(out, kinds(FAULTS)),
        Listed::Settings => list.write(out, kinds(SETTINGS)),
        Listed::Remedies => list.write(out, remedies(catalogue)),
        Listed::Causes => {
            let row = |it: &marslab::catalogue::Cause| [it.id.to_string(), it.title.clone()];
            list.write(out, catalogue.causes.values().map(row).collect())
        }
        Listed::Areas => {
            let row = |it: &marslab::catalogue::Area| [it.id.to_string(), it.title.clone()];
            list.write(out, catalogue.areas.values().map(row).collect())
        }
        Listed::Operations => {
            let row = |it: Operation| [it.name().to_owned(), it.summary().to_owned()];
            list.write(out, Operation::ALL.map(row).to_vec())
        }
        Listed::Lessons => {
            let row = |it: &Lesson| [it.name.clone(), it.title.en.clone()];
            list.write(out, lessons().iter().map(row).collect())
        }
    }
}

/// What of a list is wanted.
struct List<'a> {
    what: Listed,
    filter: &'a str,
}

impl List<'_> {
    fn write<const N: usize>(
        &self,
        out: &mut dyn Write,
        mut rows: Vec<[String; N]>,
    ) -> Result<(), CliError> {
        let name = |row: &[String; N]| row.first().cloned().unwrap_or_default();
        let names: Vec<String> = rows.iter().map(name).collect();
        rows.retain(|row| selects(self.filter, &name(row)));
        if rows.is_empty() {
            let (noun, all) = self.words();
            let names = names.iter().map(String::as_str);
            let suggestion = Suggestion::similar(self.filter, names, Suggestion::List(all));
            return Err(CliError::Unknown { noun, name: self.filter.to_owned(), suggestion });
        }
        Ok(write_rows(out, 0, &rows)?)
    }

    /// The noun for an item, and the command that lists all.
    const fn words(&self) -> (&'static str, &'static str) {
        match self.what {
            Listed::Scenarios => ("scenario", "marslab list"),
            Listed::Failures => ("failure", "marslab list failures"),
            Listed::Faults => ("fault", "marslab list faults"),
            Listed::Settings => ("setting", "marslab list settings"),
            Listed::Remedies => ("remedy", "marslab list remedies"),
            Listed::Causes => ("cause", "marslab list causes"),
            Listed::Areas => ("area", "marslab list areas"),
            Listed::Operations => ("operation", "marslab list operations"),
            Listed::Lessons => ("lesson", "marslab list lessons"),
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
