//! The panes: their names and addresses.

use maud::{Markup, html};

use super::base::View;
use super::query::{Query, TRAINEE, address};
use crate::texts::Texts;

/// A pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pane {
    Services,
    Tasks,
    Registry,
    Files,
    Volumes,
    Proxies,
    Events,
    Traffic,
}

impl Pane {
    pub(super) const ALL: [Self; 8] = [
        Self::Services,
        Self::Tasks,
        Self::Registry,
        Self::Files,
        Self::Volumes,
        Self::Proxies,
        Self::Events,
        Self::Traffic,
    ];

    /// The pane that an address opens.
    pub(super) fn of(query: &Query) -> Option<Self> {
        let named = query.get("pane");
        Self::ALL.into_iter().find(|pane| pane.name() == named)
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Services => "services",
            Self::Tasks => "tasks",
            Self::Registry => "registry",
            Self::Files => "files",
            Self::Volumes => "volumes",
            Self::Proxies => "proxies",
            Self::Events => "events",
            Self::Traffic => "traffic",
        }
    }

    pub(super) const fn title(self, texts: &Texts) -> &'static str {
        match self {
            Self::Services => texts.services,
            Self::Tasks => texts.tasks,
            Self::Registry => texts.registry,
            Self::Files => texts.files,
            Self::Volumes => texts.volumes,
            Self::Proxies => texts.proxies,
            Self::Events => texts.events,
            Self::Traffic => texts.traffic,
        }
    }

    /// The address of the pane as it is open.
    pub(super) fn address(self, query: &Query) -> String {
        self.at(query.get("at"), query)
    }

    /// The address of the pane with a folder, a key or a log open in it, on the machine that a page shows.
    pub(super) fn at(self, at: &str, page: &Query) -> String {
        address(&[(TRAINEE, page.get(TRAINEE)), ("pane", self.name()), ("at", at)])
    }

    /// A field for what is open in the pane.
    pub(super) fn place_form(self, at: &str, view: &View<'_>) -> Markup {
        let (texts, trainee) = (view.texts, view.query.get(TRAINEE));
        html! {
            form.place method="get" action="/" {
                @if !trainee.is_empty() { input type="hidden" name=(TRAINEE) value=(trainee); }
                input type="hidden" name="pane" value=(self.name());
                label for="at" { (texts.path) }
                input #at name="at" value=(at) autocomplete="off" spellcheck="false";
                button { (texts.go) }
            }
        }
    }
}
