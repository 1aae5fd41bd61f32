//! The table as a page for a browser, which loads nothing from elsewhere.

use std::collections::BTreeSet;
use std::io::{self, Write};

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::{Board, COLUMNS, row, share};
use crate::report::compare::Report;
use crate::report::html::STYLE;
use crate::report::paint::clean;

/// Writes the page.
pub fn write(out: &mut dyn Write, board: &Board<'_>) -> io::Result<()> {
    out.write_all(page(board).into_string().as_bytes())?;
    writeln!(out)
}

fn page(board: &Board<'_>) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { "marslab: " (board.reports.len()) " subjects" }
                style { (PreEscaped(STYLE)) (PreEscaped(include_str!("board.css"))) }
            }
            body {
                header { h1 { "marslab" } (corpus(board)) }
                main { (results(board)) (by_area(board)) }
            }
        }
    }
}

fn corpus(board: &Board<'_>) -> Markup {
    html! {
        @if let Some(first) = board.reports.first() {
            dl.facts { div { dt { "corpus" } dd { code { (clean(&first.corpus)) } } } }
        }
    }
}

fn results(board: &Board<'_>) -> Markup {
    html! {
        section {
            h2 { "Results" }
            p.hint {
                "A finding counts for precision, recall and F1 if it names the cause and what it is about. Baselines, which do \
                 not diagnose, come first: what they reach says nothing."
            }
            div.wide {
                table.board {
                    thead { tr { @for title in COLUMNS { th scope="col" { (title) } } } }
                    tbody { @for report in &board.reports { (result(report)) } }
                }
            }
        }
    }
}

fn result(report: &Report) -> Markup {
    let [_, numbers @ ..] = row(report);
    html! {
        tr.baseline[report.is_baseline()] {
            th scope="row" { (clean(&report.subject)) }
            @for number in numbers { td { (number) } }
        }
    }
}

fn by_area(board: &Board<'_>) -> Markup {
    html! {
        section {
            h2 { "F1 by area" }
            div.wide {
                table.board {
                    thead {
                        tr {
                            th scope="col" { "area" }
                            @for report in &board.reports { th scope="col" { (clean(&report.subject)) } }
                        }
                    }
                    tbody {
                        @for area in areas(board) {
                            tr {
                                th scope="row" { (clean(area)) }
                                @for report in &board.reports {
                                    td { (share(report.scores.areas.get(area).and_then(|it| it.both.f1))) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The areas of which some subject has a score.
fn areas<'a>(board: &Board<'a>) -> BTreeSet<&'a str> {
    board.reports.iter().flat_map(|it| it.scores.areas.keys()).map(String::as_str).collect()
}
