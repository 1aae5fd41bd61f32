//! What the subject asked in a beat, behind a line that opens.

use marslab_actions::problem::shorten;
use marslab_engine::trace::{Trace, TracedCall};
use marslab_model::host::Answer;
use maud::{Markup, html};

use super::texts::{SLOTS, Texts, with};
use crate::report::PLAYS_LISTED_MAX;
use crate::report::explain::calls_by_name;
use crate::report::paint::clean;

/// How much is shown of the calls of a play.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Calls {
    /// Each call, as far as the summary has kept them.
    Listed,
    /// How often each was made.
    Counted,
}

impl Calls {
    /// Of a play at this place among those whose calls are kept, on a page of so many plays.
    pub(super) const fn of(plays: usize, place: usize) -> Self {
        if plays <= PLAYS_LISTED_MAX || place < PLAYS_LISTED_MAX {
            Self::Listed
        } else {
            Self::Counted
        }
    }
}

/// The calls of a beat.
pub(super) fn asked(trace: &Trace, (calls, texts): (Calls, Texts)) -> Markup {
    let listed = if calls == Calls::Listed { trace.calls.as_slice() } else { &[] };
    let more = trace.count.saturating_sub(listed.len());
    html! {
        details.more {
            summary { @if trace.count == 1 { (texts.one_call()) } @else { (texts.calls(&trace.count)) } }
            @if trace.has_folder { p { (texts.got_the_folder()) } }
            p { (calls_by_name(trace).join(", ")) }
            @if !listed.is_empty() { table.wire.calls { @for call in listed { (row(call)) } } }
            @if more > 0 {
                @let option = html! { code { "--trace FILE" } };
                p.hint {
                    @if listed.is_empty() { (with(&texts.not_listed(&SLOTS[0]), &[&option])) }
                    @else { (with(&texts.and_more(&more, &SLOTS[0]), &[&option])) }
                }
            }
        }
    }
}

fn row(traced: &TracedCall) -> Markup {
    let call = traced.call.to_string();
    let (name, arguments) = call.split_once(' ').unwrap_or((&call, ""));
    html! {
        tr {
            td { (name) }
            td { (shorten(&clean(arguments), ARGUMENTS_CHARS)) }
            td { (shorten(&clean(&found(&traced.answer)), ANSWER_CHARS)) }
            td { (traced.at.strftime("%F %T")) }
        }
    }
}

/// What a call found, as JSON, or the error with which Windows refused it.
fn found(answer: &Answer) -> String {
    match answer.error() {
        Some(error) => format!("refused: {}", error.code()),
        None => answer.value().unwrap_or_default().to_string(),
    }
}

/// Most arguments are shorter.
const ARGUMENTS_CHARS: usize = 160;

/// Two lines of a table.
const ANSWER_CHARS: usize = 120;

#[cfg(test)]
mod tests;
