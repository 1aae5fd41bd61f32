//! One play: a line that opens to its timeline.

use marslab_model::world::Language;
use maud::{Markup, html};

use super::beat::{self, Mark};
use super::calls::Calls;
use super::texts::{SLOTS, Texts, with};
use crate::report::paint::clean;
use crate::report::{Ending, PlayStory};
use marslab_engine::event::BeatRecord;
use marslab_engine::verdict::{Beat, Mismatch, Verdict};
use marslab_scenario::PlayKind;
use marslab_scenario::told;

/// A play in the list, at position `number`; open from the start if it is not confirmed.
pub(super) fn markup(
    (number, play): (usize, &PlayStory),
    language: Language,
    calls: Calls,
) -> Markup {
    let info = &play.info;
    let ending = play.ending.name();
    let texts = Texts::of(language);
    html! {
        details.play id=(format!("play-{number}")) data-v=(ending) data-k=(info.kind.name()) open[ending != CONFIRMED] {
            summary {
                span.verdict.(ending) { (texts.named(ending)) }
                (dots(play, texts))
                span.name { (clean(&info.label())) }
                span.title { (clean(&info.title)) }
            }
            (documented(play, language))
            (reason(&play.ending))
            @if let Some(folder) = &play.kept { p.hint { (texts.kept_in()) code { (clean(&folder.display().to_string())) } } }
            ol.beats {
                @for story in &play.beats { (beat::played(story, info, mark(play, story), (language, calls))) }
                @for beat in missing(play) { (beat::absent(beat, info, language)) }
            }
        }
    }
}

/// The beats as small dots.
fn dots(play: &PlayStory, texts: Texts) -> Markup {
    let absent = missing(play);
    let played = play.beats.iter().map(|story| (story.beat, mark(play, story)));
    let marks: Vec<(Beat, Mark)> =
        played.chain(absent.into_iter().map(|beat| (beat, Mark::Absent))).collect();
    let odd = marks.iter().find(|(_, mark)| *mark == Mark::Odd);
    let words = match odd {
        Some((beat, mark)) => format!("{beat} {}", mark.words(texts)),
        None => texts.beats(&marks.len()),
    };
    html! {
        span.dots role="img" aria-label=(words) title=(words) { @for (_, mark) in &marks { i class=(mark.class()) {} } }
    }
}

/// The result of a beat: as expected, unless the play ended there.
fn mark(play: &PlayStory, story: &BeatRecord) -> Mark {
    let is_last = play.beats.last().is_some_and(|last| std::ptr::eq(last, story));
    match &play.ending {
        Ending::Verdict(Verdict::Mismatch(mismatch)) if mismatch.beat == story.beat && is_last => {
            Mark::Odd
        }
        _ => Mark::Good,
    }
}

/// The beats that were not played.
fn missing(play: &PlayStory) -> Vec<Beat> {
    let all: &[Beat] = match play.info.kind {
        PlayKind::Control => &[Beat::Healthy, Beat::Broken, Beat::Diagnosed],
        PlayKind::Failure | PlayKind::Step | PlayKind::Check | PlayKind::Compound => {
            &[Beat::Healthy, Beat::Broken, Beat::Diagnosed, Beat::Repaired, Beat::HealthyAgain]
        }
    };
    let last = play.beats.iter().map(|story| story.beat).max();
    all.iter().copied().filter(|beat| last.is_none_or(|last| *beat > last)).collect()
}

fn documented(play: &PlayStory, language: Language) -> Markup {
    let (info, texts) = (&play.info, Texts::of(language));
    let row = info.failure.as_ref();
    let row = row.and_then(|id| Some((id, told::failure(language, id)?)));
    let kind = match info.kind {
        PlayKind::Failure => String::new(),
        PlayKind::Check => texts.a_check(),
        PlayKind::Step => texts.a_step(),
        PlayKind::Control => texts.a_control(),
        PlayKind::Compound => texts.a_compound(),
    };
    html! {
        p.about {
            @if let Some((id, problem)) = row {
                @let parts = [&info.article, id].map(|it| html! { code { (clean(it)) } });
                (with(&texts.documented(&SLOTS[0], &SLOTS[1]), &[&parts[0], &parts[1]]))
                span lang=(language) { (problem) } " "
            }
            (kind)
        }
    }
}

/// Why a play is not confirmed, in a few words.
pub(super) fn in_short(ending: &Ending) -> String {
    match ending {
        Ending::Verdict(Verdict::Confirmed) => String::new(),
        Ending::Verdict(Verdict::Mismatch(it)) => format!("{} in {}", it.kind.name(), it.beat),
        Ending::Verdict(Verdict::Inconclusive { reason }) => {
            format!("proves nothing: {reason}")
        }
        Ending::LabFailed(_) | Ending::NotPlayable(_) => "no verdict on the subject".to_owned(),
        Ending::Open => "not finished".to_owned(),
    }
}

/// Why a play is not confirmed.
fn reason(ending: &Ending) -> Markup {
    match ending {
        Ending::Verdict(Verdict::Confirmed) => html! {},
        Ending::Verdict(Verdict::Mismatch(mismatch)) => compared(mismatch),
        Ending::Verdict(Verdict::Inconclusive { reason }) => {
            html! { div.reason.unsure { p { "This proves nothing: " (clean(&reason.to_string())) "." } } }
        }
        Ending::LabFailed(error) | Ending::NotPlayable(error) => {
            html! { div.reason { p { "No verdict on the subject: " (clean(error)) "." } } }
        }
        Ending::Open => html! { div.reason { p { "The play has not finished." } } },
    }
}

fn compared(mismatch: &Mismatch) -> Markup {
    html! {
        div.reason {
            p { strong { (mismatch.kind.name()) } " in " (mismatch.beat) }
            dl {
                dt { "expected" } dd { (clean(&mismatch.expected)) }
                dt { "seen" } dd { (clean(&mismatch.seen)) }
                @if let Some(nearest) = &mismatch.nearest { dt { "nearest" } dd { (clean(nearest)) } }
                @if let Some(stderr) = &mismatch.stderr { dt { "standard error" } dd { (clean(stderr)) } }
            }
        }
    }
}

const CONFIRMED: &str = Verdict::Confirmed.name();
