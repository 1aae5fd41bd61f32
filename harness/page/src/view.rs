//! The page: everything on it, made on the server.

use marslab_model::host::System as _;
use maud::{DOCTYPE, Markup, html};

use crate::picture::Picture;
use crate::texts::{LANGUAGES, Texts};
use crate::traffic::is_said;
use crate::visit::Visit;

mod agent;
mod answer;
mod base;
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
mod volumes;

use base::View;
pub(crate) use query::Query;

/// The page of a visit.
pub(crate) async fn page(visit: &Visit, query: &Query) -> Markup {
    let shown = visit.shown();
    let session = visit.session();
    let texts = Texts::of(shown.language);
    let (live, who) = (session.live(), session.administrator());
    let last = session.last_operation().await;
    let view = View { texts, live, who, query, shown: &shown };
    let title = if shown.revealed {
        answer::title(session.play(), shown.language)
    } else {
        texts.hidden_title
    };
    html! {
        (DOCTYPE)
        html lang=(shown.language) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (live.machine_name()) " · marslab" }
                link rel="icon" href="/icon.svg" type="image/svg+xml";
                link rel="stylesheet" href="/page.css";
                script src="/page.js" defer {}
            }
            body {
                a.skip href="#line" { (texts.skip) }
                (view.header(title))
                p #offline role="status" hidden { (texts.offline) }
                main {
                    (view.network())
                    (agent::markup(&view, session.play().operation, last.as_ref()))
                    (prompt::markup(&view))
                    (machine::markup(&view))
                    (answer::markup(&view, session).await)
                }
            }
        }
    }
}

impl View<'_> {
    fn header(&self, title: &str) -> Markup {
        let texts = self.texts;
        html! {
            header {
                p.brand { "marslab" }
                h1 #title { (title) }
                p.clock {
                    span { (texts.server_time) " " }
                    time #clock { (self.time(self.live.host().now())) }
                }
                form.languages method="post" action="/language" aria-label=(texts.page_language) {
                    (self.back())
                    @for (language, name) in LANGUAGES {
                        @let current = (language == self.shown.language).then_some("true");
                        button name="language" value=(language) lang=(language) aria-pressed=[current] { (name) }
                    }
                }
            }
        }
    }

    fn network(&self) -> Markup {
        let journal = self.live.journal();
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
