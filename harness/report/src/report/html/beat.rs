//! One beat on the timeline of a play.

use std::fmt::Display;

use marslab_model::world::Language;
use marslab_model::{Diagnosis, Finding, Level, Outcome, Symptom};
use maud::{Markup, html};

use super::calls::{self, Calls};
use super::texts::{SLOTS, Texts, with};
use crate::report::frame::Frame;
use crate::report::paint::clean;
use crate::report::{changes, traffic};
use marslab_engine::event::{AppliedChange, BeatRecord, PlayInfo};
use marslab_engine::verdict::Beat;
use marslab_live::Step;
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
    pub(super) fn words(self, texts: Texts) -> String {
        match self {
            Self::Good => texts.as_expected(),
            Self::Odd => texts.not_as_expected(),
            Self::Absent => texts.beat_not_played(),
        }
    }
}

/// A beat that was not played.
pub(super) fn absent(beat: Beat, info: &PlayInfo, language: Language) -> Markup {
    html! {
        li.absent {
            (heading(beat, info, (Mark::Absent, language)))
            p.hint { (Texts::of(language).was_not_played()) }
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
    let (frame, texts) = (Frame::of(language), Texts::of(language));
    html! {
        li class=(mark.class()) {
            (heading(story.beat, info, (mark, language)))
            @for applied in &story.done {
                @if story.beat == Beat::Repaired { (remedy(applied, language)) } @else { (put_in(applied, language)) }
            }
            @match &story.outcome {
                Some(Outcome::Succeeded) => p { (succeeded(info, frame)) },
                Some(Outcome::Failed(symptom)) => (failed(symptom, info, language)),
                None => {},
            }
            @if let Some(step) = story.stopped_at { (stopped(step, language)) }
            @if !story.in_the_way.is_empty() { (in_the_way(&story.in_the_way, frame)) }
            @if let Some(words) = &story.complaint {
                p { (frame.customer_says()) }
                pre.console { (clean(words)) }
            }
            @if let Some(trace) = &story.trace { (calls::asked(trace, (calls, texts))) }
            @if let Some(diagnosis) = &story.diagnosis { (said(diagnosis, language)) }
            @if !story.wire.is_empty() { (wire(&story.wire, texts)) }
        }
    }
}

fn heading(beat: Beat, info: &PlayInfo, (mark, language): (Mark, Language)) -> Markup {
    let name = Frame::of(language).beat(beat, info.kind);
    html! {
        h4 { span.dot.(mark.class()) { (beat.number()) } (name) @if mark == Mark::Odd { em { (mark.words(Texts::of(language))) } } }
    }
}

fn succeeded(info: &PlayInfo, frame: Frame) -> Markup {
    let [operation, _] = SLOTS;
    let text = frame.succeeds(&operation);
    with(&text, &[&html! { code { (info.operation) } }])
}

fn stopped(step: Step, language: Language) -> Markup {
    let [name, what] = SLOTS;
    let text = Frame::of(language).stops_at(&name, &what);
    let parts = [html! { code { (step) } }, html! { (told::step(language, step)) }];
    html! { p { (with(&text, &[&parts[0], &parts[1]])) } }
}

fn in_the_way(parts: &[String], frame: Frame) -> Markup {
    html! {
        p { (frame.blocking()) }
        ul.fields { @for part in parts { li { code { (clean(part)) } } } }
    }
}

fn put_in(applied: &AppliedChange, language: Language) -> Markup {
    let summary = told::fault(language, &applied.name);
    let title = summary.map(|summary| html! { (summary) });
    html! {
        p { (named(Frame::fault, (&applied.name, title.as_ref()), language)) (stop(language)) }
        (changed(applied, language))
    }
}

fn remedy(applied: &AppliedChange, language: Language) -> Markup {
    let remedy = told::remedy(language, &applied.name);
    let title = remedy.map(|remedy| told(remedy.title, language));
    html! {
        p { (named(Frame::remedy, (&applied.name, title.as_ref()), language)) }
        @if let Some(remedy) = remedy {
            ol.steps lang=(language) { @for step in remedy.steps { li { (step) } } }
        }
        @if applied.changed.is_empty() { p.hint { (Texts::of(language).nothing_changed()) } }
        (changed(applied, language))
    }
}

/// A fault or a remedy by its name, and with its title if it has one.
fn named(
    what: fn(Frame, &dyn Display) -> String,
    (name, title): (&str, Option<&Markup>),
    language: Language,
) -> Markup {
    let [one, two] = SLOTS;
    let frame = Frame::of(language);
    let name = html! { code { (clean(name)) } };
    let name = with(&what(frame, &one), &[&name]);
    match title {
        Some(title) => with(&frame.titled(&one, &two), &[&name, title]),
        None => name,
    }
}

/// Ends a sentence.
const fn stop(language: Language) -> &'static str {
    language.pick([".", "。", ".", "。"])
}

/// What was changed; where somebody points at it, its path.
fn changed(applied: &AppliedChange, language: Language) -> Markup {
    html! {
        ul.fields {
            @for change in &applied.fields {
                li title=(clean(&change.field)) {
                    (clean(&changes::sentence(change, language)))
                    @if applied.read.contains(&change.field) { span.tag { (Texts::of(language).read_by_it()) } }
                }
            }
        }
    }
}

/// A text of the catalogue.
fn told(text: &str, language: Language) -> Markup {
    html! { span lang=(language) { (text) } }
}

fn failed(symptom: &Symptom, info: &PlayInfo, language: Language) -> Markup {
    let [operation, error] = SLOTS;
    let text = Frame::of(language).fails(&operation, &error);
    let parts = [html! { code { (info.operation) } }, html! { strong { (clean(&symptom.error)) } }];
    html! {
        p { (with(&text, &[&parts[0], &parts[1]])) }
        pre.console lang=(language) { (clean(&symptom.message)) }
    }
}

fn said(diagnosis: &Diagnosis, language: Language) -> Markup {
    let (frame, texts) = (Frame::of(language), Texts::of(language));
    let unchecked = &diagnosis.unchecked;
    let [step, because] = SLOTS;
    html! {
        @if diagnosis.findings.is_empty() { p { (frame.finds_nothing()) } }
        @for finding in &diagnosis.findings { (found(finding, language)) }
        @if !unchecked.is_empty() {
            details.more {
                summary {
                    @if unchecked.len() == 1 { (texts.one_not_checked()) }
                    @else { (texts.items_not_checked(&unchecked.len())) }
                }
                ul { @for it in unchecked { li { (clean(&it.what)) ": " (clean(&it.because)) } } }
            }
        }
        @if let Some(it) = &diagnosis.unexplained {
            @let parts = [html! { code { (clean(&it.step)) } }, html! { (clean(&it.because)) }];
            p { (with(&frame.cannot_explain(&step, &because), &[&parts[0], &parts[1]])) (stop(language)) }
        }
    }
}

fn found(finding: &Finding, language: Language) -> Markup {
    let (frame, texts) = (Frame::of(language), Texts::of(language));
    let [one, two] = SLOTS;
    let mut what = html! { strong { code { (clean(&finding.cause)) } } };
    if let Some(about) = &finding.about {
        what = with(&texts.about(&one, &two), &[&what, &html! { code { (clean(about)) } }]);
    }
    if let Some(title) = told::cause(language, &finding.cause) {
        what = with(&frame.titled(&one, &two), &[&what, &told(title, language)]);
    }
    let line = match finding.level {
        Level::Cause => texts.found(&one),
        Level::Advice => texts.advised(&one),
    };
    let remedy = finding.remedy.as_ref().map(|id| {
        let name = html! { code { (clean(id)) } };
        match told::remedy(language, id) {
            Some(it) => with(&frame.titled(&one, &two), &[&name, &told(it.title, language)]),
            None => name,
        }
    });
    html! {
        div.finding {
            p { (with(&line, &[&what])) }
            @if !finding.evidence.is_empty() {
                ul { @for line in &finding.evidence { li { (clean(line)) } } }
            }
            @if let Some(remedy) = remedy { p { (with(&frame.recommends(&one), &[&remedy])) } }
        }
    }
}

/// The network traffic, a line each: receiver, request, answer.
fn wire(lines: &[String], texts: Texts) -> Markup {
    let bad = lines.iter().filter(|line| !traffic::is_good(line)).count();
    html! {
        details.more {
            summary {
                @if lines.len() == 1 { (texts.one_line()) } @else { (texts.lines(&lines.len())) }
                @if bad > 0 { span.tag { (texts.refused(&bad)) } }
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
