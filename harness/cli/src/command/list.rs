//! `marslab list`.

use std::io::Write;
use std::slice;

use marslab::action_spec::ActionSpec;
use marslab::catalogue::{AreaId, Article, Catalogue, CauseId};
use marslab::corpus::corpus;
use marslab::faults::FAULTS;
use marslab::lesson::{Lesson, lessons};
use marslab::remedies;
use marslab::settings::SETTINGS;
use marslab::told;
use marslab_model::Operation;
use marslab_model::world::Language;

use crate::args::Listed;
use crate::error::CliError;
use crate::names::{Suggestion, selects};
use crate::table::{columns, write_within};

/// Writes a line for each item that the filter selects: its name first, its summary last.
pub(super) fn run(
    out: &mut dyn Write,
    what: Listed,
    filter: &str,
    language: Language,
) -> Result<(), CliError> {
    let catalogue = Catalogue::known();
    let list = List { what, filter };
    match what {
        Listed::Scenarios => list.write(out, ["SCENARIO", "KIND", "TITLE"], scenarios()),
        Listed::Failures => {
            list.write(out, ["FAILURE", "KIND", "PROBLEM"], failures(catalogue, language))
        }
        Listed::Faults => list.write(out, ["FAULT", "WHAT IT IS"], kinds(FAULTS)),
        Listed::Settings => list.write(out, ["SETTING", "WHAT IT IS"], kinds(SETTINGS)),
        Listed::Remedies => {
            list.write(out, ["REMEDY", "IN THE LAB", "TITLE"], remedies(catalogue, language))
        }
        Listed::Causes => {
            let title = |id: &str| told::cause(language, id).unwrap_or_default().to_owned();
            let row = |it: &CauseId| [it.to_string(), title(it.as_str())];
            list.write(out, ["CAUSE", "TITLE"], catalogue.causes.keys().map(row).collect())
        }
        Listed::Areas => {
            let title = |id: &str| told::area(language, id).unwrap_or_default().to_owned();
            let row = |it: &AreaId| [it.to_string(), title(it.as_str())];
            list.write(out, ["AREA", "WHAT IS THERE"], catalogue.areas.keys().map(row).collect())
        }
        Listed::Operations => {
            let row = |it: Operation| [it.name().to_owned(), it.summary().to_owned()];
            list.write(out, ["OPERATION", "WHAT IT IS"], Operation::ALL.map(row).to_vec())
        }
        Listed::Lessons => {
            let row = |it: &Lesson| [it.name.clone(), it.title.in_language(language).to_owned()];
            list.write(out, ["LESSON", "TITLE"], lessons().iter().map(row).collect())
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
        headings: [&str; N],
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
        let columns = columns();
        // Programs that read the list want no headings.
        if columns.is_some() {
            rows.insert(0, headings.map(str::to_owned));
        }
        Ok(write_within(out, 0, &rows, columns)?)
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
fn failures(catalogue: &Catalogue, language: Language) -> Vec<[String; 3]> {
    let row = catalogue.failures_in_order().map(|row| {
        let problem = told::failure(language, row.id.as_str()).unwrap_or_default();
        [row.id.to_string(), marked(row.kind.name(), &row.articles), problem.to_owned()]
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
fn remedies(catalogue: &Catalogue, language: Language) -> Vec<[String; 3]> {
    let row = catalogue.remedies.values().map(|remedy| {
        let is_known = remedies::remedy(remedy.id.as_str()).is_some();
        let status = if is_known { "supported" } else { "not supported" };
        let title = told::remedy(language, remedy.id.as_str()).map_or("", |text| text.title);
        [remedy.id.to_string(), status.to_owned(), title.to_owned()]
    });
    row.collect()
}
