//! The HTML report: one self-contained page that needs neither network nor scripts.
//!
//! | module | what lives there |
//! | --- | --- |
//! | `play`, `beat`, `calls` | a play, its time line, and what the subject asked |
//! | `matrix` | expected against found |
//! | `texts` | what the page says, in four languages |
//!
//! Texts of scenario files and subjects are escaped by `maud`. The page's content security policy allows nothing but its
//! own style and script. Filters and timelines work without the script, which adds a search box.

mod beat;
mod calls;
mod matrix;
mod play;
mod texts;

use std::io::{self, Write};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use marslab_model::world::Language;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use ring::digest::{SHA256, digest};

use super::frame::Frame;
use super::paint::clean;
use super::{Counts, Ending, PLAYS_LISTED_MAX, PlayStory, Summary};
use calls::Calls;
use marslab_engine::verdict::Verdict;
use marslab_scenario::PlayKind;
use marslab_scenario::catalogue::Catalogue;
use marslab_scenario::told;
use matrix::Matrix;
use texts::Texts;

/// Writes the page.
pub fn write(out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
    let page = page(summary);
    out.write_all(page.into_string().as_bytes())?;
    writeln!(out)
}

fn page(summary: &Summary) -> Markup {
    let counts = summary.counts();
    let language = language(summary);
    let texts = Texts::of(language);
    html! {
        (DOCTYPE)
        html lang=(language) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy());
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (texts.title(&counts.confirmed, &counts.total())) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header { h1 { "marslab" } (facts(summary, texts)) (verdicts(counts, texts)) }
                main {
                    (filters(summary, counts, texts))
                    (not_confirmed(summary))
                    (Matrix::of(summary).markup(texts))
                    (sections(summary))
                }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
}

/// The content security policy: the page may load nothing but its own parts.
fn policy() -> String {
    let script = STANDARD.encode(digest(&SHA256, SCRIPT.as_bytes()));
    format!("default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{script}'")
}

fn facts(summary: &Summary, texts: Texts) -> Markup {
    let Some(run) = summary.run() else { return html! {} };
    let begun = summary.measured().map(|measured| measured.begun.replace(['T', 'Z'], " "));
    html! {
        dl.facts {
            @if let Some(begun) = begun { div { dt { (texts.date()) } dd { (begun.trim()) " UTC" } } }
            div { dt { (texts.version()) } dd { (env!("CARGO_PKG_VERSION")) } }
            div { dt { (texts.subject()) } dd { code { (clean(&run.subject)) } } }
            div { dt { (texts.isolation()) } dd { (run.isolation.name()) @if run.is_served { (texts.served()) } } }
            div { dt { (texts.fidelity()) } dd { (run.fidelity.name()) } }
            div { dt { (texts.seed()) } dd { (run.seed) } }
            div { dt { (texts.language()) } dd { (run.language) } }
            @if summary.is_interrupted() {
                div { dt { (texts.interrupted()) } dd { (texts.not_played(&summary.unplayed())) } }
            }
            @if let Some(command) = summary.command() {
                div { dt { (texts.command()) } dd { code { (clean(command)) } } }
            }
        }
    }
}

/// The counts, as numbers and as a bar.
fn verdicts(counts: Counts, texts: Texts) -> Markup {
    let list = endings(counts);
    html! {
        ul.counts {
            @for (name, count) in list {
                @if count > 0 || name == "confirmed" || name == "mismatch" {
                    li class=(name) { strong { (count) } " " (texts.named(name)) }
                }
            }
        }
        div.bar aria-hidden="true" {
            @for (name, count) in list { @if count > 0 { i class=(name) style=(format!("flex-grow:{count}")) {} } }
        }
    }
}

