//! One beat on the timeline of a play.

use marslab_model::world::Language;
use marslab_model::{Diagnosis, Finding, Level, Outcome, Symptom};
use maud::{Markup, html};

use super::calls::{self, Calls};
use super::plural;
use crate::report::paint::clean;
use crate::report::{changes, traffic};
use marslab_engine::event::{AppliedChange, BeatRecord, PlayInfo};
use marslab_engine::verdict::Beat;
use marslab_faults::faults::fault;
use marslab_live::Step;
use marslab_scenario::PlayKind;
use marslab_scenario::told;

/// The result of a beat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// As expected.
    Good,
    /// Not as expected.
    Odd,
    /// Not played.
    Absent,
}

impl Mark {
    /// The class of its marker.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Odd => "odd",
            Self::Absent => "absent",
        }
    }

    /// In words, for screen readers.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Good => "as expected",
            Self::Odd => "not as expected",
            Self::Absent => "not played",
        }
    }
}

/// A beat that was not played.
pub(super) fn absent(beat: Beat, info: &PlayInfo) -> Markup {
    html! {
        li.absent {
            (heading(beat, info, Mark::Absent))
            p.hint { "Not played." }
        }
    }
}

/// A beat that was played.
pub(super) fn played(
    story: &BeatRecord,
    info: &PlayInfo,
    mark: Mark,
    (language, calls): (Language, Calls),
) -> Markup {
    html! {
        li class=(mark.class()) {
            (heading(story.beat, info, mark))
            @for applied in &story.done {
                @if story.beat == Beat::Repaired { (remedy(applied, language)) } @else { (put_in(applied, language)) }
            }
            @match &story.outcome {
                Some(Outcome::Succeeded) => p { "The operation " code { (info.operation) } " succeeds." },
                Some(Outcome::Failed(symptom)) => (failed(symptom, info, language.tag())),
                None => {},
            }
            @if let Some(step) = story.stopped_at { (stopped(step)) }
            @if !story.in_the_way.is_empty() { (in_the_way(&story.in_the_way)) }
            @if let Some(words) = &story.complaint {
                p { "The customer says:" }
                pre.console { (clean(words)) }
            }
            @if let Some(trace) = &story.trace { (calls::asked(trace, calls)) }
            @if let Some(diagnosis) = &story.diagnosis { (said(diagnosis, language)) }
            @if !story.wire.is_empty() { (wire(&story.wire)) }
        }
    }
}

fn heading(beat: Beat, info: &PlayInfo, mark: Mark) -> Markup {
    let name = match (beat, info.kind) {
        // Nothing breaks in a check or a control.
        (Beat::Broken, PlayKind::Check | PlayKind::Control) => "changed",
        _ => beat.name(),
    };
    html! {
        h4 { span.dot.(mark.class()) { (beat.number()) } (name) @if mark == Mark::Odd { em { (mark.words()) } } }
    }
}

fn stopped(step: Step) -> Markup {
    html! {
        p { "It stops at the step " code { (step) } ": " (step.documentation()) }
    }
}

fn in_the_way(parts: &[String]) -> Markup {
    html! {
        p { "Blocking (without it, the operation would have gone differently):" }
        ul.fields { @for part in parts { li { code { (clean(part)) } } } }
    }
}

fn put_in(applied: &AppliedChange, language: Language) -> Markup {
    let summary = fault(&applied.name).map_or("", |kind| kind.summary);
    html! {
        p { "Fault " code { (clean(&applied.name)) } @if !summary.is_empty() { ": " (summary) } "." }
        (changed(applied, language))
    }
}

fn remedy(applied: &AppliedChange, language: Language) -> Markup {
    let remedy = told::remedy(language, &applied.name);
    html! {
        p { "Remedy " code { (clean(&applied.name)) } @if let Some(remedy) = remedy { ": " (told(remedy.title, language)) } }
        @if let Some(remedy) = remedy {
            ol.steps lang=(language) { @for step in remedy.steps { li { (step) } } }
        }
        @if applied.changed.is_empty() { p.hint { "Nothing changed." } }
        (changed(applied, language))
    }
}

/// What was changed; where somebody points at it, its path.
fn changed(applied: &AppliedChange, language: Language) -> Markup {
    html! {
        ul.fields lang=[(language != Language::English).then_some(language)] {
            @for change in &applied.fields {
                li title=(clean(&change.field)) {
                    (clean(&changes::sentence(change, language)))
                    @if applied.read.contains(&change.field) { span.tag { "read by the operation" } }
                }
            }
        }
    }
}

/// A text of the catalogue.
fn told(text: &str, language: Language) -> Markup {
    html! { span lang=(language) { (text) } }
}

fn failed(symptom: &Symptom, info: &PlayInfo, lang: &str) -> Markup {
    html! {
        p { "The operation " code { (info.operation) } " fails with error " strong { (clean(&symptom.error)) } "." }
        pre.console lang=(lang) { (clean(&symptom.message)) }
    }
}

fn said(diagnosis: &Diagnosis, language: Language) -> Markup {
    let unchecked = &diagnosis.unchecked;
    html! {
        @if diagnosis.findings.is_empty() { p { "The subject finds nothing." } }
        @for finding in &diagnosis.findings { (found(finding, language)) }
        @if !unchecked.is_empty() {
            details.more {
                summary { (plural(unchecked.len(), "item", "items")) " not checked" }
                ul { @for it in unchecked { li { (clean(&it.what)) ": " (clean(&it.because)) } } }
            }
        }
        @if let Some(it) = &diagnosis.unexplained {
            p { "The subject cannot explain a failure at " code { (clean(&it.step)) } ": " (clean(&it.because)) "." }
        }
    }
}

fn found(finding: &Finding, language: Language) -> Markup {
    let title = told::cause(language, &finding.cause);
    let remedy = finding.remedy.as_ref();
    let remedy = remedy.map(|id| (id, told::remedy(language, id)));
    html! {
        div.finding {
            p {
                @match finding.level { Level::Cause => "Found ", Level::Advice => "Advised: " }
                strong { code { (clean(&finding.cause)) } }
                @if let Some(about) = &finding.about { " about " code { (clean(about)) } }
                @if let Some(title) = title { ": " (told(title, language)) }
            }
            @if !finding.evidence.is_empty() {
                ul { @for line in &finding.evidence { li { (clean(line)) } } }
            }
            @if let Some((id, text)) = remedy {
                p {
                    "Recommended remedy: " code { (clean(id)) }
                    @if let Some(text) = text { ": " (told(text.title, language)) }
                }
            }
        }
    }
}

/// The network traffic, a line each: receiver, request, answer.
fn wire(lines: &[String]) -> Markup {
    let bad = lines.iter().filter(|line| !traffic::is_good(line)).count();
    html! {
        details.more {
            summary {
                (plural(lines.len(), "line", "lines")) " of network traffic"
                @if bad > 0 { span.tag { (bad) " refused or failed" } }
            }
            table.wire { @for line in lines { (said_line(line)) } }
        }
    }
}

fn said_line(line: &str) -> Markup {
    let (to, what, answer) = traffic::parts(line);
    let class = (!traffic::is_good(line)).then_some("bad");
    html! { tr class=[class] { td { (clean(to)) } td { (clean(what)) } td { (clean(answer)) } } }
}
