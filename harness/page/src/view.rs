//! The page: everything on it, made on the server.

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use marslab_live::Live;
use marslab_model::host::{Account, System as _};
use marslab_model::world::Machine;
use maud::{DOCTYPE, Markup, html};

use crate::picture::Picture;
use crate::seat::{Seat, Shown};
use crate::texts::{LANGUAGES, Texts};

mod agent;
mod answer;
mod events;
mod files;
mod pane;
mod prompt;
mod proxies;
mod query;
mod registry;
mod services;
mod tasks;
mod traffic;
mod volumes;

use pane::Pane;
pub(crate) use query::Query;

/// What the parts of a page are made of.
struct View<'a> {
    texts: &'static Texts,
    live: &'a Live,
    /// As whom the machine is looked at.
    who: Account,
    query: &'a Query,
    shown: &'a Shown,
}

/// The page of a seat.
pub(crate) async fn page(seat: &Seat, query: &Query) -> Markup {
    let shown = seat.shown();
    let session = seat.session();
    let texts = Texts::of(shown.language);
    let (live, who) = (session.live(), session.administrator());
    let last = session.last_operation().await;
    let view = View { texts, live, who, query, shown: &shown };
    let title = if shown.revealed { &session.play().title } else { texts.hidden_title };
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
                    (pane::markup(&view))
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
        let (_, last) = journal.after(count.saturating_sub(1), 1);
        let machine = self.live.machine_name().as_str();
        let picture = self.live.snapshot().ok().map(|it| Picture::of(&it, machine, last.last()));
        html! {
            section.card.network aria-labelledby="network-h" {
                h2 #network-h { (self.texts.network) }
                div #picture {
                    @if let Some(picture) = picture { (picture.markup(self.texts)) }
                }
            }
        }
    }

    /// What is listed of the machine: the host port answers about names, and lists few.
    fn of_machine<R: Default>(&self, list: impl FnOnce(&Machine) -> R) -> R {
        let world = self.live.snapshot().ok();
        let machine = world.as_ref().and_then(|it| it.machines.get(self.live.machine_name()));
        machine.map(list).unwrap_or_default()
    }

    /// Where a form leads back to: what is open stays open.
    fn back(&self) -> Markup {
        html! { input type="hidden" name="back" value=(Pane::of(self.query).address(self.query)); }
    }

    /// A moment as the machine's clock shows it.
    fn time(&self, at: Timestamp) -> String {
        let minutes = self.live.host().zone().utc_offset_minutes;
        let offset = Offset::from_seconds(minutes.saturating_mul(60)).unwrap_or(Offset::UTC);
        at.to_zoned(TimeZone::fixed(offset)).strftime("%Y-%m-%d %H:%M:%S").to_string()
    }
}

/// A table whose first column names its rows.
fn table(heads: &[&str], rows: &[Vec<Markup>], texts: &Texts) -> Markup {
    if rows.is_empty() {
        return html! { p.empty { (texts.nothing) } };
    }
    html! {
        div.scroll tabindex="0" role="group" {
            table {
                thead { tr { @for head in heads { th scope="col" { (head) } } } }
                tbody {
                    @for row in rows.iter().take(ROWS_MAX) {
                        tr {
                            @for (index, cell) in row.iter().enumerate() {
                                @if index == 0 { th scope="row" { (cell) } } @else { td { (cell) } }
                            }
                        }
                    }
                }
            }
        }
        @if rows.len() > ROWS_MAX { p.empty { (texts.only_first) " " (ROWS_MAX) } }
    }
}

/// A size in bytes, for people.
fn size(bytes: u64) -> String {
    let units = ["B", "KB", "MB", "GB", "TB"];
    let mut scaled = (bytes, 0);
    let mut unit = 0;
    while scaled.0 >= 1 << 10 && unit + 1 < units.len() {
        scaled = (scaled.0 >> 10, (scaled.0 & 1023) * 10 / 1024);
        unit += 1;
    }
    let name = units.get(unit).copied().unwrap_or_default();
    if unit == 0 { format!("{bytes} {name}") } else { format!("{}.{} {name}", scaled.0, scaled.1) }
}

/// As many rows of a table as a person looks through.
const ROWS_MAX: usize = 300;