const fn endings(counts: Counts) -> [(&'static str, usize); 5] {
    [
        ("confirmed", counts.confirmed),
        ("mismatch", counts.mismatch),
        ("inconclusive", counts.inconclusive),
        ("lab-failed", counts.lab_failed),
        ("not-playable", counts.not_playable),
    ]
}

/// The filters. The style sheet hides what is not selected, so that no script is needed.
fn filters(summary: &Summary, counts: Counts, texts: Texts) -> Markup {
    let kinds =
        [PlayKind::Failure, PlayKind::Check, PlayKind::Step, PlayKind::Control, PlayKind::Compound];
    let plays = summary.plays();
    let of_kind = |kind| plays.iter().filter(|play| play.info.kind == kind).count();
    html! {
        form.filters {
            fieldset {
                legend { (texts.verdict()) }
                (choice(("v", "all"), counts.total(), texts))
                @for (name, count) in endings(counts) { @if count > 0 { (choice(("v", name), count, texts)) } }
            }
            fieldset {
                legend { (texts.kind()) }
                (choice(("k", "all"), plays.len(), texts))
                @for kind in kinds { @if of_kind(kind) > 0 { (choice(("k", kind.name()), of_kind(kind), texts)) } }
            }
            fieldset.search hidden {
                legend { (texts.search()) }
                input type="search" id="search" placeholder=(texts.name_or_title()) aria-label=(texts.search_by());
                button type="button" id="open" { (texts.open_all()) }
                button type="button" id="close" { (texts.close_all()) }
            }
        }
    }
}

fn choice((group, name): (&str, &str), count: usize, texts: Texts) -> Markup {
    let id = format!("{group}-{name}");
    html! {
        input type="radio" name=(group) id=(id) checked[name == "all"];
        label for=(id) { (texts.named(name)) " " span.hint { (count) } }
    }
}

/// The plays to look at first.
fn not_confirmed(summary: &Summary) -> Markup {
    let plays = summary.plays();
    let odd: Vec<_> = plays.iter().enumerate().filter(|(_, play)| is_odd(play)).collect();
    let language = language(summary);
    let texts = Texts::of(language);
    html! {
        @if !odd.is_empty() {
            section.first {
                h2 { (texts.not_confirmed()) " " span.hint { (odd.len()) } }
                ul {
                    @for (number, play) in &odd {
                        li {
                            span.verdict.(play.ending.name()) { (texts.named(play.ending.name())) }
                            " " a.name href=(format!("#play-{number}")) { (clean(&play.info.label())) }
                            " " span.title { (clean(&play::in_short(&play.ending))) }
                        }
                    }
                }
                @for (place, (number, play)) in odd.iter().enumerate() {
                    (play::markup((*number, play), language, Calls::of(plays.len(), place)))
                }
            }
        }
    }
}

fn is_odd(play: &PlayStory) -> bool {
    play.ending != Ending::Verdict(Verdict::Confirmed)
}

/// The plays that are confirmed, by section of the articles; compounds and controls come last.
fn sections(summary: &Summary) -> Markup {
    let (plays, language) = (summary.plays(), language(summary));
    let mut sections: Vec<&str> = Vec::new();
    for row in Catalogue::known().failures_in_order() {
        sections.extend(Some(row.section.as_str()).filter(|id| !sections.contains(id)));
    }
    sections.extend([COMPOUNDS, CONTROLS]);
    // All others come first on the page.
    let confirmed = plays.iter().enumerate().filter(|(_, play)| !is_odd(play));
    let confirmed: Vec<_> = confirmed.collect();
    html! {
        @for section in sections {
            @let of_section: Vec<_> = confirmed.iter().filter(|(_, play)| section_of(play) == section).collect();
            @if !of_section.is_empty() {
                section {
                    h2 {
                        span lang=(language) { (heading(section, language)) }
                        " " span.hint { (of_section.len()) }
                    }
                    @for (number, play) in of_section {
                        (play::markup((*number, play), language, Calls::of(plays.len(), PLAYS_LISTED_MAX)))
                    }
                }
            }
        }
    }
}

/// What a section is called, or what stands for one.
fn heading(section: &str, language: Language) -> String {
    match section {
        COMPOUNDS => Frame::of(language).compounds(),
        CONTROLS => Frame::of(language).controls(),
        id => told::section(language, id).unwrap_or(id).to_owned(),
    }
}

/// The id of the section in which a play is documented, or the heading under which it stands.
fn section_of(play: &PlayStory) -> &'static str {
    let row = play.info.failure.as_ref().and_then(|id| Catalogue::known().failure(id));
    let none = if play.info.kind == PlayKind::Compound { COMPOUNDS } else { CONTROLS };
    row.map_or(none, |row| row.section.as_str())
}

/// The language of the machines, in which the page tells the catalogue's texts.
fn language(summary: &Summary) -> Language {
    summary.run().map_or(Language::English, |run| run.language)
}

const COMPOUNDS: &str = "compounds";

const CONTROLS: &str = "controls";

pub(super) const STYLE: &str = include_str!("html/style.css");
const SCRIPT: &str = include_str!("html/script.js");

#[cfg(test)]
mod tests;
