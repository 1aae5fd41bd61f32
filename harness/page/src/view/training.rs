//! The page of a trainee: the ticket, the machine, and their work; before and after it, what they wait for and what came of it.

use std::time::Duration;

use marslab_model::{Operation, Outcome};
use marslab_training::debrief::{Debrief, Ended};
use marslab_training::lists;
use marslab_training::ticket::Ticket;
use maud::{Markup, html};

use super::base::View;
use super::{Frame, agent, debrief, prompt};
use crate::class::Debriefs;
use crate::shown::Shown;
use crate::texts::Texts;
use crate::texts::training::TrainingTexts;

pub(crate) use super::machine::markup as machine;

/// What a trainee is at.
pub(crate) struct Exercise<'a> {
    /// The trainer's words.
    pub(crate) words: Vec<&'a str>,
    pub(crate) ticket: &'a Ticket,
    pub(crate) last: Option<(Operation, Outcome)>,
    /// How much time is left, where there is a limit.
    pub(crate) left: Option<Duration>,
    /// What the last button printed.
    pub(crate) said: Option<&'a str>,
    /// How it is ended.
    pub(crate) end: &'static str,
}

/// What is shown to somebody who is at nothing.
pub(crate) enum Idle<'a> {
    /// Nothing has begun; what the trainer says first.
    Waiting { begin: Option<&'a str> },
    /// An exercise is being set up.
    Starting,
    /// It has ended, for this reason, and the answer is not shown yet.
    Ended(Ended),
    /// It has ended; what the trainer says then.
    Revealed { all: Debriefs, after: Option<&'a str> },
    /// The lab could not go on.
    Failed,
}

/// The page of somebody who is at an exercise, with what is seen of the machine.
pub(crate) fn working(view: &View<'_>, exercise: &Exercise<'_>, machine: &Markup) -> Markup {
    let Exercise { words, ticket, last, .. } = exercise;
    let texts = TrainingTexts::of(view.shown.language);
    let stage = format!("working {}", ticket.id);
    view.frame(view.texts.hidden_title, &stage).markup(&html! {
        section.card.ticket aria-labelledby="ticket-h" {
            h2 #ticket-h { (texts.ticket) }
            (says(words.iter().copied(), texts))
            p.text lang=(ticket.complaint.language) { (ticket) }
        }
        (work(view, exercise, texts))
        (view.network())
        (agent::markup(view, ticket.complaint.operation, last.as_ref()))
        (prompt::markup(view))
        (machine)
    })
}

fn says<'a>(words: impl Iterator<Item = &'a str>, texts: &TrainingTexts) -> Markup {
    html! {
        @for words in words {
            p.says { strong { (texts.trainer_says) ": " } (words) }
        }
    }
}

fn work(view: &View<'_>, exercise: &Exercise<'_>, texts: &TrainingTexts) -> Markup {
    html! {
        section.card.work aria-labelledby="work-h" {
            h2 #work-h { (texts.work) }
            @if let Some(left) = exercise.left {
                p #left { (texts.time_left) " " time data-seconds=(left.as_secs()) { (minutes(left)) } }
            }
            div.buttons {
                (button(view, "/check", texts.check))
                (button(view, "/hint", texts.hint))
                (button(view, "/end", exercise.end))
            }
            (field(view, ("/submit", "cause"), [texts.cause, texts.submit], Some("causes")))
            (field(view, ("/remedy", "remedy"), [texts.remedy, texts.carry_out], Some("remedies")))
            (field(view, ("/note", "note"), [texts.note, texts.keep], None))
            div #said role="status" {
                @if let Some(said) = exercise.said { p.text { (said) } }
            }
            (choices("causes", lists::causes(view.shown.language)))
            (choices("remedies", lists::remedies(view.shown.language)))
        }
    }
}

/// A form of one field; where there is a list, what is typed is looked for there.
fn field(
    view: &View<'_>,
    (action, name): (&str, &str),
    [label, submit]: [&str; 2],
    list: Option<&str>,
) -> Markup {
    html! {
        form.field method="post" action=(action) {
            (view.back())
            label for=(name) { (label) }
            input id=(name) name=(name) list=[list] required maxlength="400" autocomplete="off" spellcheck="false";
            button { (submit) }
        }
    }
}

/// All that can be chosen, whatever is wrong.
fn choices<'a>(id: &str, all: impl Iterator<Item = (&'a str, &'a str)>) -> Markup {
    html! {
        datalist id=(id) { @for (name, title) in all { option value=(name) { (title) } } }
    }
}

fn button(view: &View<'_>, action: &str, text: &str) -> Markup {
    html! {
        form.inline method="post" action=(action) { (view.back()) button { (text) } }
    }
}

/// The page of somebody who is at nothing. Alone, they may go on to the exercise with a number.
pub(crate) fn idle(shown: &Shown, idle: &Idle<'_>, next: Option<usize>) -> Markup {
    let (general, texts) = (Texts::of(shown.language), TrainingTexts::of(shown.language));
    let (stage, told) = match idle {
        Idle::Waiting { .. } => ("idle waiting", texts.waiting),
        Idle::Starting => ("idle starting", texts.starting),
        Idle::Ended(Ended::TimeUp) => ("idle ended", texts.time_is_up),
        Idle::Ended(_) => ("idle ended", texts.ended),
        Idle::Failed => ("idle failed", texts.failed),
        Idle::Revealed { .. } => ("idle revealed", ""),
    };
    let frame = Frame {
        language: shown.language,
        tab: texts.ticket,
        title: match idle {
            Idle::Revealed { all, .. } => &all.of(shown.language).title,
            _ => general.hidden_title,
        },
        clock: None,
        back: "/".to_owned(),
        stage,
    };
    frame.markup(&html! {
        section #idle .card aria-labelledby="title" {
            @match idle {
                Idle::Waiting { begin } => (says(begin.iter().copied(), texts)),
                Idle::Revealed { all, after } => (revealed(all.of(shown.language), *after, texts)),
                Idle::Starting | Idle::Ended(_) | Idle::Failed => {}
            }
            @if !told.is_empty() { p role="status" { (told) } }
            @if let Some(next) = next {
                form.inline method="post" action="/start" {
                    button.primary name="number" value=(next) { (texts.next) }
                }
            }
        }
        @if !shown.lines.is_empty() {
            section.card aria-labelledby="lines-h" {
                h2 #lines-h { (texts.your_lines) }
                (prompt::typed(shown))
            }
        }
    })
}

fn revealed(debrief: &Debrief, after: Option<&str>, texts: &TrainingTexts) -> Markup {
    html! {
        h2 { (texts.result) }
        (says(after.into_iter(), texts))
        (debrief::markup(debrief))
    }
}

/// Minutes and seconds.
pub(super) fn minutes(time: Duration) -> String {
    let seconds = time.as_secs();
    format!("{}:{:02}", seconds / 60, seconds % 60)
}
