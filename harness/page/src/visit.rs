//! A visit: a person before a page, and what they may see and do there. Each kind of person has a file of its own.

use std::sync::Arc;

use async_trait::async_trait;
use http::StatusCode;
use marslab_live::Live;
use marslab_model::world::Language;
use maud::Markup;
use tokio::sync::watch;

use crate::view::Query;

/// A visit.
#[async_trait]
pub(crate) trait Visit: Send + Sync {
    /// Whether what an address asks for is for this person.
    fn may_see(&self, _query: &Query) -> Result<(), Refused> {
        Ok(())
    }

    /// The page as it is now.
    async fn page(&self, query: &Query) -> Markup;

    /// Does what a form of the page says.
    async fn act(&self, action: &str, form: &Query) -> Result<(), Refused>;

    /// How an unfinished line may go on.
    async fn completions(&self, line: &str) -> Vec<String>;

    /// The language of the page.
    fn language(&self) -> Language;

    /// The world that is looked at at an address; none where there is none, or not yet.
    fn live(&self, query: &Query) -> Option<Arc<Live>>;

    /// Counts what changes besides the world.
    fn changes(&self) -> watch::Receiver<u64>;
}

/// Why nothing is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// It is not for this person.
    Forbidden,
    /// The action is unknown.
    Unknown,
    /// A field of the form is wrong.
    Bad(&'static str),
}

impl Refused {
    pub(crate) const fn status(self) -> StatusCode {
        match self {
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::Unknown => StatusCode::NOT_FOUND,
            Self::Bad(_) => StatusCode::BAD_REQUEST,
        }
    }

    /// What the answer says.
    pub(crate) fn reason(self) -> String {
        match self {
            Self::Forbidden => "This is not for you.\n".to_owned(),
            Self::Unknown => "unknown action\n".to_owned(),
            Self::Bad(field) => format!("bad `{field}`\n"),
        }
    }
}

/// The language that a form names.
pub(crate) fn language_of(form: &Query) -> Result<Language, Refused> {
    form.get("language").parse().map_err(|_unknown| Refused::Bad("language"))
}
