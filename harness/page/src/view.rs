//! The page: everything on it, made on the server.

use marslab_model::host::System as _;
use marslab_model::world::Language;
use marslab_session::session::Session;
use maud::{DOCTYPE, Markup, html};

use crate::picture::Picture;
use crate::texts::{LANGUAGES, Texts};
use crate::traffic::is_said;

mod agent;
mod answer;
mod base;
pub(crate) mod class;
mod debrief;
mod events;
mod files;
mod machine;
mod pane;
mod prompt;
mod proxies;
mod query;
mod registry;
mod services;
mod tasks;
mod traffic;
pub(crate) mod training;
mod volumes;

pub(crate) use answer::Answer;
pub(crate) use base::{OpenPane, View};
pub(crate) use query::{Query, TRAINEE};

/// What is around each page.
struct Frame<'a> {
    language: Language,
    /// What the browser calls it.
    tab: &'a str,
    /// Its heading.
    title: &'a str,
    /// What time it is at the server.
    clock: Option<String>,
    /// Where its own forms lead back to.
    back: String,
    /// What the page is about: with another one, all of it is another.
    stage: &'a str,
}

/// The page of a session.
pub(crate) async fn session(view: &View<'_>, session: &Session, answer: &Answer) -> Markup {
    let last = session.last_operation().await;
    let title = if answer.revealed {
        answer::title(session.play(), view.shown.language)
    } else {
        view.texts.hidden_title
    };
    view.frame(title, "session").markup(&html! {
        (view.network())
        (agent::markup(view, session.play().operation, last.as_ref()))
        (prompt::markup(view))
        (machine::markup(view))
        (answer::markup(view, session, answer).await)
    })
}

impl Frame<'_> {
    fn markup(&self, main: &Markup) -> Markup {
        let texts = Texts::of(self.language);
        html! {
            (DOCTYPE)
            html lang=(self.language) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (self.tab) " · marslab" }
                    link rel="icon" href="/icon.svg" type="image/svg+xml";
                    link rel="stylesheet" href="/page.css";
                    script src="/page.js" defer {}
                }
                body data-stage=(self.stage) {
                    // Only where there is a server is there its prompt.
                    @if self.clock.is_some() { a.skip href="#line" { (texts.skip) } }
                    (self.header(texts))
                    p #offline role="status" hidden { (texts.offline) }
                    main { (main) }
                }
            }
        }
    }

    fn header(&self, texts: &Texts) -> Markup {
        html! {
            header {
                p.brand { "marslab" }
                h1 #title { (self.title) }
                @if let Some(clock) = &self.clock {
                    p.clock {
                        span { (texts.server_time) " " }
                        time #clock { (clock) }
                    }
                }
                form.languages method="post" action="/language" aria-label=(texts.page_language) {
                    input type="hidden" name="back" value=(self.back);
                    @for (language, name) in LANGUAGES {
                        @let current = (language == self.language).then_some("true");
                        button name="language" value=(language) lang=(language) aria-pressed=[current] { (name) }
                    }
                }
            }
        }
    }
}

impl View<'_> {
    /// The frame of a page that shows this.
    fn frame<'a>(&'a self, title: &'a str, stage: &'a str) -> Frame<'a> {
        let clock = Some(self.time(self.live.host().now()));
        let (language, tab) = (self.shown.language, self.live.machine_name().as_str());
        Frame { language, tab, title, clock, back: self.address(), stage }
    }

    fn network(&self) -> Markup {
        let journal = self.journal;
        let count = *journal.count().borrow();
        let (_, last) = journal.after(count.saturating_sub(LAST_ENTRIES), usize::MAX);
        let last = last.iter().rfind(|it| is_said(it));
        let machine = self.live.machine_name().as_str();
        let picture = self.live.snapshot().ok().map(|it| Picture::of(&it, machine, last));
        html! {
            section.card.network aria-labelledby="network-h" {
                h2 #network-h { (self.texts.network) }
                div #picture {
                    @if let Some(picture) = picture { (picture.markup(self.texts)) }
                }
            }
        }
    }
}

/// So far back the last exchange is looked for.
const LAST_ENTRIES: u64 = 50;
