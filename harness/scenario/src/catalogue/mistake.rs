//! What can be wrong with the tables, and where.

use std::fmt;

use thiserror::Error;

use super::{Article, CauseId, FailureId, FailureKind, LookAlikeId, Table};

/// Where a mistake stands; lines and columns count from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The table.
    pub table: Table,
    /// The line in the table's file.
    pub line: usize,
    /// The column in the line.
    pub column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.table.file(), self.line, self.column)
    }
}

/// One mistake in the tables, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Error)]
#[error("{place}: {mistake}")]
pub struct CatalogueError {
    /// Where: the line at fault, or the head of the row that is.
    pub place: Place,
    /// What is wrong.
    pub mistake: Mistake,
}

/// What can be wrong with the tables.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Error)]
pub enum Mistake {
    /// A table is not the TOML that it should be; holds what the TOML reader says.
    #[error("{0}")]
    Unreadable(String),
    /// Two rows of a table have one id.
    #[error("`{id}` is there a second time; the first stands at {first}")]
    Duplicate {
        /// The id that both have.
        id: String,
        /// Where the first one stands.
        first: Place,
    },
    /// A failure names something that no table has.
    #[error("`{failure}` names the {} `{id}`, which does not exist", table.row())]
    Dangling {
        /// The row that names it.
        failure: FailureId,
        /// The table in which the id should stand.
        table: Table,
        /// The id.
        id: String,
    },
    /// An umbrella has no members, or another kind has no causes or remedies, or a row no articles.
    #[error("`{failure}` is of kind `{}` and needs `{field}`", kind.name())]
    Missing {
        /// The row.
        failure: FailureId,
        /// Its kind.
        kind: FailureKind,
        /// The list's name.
        field: &'static str,
    },
    /// An umbrella has causes or remedies of its own, or another kind has members.
    #[error("`{failure}` is of kind `{}` and cannot have `{field}`", kind.name())]
    Unfitting {
        /// The row.
        failure: FailureId,
        /// Its kind.
        kind: FailureKind,
        /// The list's name.
        field: &'static str,
    },
    /// A row follows an article whose rows stand in the other table.
    #[error("`{failure}` follows `{}`, whose rows stand in `{}`", article.id(), article.table().file())]
    Misplaced {
        /// The row.
        failure: FailureId,
        /// The article.
        article: Article,
    },
    /// A look-alike names a cause that does not exist.
    #[error("`{look_alike}` names the cause `{cause}`, which does not exist")]
    NoCause {
        /// The row that names it.
        look_alike: LookAlikeId,
        /// The cause.
        cause: CauseId,
    },
    /// A look-alike has one cause, or none.
    #[error("`{0}` needs two causes at least")]
    Alone(LookAlikeId),
}

impl CatalogueError {
    /// What to do about it.
    pub fn hint(&self) -> String {
        match &self.mistake {
            Mistake::Unreadable(_) => {
                format!("correct line {} of `{}`", self.place.line, self.place.table.file())
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
            Mistake::NoCause { .. } => {
                "correct the id, or add the cause to `causes.toml`".to_owned()
            }
            Mistake::Alone(_) => "list the causes that look like one another".to_owned(),
            Mistake::Misplaced { .. } => "a row follows the articles of 2019, or newer ones, \
                                          and stands in the table of those"
                .to_owned(),
        }
    }
}
