//! The confusion matrix: which causes were expected, and which the subject found.

use std::collections::{BTreeMap, BTreeSet};

use marslab_model::{Diagnosis, Finding, Level};
use maud::{Markup, html};

use super::texts::{SLOTS, Texts, with};
use crate::report::paint::clean;
use crate::report::{PlayStory, Summary};
use marslab_engine::event::{BeatRecord, Expected};
use marslab_scenario::PlayKind;
use marslab_scenario::scenario::Group;

/// The counts, by what was expected and what was found. [`NOTHING`] is used for both.
#[derive(Debug, Default)]
pub(super) struct Matrix {
    /// The names of the plays.
    plays: Vec<String>,
    cells: BTreeMap<(String, String), Cell>,
}

/// What one cell counts.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Cell {
    /// How often it was as expected.
    met: usize,
    /// The numbers of the plays in which it was not, each time it was not. On the diagonal this is the right cause
    /// about the wrong thing.
    odd: Vec<usize>,
}

impl Matrix {
    /// The matrix of a run: of every beat in which the subject was asked.
    pub(super) fn of(summary: &Summary) -> Self {
        let mut matrix = Self::default();
        for (number, play) in summary.plays().into_iter().enumerate() {
            matrix.plays.push(play.info.label());
            for beat in &play.beats {
                matrix.add(number, play, beat);
            }
        }
        matrix
    }

    fn add(&mut self, play: usize, story: &PlayStory, beat: &BeatRecord) {
        let (Some(expected), Some(diagnosis)) = (&beat.expected, &beat.diagnosis) else { return };
        let level = match story.info.kind {
            PlayKind::Check => Level::Advice,
            PlayKind::Failure | PlayKind::Step | PlayKind::Control | PlayKind::Compound => {
                Level::Cause
            }
        };
        let Compared { met, missing, odd } = compare(expected, diagnosis, level);
        if met.is_empty() && missing.is_empty() && odd.is_empty() {
            self.cell(NOTHING, NOTHING).met += 1;
        }
        for cause in met {
            self.cell(cause, cause).met += 1;
        }
        let or_nothing = |list: Vec<String>| {
            if list.is_empty() { vec![NOTHING.to_owned()] } else { list }
        };
        if missing.is_empty() && odd.is_empty() {
            return;
        }
        let (rows, columns) = (or_nothing(missing), or_nothing(odd));
        for row in &rows {
            for column in &columns {
                self.cell(row, column).odd.push(play);
            }
        }
    }

    fn cell(&mut self, expected: &str, found: &str) -> &mut Cell {
        self.cells.entry((expected.to_owned(), found.to_owned())).or_default()
    }

    /// The matrix as a table, and in words what is not as expected.
    pub(super) fn markup(&self, texts: Texts) -> Markup {
        let odd: Vec<_> = self.cells.iter().filter(|(_, cell)| !cell.odd.is_empty()).collect();
        let met: usize = self.cells.values().map(|cell| cell.met).sum();
        let missed: usize = self.cells.values().map(|cell| cell.odd.len()).sum();
        html! {
            details.matrix open[missed > 0] {
                summary {
                    h2 { (texts.expected_and_found()) }
                    span.hint { @if met == 1 { (texts.one_met(&missed)) } @else { (texts.met(&met, &missed)) } }
                }
                @if !odd.is_empty() {
                    ul.odd {
                        @for ((expected, found), cell) in odd {
                            li {
                                @let causes = [expected, found].map(|it| cause(it, texts));
                                (with(&texts.expected_but_found(&SLOTS[0], &SLOTS[1]), &[&causes[0], &causes[1]]))
                                @if expected == found { (texts.about_something_else()) }
                                ": "
                                @for play in cell.odd.iter().collect::<BTreeSet<_>>() {
                                    a href=(format!("#play-{play}")) { (clean(self.plays.get(*play).map_or("", String::as_str))) } " "
                                }
                            }
                        }
                    }
                }
                p.hint { (texts.how_to_read()) }
                (self.table(texts))
            }
        }
    }

    fn table(&self, texts: Texts) -> Markup {
        let names = self.cells.keys().flat_map(|(row, column)| [row.as_str(), column.as_str()]);
        // `(nothing)` sorts before every cause.
        let names: BTreeSet<&str> = names.collect();
        html! {
            div.scroll tabindex="0" role="region" aria-label=(texts.expected_and_found()) {
                table {
                    thead {
                        tr {
                            td {}
                            @for name in &names { th scope="col" { span { (clean(name)) } } }
                        }
                    }
                    tbody {
                        @for row in &names {
                            tr {
                                th scope="row" { (clean(row)) }
                                @for column in &names { (self.data(row, column)) }
                            }
                        }
                    }
                }
            }
        }
    }

    fn data(&self, row: &str, column: &str) -> Markup {
        let Some(cell) = self.cells.get(&(row.to_owned(), column.to_owned())) else {
            return html! { td {} };
        };
        let class = if cell.odd.is_empty() { "met" } else { "miss" };
        html! { td class=(class) { (cell.met + cell.odd.len()) } }
    }
}

/// How a diagnosis compares with what was expected.
struct Compared<'a> {
    /// The causes that were expected, or allowed, and found.
    met: Vec<&'a str>,
    /// Of each group that was not met, its first cause.
    missing: Vec<String>,
    /// The causes that were neither expected nor allowed.
    odd: Vec<String>,
}

/// By the judge's rules, but to the end: the judge stops at the first difference.
fn compare<'a>(expected: &Expected, diagnosis: &'a Diagnosis, level: Level) -> Compared<'a> {
    let meets = |group: &Group, it: &Finding| {
        let is_about =
            |about: &String| it.about.as_ref().is_some_and(|seen| seen.eq_ignore_ascii_case(about));
        group.any.iter().any(|cause| cause.as_str() == it.cause)
            && group.about.as_ref().is_none_or(is_about)
    };
    let is_due = |group: &Group, it: &Finding| meets(group, it) && it.level == level;
    let findings = &diagnosis.findings;
    let (met, odd): (Vec<&Finding>, Vec<&Finding>) = findings.iter().partition(|it| {
        expected.groups.iter().any(|group| is_due(group, it))
            || expected.may.iter().any(|group| meets(group, it))
    });
    let missing =
        expected.groups.iter().filter(|group| !findings.iter().any(|it| is_due(group, it)));
    let first = |group: &Group| group.any.first().map(|cause| cause.as_str().to_owned());
    Compared {
        met: met.into_iter().map(|it| it.cause.as_str()).collect(),
        missing: missing.filter_map(first).collect(),
        odd: odd.into_iter().map(|it| it.cause.clone()).collect(),
    }
}

fn cause(name: &str, texts: Texts) -> Markup {
    html! { @if name == NOTHING { (texts.nothing()) } @else { code { (clean(name)) } } }
}

const NOTHING: &str = "(nothing)";

#[cfg(test)]
mod tests;
