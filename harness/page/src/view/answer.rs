//! The answer, which is hidden until somebody wants it: the scenario, its faults and remedies.

use marslab_model::world::Language;
use marslab_report::report::changes::{self, Paths};
use marslab_scenario::scenario::Play;
use marslab_scenario::told;
use marslab_session::session::{Done, Session};
use maud::{Markup, html};

use super::base::View;

/// Whether the answer is shown, and what was done with it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Answer {
    /// Whether it is shown.
    pub(crate) revealed: bool,
    /// What the last fault or remedy changed, or why it could not be done.
    pub(crate) done: Option<Result<Vec<Done>, String>>,
}

/// What is broken and what cures it, or the button that shows it.
pub(super) async fn markup(view: &View<'_>, session: &Session, answer: &Answer) -> Markup {
    let texts = view.texts;
    html! {
        section #answer .card.answer aria-labelledby="answer-h" {
            h2 #answer-h { (texts.answer) }
            @if answer.revealed {
                (button(view, "/hide", texts.hide))
                (revealed(view, session, answer).await)
            } @else {
                p.empty { (texts.answer_hidden) }
                (button(view, "/reveal", texts.reveal))
            }
        }
    }
}

/// What is wrong: as the scenario says, and in the page's language where only the catalogue is translated.
pub(super) fn title(play: &Play, language: Language) -> &str {
    let failure = play.failure.as_ref().filter(|_| language != Language::English);
    failure.and_then(|id| told::failure(language, id.as_str())).unwrap_or(&play.title)
}

async fn revealed(view: &View<'_>, session: &Session, answer: &Answer) -> Markup {
    let (texts, play) = (view.texts, session.play());
    let (faults, done) = (session.faults().await, session.remedies().await);
    html! {
        dl {
            dt { (texts.scenario) }
            dd { (title(play, view.shown.language)) " (" code { (play.name) } ")" }
            dt { (texts.faults) }
            dd {
                @if faults.is_empty() { (texts.no_faults) }
                @for (number, name) in &faults {
                    form.inline method="post" action="/revert" {
                        (view.back())
                        code { (name) } " "
                        button name="number" value=(number) { (texts.revert) }
                    }
                }
            }
            dt { (texts.remedies) }
            dd {
                ol {
                    @for (index, cure) in play.cures.iter().enumerate() {
                        li {
                            @if let Some(text) = told::remedy(view.shown.language, cure.remedy.name) {
                                (text.title) " "
                            }
                            code { (cure.remedy.name) }
                            @if index < done.len() { " – " (texts.carried_out) }
                        }
                    }
                }
            }
        }
        div.buttons {
            (button(view, "/repair", texts.repair))
            (button(view, "/break", texts.break_again))
        }
        @if let Some(done) = &answer.done { (what_was_done(view, done)) }
    }
}

fn what_was_done(view: &View<'_>, done: &Result<Vec<Done>, String>) -> Markup {
    html! {
        div role="status" {
            @match done {
                Err(error) => p.outcome.bad { (error) },
                Ok(done) => {
                    h3 { (view.texts.changed) }
                    ul.changes {
                        @for sentence in in_words(done, view.shown.language).iter().take(CHANGES_SHOWN) {
                            li { (sentence) }
                        }
                    }
                }
            }
        }
    }
}

/// What was changed, in words.
fn in_words(done: &[Done], language: Language) -> Vec<String> {
    let fields: Vec<_> = done.iter().flat_map(|it| it.fields.clone()).collect();
    changes::list(&fields, Paths::LeftOut, language)
}

fn button(view: &View<'_>, action: &str, text: &str) -> Markup {
    html! {
        form.inline method="post" action=(action) { (view.back()) button { (text) } }
    }
}

/// A restart changes some dozens of fields.
const CHANGES_SHOWN: usize = 50;
