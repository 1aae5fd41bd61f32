//! Mistakes in the catalogue's tables, with their positions.

use std::fmt;

use thiserror::Error;

use super::{AreaId, Article, CauseId, FailureId, FailureKind, LookAlikeId, RemedyId, Table};

/// The position of a mistake. Lines and columns count from 1, columns in characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The table's file.
    pub file: String,
    /// The line in the table's file.
    pub line: usize,
    /// The column in the line.
    pub column: usize,
}

impl Place {
    /// The place after so many bytes of a text.
    pub(crate) fn new(file: String, text: &str, offset: usize) -> Self {
        let before = text.get(..offset).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self {
            file,
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// A mistake in the tables, with its position.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Error)]
#[error("{place}: {mistake}")]
pub struct CatalogueError {
    /// The line, or the head of the row.
    pub place: Place,
    /// What is wrong.
    pub mistake: Mistake,
}

/// What can be wrong with the tables.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Error)]
pub enum Mistake {
    /// A table cannot be read; holds the TOML reader's message.
    #[error("{0}")]
    Unreadable(String),
    /// Two rows of a table have the same id.
    #[error("duplicate id `{id}`; first defined at {first}")]
    Duplicate {
        /// The id.
        id: String,
        /// The position of the first row.
        first: Place,
    },
    /// An id of a pack does not begin with the pack's name.
    #[error("`{id}` does not begin with `{pack}/`")]
    Unqualified {
        /// The id.
        id: String,
        /// The pack.
        pack: String,
    },
    /// A remedy of a pack does nothing.
    #[error("missing `edit` in `{0}`")]
    NoEdit(RemedyId),
    /// The edit of a remedy cannot be read.
    #[error("invalid `edit` in `{remedy}`: {why}")]
    BadEdit {
        /// The remedy.
        remedy: RemedyId,
        /// What is wrong.
        why: String,
    },
    /// A message, a row or a precondition of a pack does not fit the product.
    #[error("{0}")]
    Product(String),
    /// No scenario of a pack has its cause.
    #[error("no scenario has the cause `{0}`")]
    NotPlayed(CauseId),
    /// A failure names an unknown id.
    #[error("unknown {} `{id}` in `{failure}`", table.row())]
    Dangling {
        /// The row that names it.
        failure: FailureId,
        /// The table that should have the id.
        table: Table,
        /// The id.
        id: String,
    },
    /// An umbrella has no members, another kind has no causes or remedies, or a row has no articles.
    #[error("missing `{field}` in `{failure}`, which is of kind `{}`", kind.name())]
    Missing {
        /// The row.
        failure: FailureId,
        /// Its kind.
        kind: FailureKind,
        /// The list's name.
        field: &'static str,
    },
    /// An umbrella has causes or remedies of its own, or another kind has members.
    #[error("unexpected `{field}` in `{failure}`, which is of kind `{}`", kind.name())]
    Unfitting {
        /// The row.
        failure: FailureId,
        /// Its kind.
        kind: FailureKind,
        /// The list's name.
        field: &'static str,
    },
    /// A row is in the wrong table for its article.
    #[error("misplaced `{failure}`: failures of `{}` belong in `{}`", article.id(), article.table().file())]
    Misplaced {
        /// The row.
        failure: FailureId,
        /// The article.
        article: Article,
    },
    /// A cause names an unknown area.
    #[error("unknown area `{area}` in `{cause}`")]
    NoArea {
        /// The row that names it.
        cause: CauseId,
        /// The area.
        area: AreaId,
    },
    /// A look-alike names an unknown cause.
    #[error("unknown cause `{cause}` in `{look_alike}`")]
    NoCause {
        /// The row that names it.
        look_alike: LookAlikeId,
        /// The cause.
        cause: CauseId,
    },
    /// A look-alike has fewer than two causes.
    #[error("`{0}` needs at least two causes")]
    Alone(LookAlikeId),
}

impl CatalogueError {
    /// How to correct it.
    pub fn hint(&self) -> String {
        match &self.mistake {
            Mistake::Unreadable(_) => {
                format!("correct line {} of `{}`", self.place.line, self.place.file)
            }
            Mistake::Unqualified { id, pack } => {
                let bare = id.rsplit('/').next().unwrap_or(id);
                format!("the ids of a pack begin with its name: `{pack}/{bare}`")
            }
            Mistake::NoEdit(_) | Mistake::BadEdit { .. } => format!(
                "say what it sets or removes: `edit = {}`",
                marslab_faults::faults::edit::REMEDY.example
            ),
            Mistake::Product(_) => {
                "see `[[message]]`, `[[shown]]` and `[[precondition]]` in scenarios/README.md"
                    .to_owned()
            }
            Mistake::NotPlayed(_) => {
                "write a scenario that expects it as a `finding`, or remove it".to_owned()
            }
            Mistake::Duplicate { .. } => "rename or remove one of the two".to_owned(),
            Mistake::Dangling { table, id, .. } => format!(
                "correct the id, or add a `[[{}]]` with `id = \"{id}\"` to `{}`",
                table.row(),
                table.file()
            ),
            Mistake::Missing { field, .. } => format!("list at least one entry in `{field}`"),
            Mistake::Unfitting { field, .. } => format!(
                "remove `{field}`: an umbrella has `members`, all other kinds have `causes` and `remedies`"
            ),
            Mistake::NoArea { .. } => "correct the id, or add the area to `areas.toml`".to_owned(),
            Mistake::NoCause { .. } => {
                "correct the id, or add the cause to `causes.toml`".to_owned()
            }
            Mistake::Alone(_) => "list the causes that look alike".to_owned(),
            Mistake::Misplaced { .. } => {
                "move the row; a row cannot have both articles of 2019 and newer ones".to_owned()
            }
        }
    }
}
