//! The machine: the open pane, and the names of the others.

use maud::{Markup, html};

use super::base::View;
use super::pane::Pane;
use super::{events, files, proxies, registry, services, tasks, traffic, volumes};

/// The open pane, and the names of the others.
pub(super) fn markup(view: &View<'_>) -> Markup {
    let (open, texts) = (Pane::of(view.query), view.texts);
    html! {
        section.card.machine aria-labelledby="machine-h" {
            h2 #machine-h { (texts.machine) }
            nav #panes aria-labelledby="machine-h" {
                @for pane in Pane::ALL {
                    a href=(pane.at("")) aria-current=[(pane == open).then_some("page")] { (pane.title(texts)) }
                }
            }
            div #pane role="region" aria-label=(open.title(texts)) {
                @match open {
                    Pane::Services => (services::markup(view)),
                    Pane::Tasks => (tasks::markup(view)),
                    Pane::Registry => (registry::markup(view)),
                    Pane::Files => (files::markup(view)),
                    Pane::Volumes => (volumes::markup(view)),
                    Pane::Proxies => (proxies::markup(view)),
                    Pane::Events => (events::markup(view)),
                    Pane::Traffic => (traffic::markup(view)),
                }
            }
        }
    }
}
