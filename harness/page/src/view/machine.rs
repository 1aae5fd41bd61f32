//! The machine: the open pane, and the names of the others.

use maud::{Markup, html};

use super::base::View;
use super::pane::Pane;
use super::{events, files, proxies, registry, services, tasks, traffic, volumes};

/// The open pane, and the names of the others.
pub(crate) fn markup(view: &View<'_>) -> Markup {
    let (open, texts) = (view.pane(), view.texts);
    html! {
        section.card.machine aria-labelledby="machine-h" {
            h2 #machine-h { (texts.machine) }
            nav #panes aria-labelledby="machine-h" {
                @for pane in Pane::ALL {
                    a href=(pane.at("", view.query)) aria-current=[(Some(pane) == open).then_some("page")] { (pane.title(texts)) }
                }
            }
            div #pane role="region" aria-label=(open.map_or(texts.machine, |open| open.title(texts))) {
                @match open {
                    None => p.empty { (texts.choose_pane) },
                    Some(Pane::Services) => (services::markup(view)),
                    Some(Pane::Tasks) => (tasks::markup(view)),
                    Some(Pane::Registry) => (registry::markup(view)),
                    Some(Pane::Files) => (files::markup(view)),
                    Some(Pane::Volumes) => (volumes::markup(view)),
                    Some(Pane::Proxies) => (proxies::markup(view)),
                    Some(Pane::Events) => (events::markup(view)),
                    Some(Pane::Traffic) => (traffic::markup(view)),
                }
            }
        }
    }
}
