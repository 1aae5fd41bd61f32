//! The catalogue of documented failures: what the troubleshooting articles name, as data.
//!
//! Seven tables stand in `scenarios/catalogue/` and are embedded in the program. A *failure* is one documented row. It
//! refers by id to a section, to the messages on the console, to the causes that a core can establish and to the
//! remedies that the articles advise; [`Catalogue::parse`] reports every broken reference at once.
//!
//! The three articles of 2019 are the measure: `failures.toml` has their rows and no others. What newer articles
//! document besides stands in `beyond.toml`, and is counted apart. Which causes nobody can tell apart stands in
//! `look-alikes.toml`; [`look_alikes`](crate::look_alikes) proves it.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::slice;
use std::sync::OnceLock;

use marslab_model::Level;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use self::reader::{Reader, Row};

mod article;
mod reader;

pub use article::Article;

/// The seven tables, every reference in them known to lead somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Catalogue {
    /// The articles' sections.
    pub sections: BTreeMap<SectionId, Section>,
    /// What stands on the console, or what a customer says where nothing does.
    pub messages: BTreeMap<MessageId, Message>,
    /// What a diagnostic core can establish.
    pub causes: BTreeMap<CauseId, Cause>,
    /// What the articles tell the administrator to do.
    pub remedies: BTreeMap<RemedyId, Remedy>,
    /// The documented failures; [`Catalogue::failures_in_order`] goes through them as the articles do.
    pub failures: BTreeMap<FailureId, Failure>,
    /// The causes that nobody can tell apart.
    pub look_alikes: BTreeMap<LookAlikeId, LookAlike>,
    order: Vec<FailureId>,
}

impl Catalogue {
    /// The catalogue that this build was made with.
    #[expect(clippy::expect_used, reason = "a unit test parses the embedded tables")]
    pub fn embedded() -> &'static Self {
        static EMBEDDED: OnceLock<Catalogue> = OnceLock::new();
        EMBEDDED.get_or_init(|| {
            Self::parse(&Sources::EMBEDDED).expect("the embedded catalogue has no mistakes")
        })
    }

    /// Reads the seven tables and reports all their mistakes, in the order of their places.
    ///
    /// References are followed only once every table can be read: an unreadable table would turn each reference to
    /// it into a mistake of its own.
    pub fn parse(sources: &Sources<'_>) -> Result<Self, Vec<CatalogueError>> {
        let mut reader = Reader::new(sources);
        let sections = reader.read::<Section>();
        let messages = reader.read::<Message>();
        let causes = reader.read::<Cause>();
        let remedies = reader.read::<Remedy>();
        let mut failures = reader.read::<Failure>();
        reader.read_into(Table::Beyond, &mut failures);
        let look_alikes = reader.read::<LookAlike>();
        if reader.all_readable() {
            for placed in failures.values() {
                reader.follow(placed, slice::from_ref(&placed.row().section), &sections);
                reader.follow(placed, &placed.row().errors, &messages);
                reader.follow(placed, &placed.row().causes, &causes);
                reader.follow(placed, &placed.row().remedies, &remedies);
                reader.follow(placed, &placed.row().members, &failures);
                reader.check_kind(placed);
                reader.check_table(placed);
            }
            for placed in look_alikes.values() {
                reader.check_look_alike(placed, &causes);
            }
        }
        reader.finish()?;
        Ok(Self {
            order: reader::in_order_of_places(&failures),
            sections: reader::plain(sections),
            messages: reader::plain(messages),
            causes: reader::plain(causes),
            remedies: reader::plain(remedies),
            failures: reader::plain(failures),
            look_alikes: reader::plain(look_alikes),
        })
    }

    /// The section with this id.
    pub fn section(&self, id: &str) -> Option<&Section> {
        self.sections.get(id)
    }

    /// The message with this id.
    pub fn message(&self, id: &str) -> Option<&Message> {
        self.messages.get(id)
    }

    /// The cause with this id.
    pub fn cause(&self, id: &str) -> Option<&Cause> {
        self.causes.get(id)
    }

    /// The remedy with this id.
    pub fn remedy(&self, id: &str) -> Option<&Remedy> {
        self.remedies.get(id)
    }

    /// The documented failure with this id.
    pub fn failure(&self, id: &str) -> Option<&Failure> {
        self.failures.get(id)
    }

    /// What is documented to cure a cause, with whichever failure.
    pub fn remedies_for(&self, cause: &str) -> BTreeSet<&str> {
        let has_cause = |row: &&Failure| row.causes.iter().any(|known| known.as_str() == cause);
        let rows = self.failures.values().filter(has_cause);
        rows.flat_map(|row| &row.remedies).map(RemedyId::as_str).collect()
    }

    /// The row by which nobody can tell any two of these causes apart.
    pub fn look_alike(&self, causes: &[&str]) -> Option<&LookAlike> {
        let holds = |row: &&LookAlike| {
            causes.iter().all(|cause| row.causes.iter().any(|known| known.as_str() == *cause))
        };
        self.look_alikes.values().find(holds)
    }

    /// The documented failures in the order of the tables: those of the articles of 2019 in the order of their sections,
    /// then those beyond them.
    pub fn failures_in_order(&self) -> impl Iterator<Item = &Failure> {
        self.order.iter().filter_map(|id| self.failures.get(id))
    }
}

/// The text of the seven tables.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    /// `sections.toml`
    pub sections: &'a str,
    /// `messages.toml`
    pub messages: &'a str,
    /// `causes.toml`
    pub causes: &'a str,
    /// `remedies.toml`
    pub remedies: &'a str,
    /// `failures.toml`
    pub failures: &'a str,
    /// `beyond.toml`
    pub beyond: &'a str,
    /// `look-alikes.toml`
    pub look_alikes: &'a str,
}

impl Sources<'static> {
    /// The tables that this build was made with.
    pub const EMBEDDED: Self = Self {
        sections: include_str!("../../../scenarios/catalogue/sections.toml"),
        messages: include_str!("../../../scenarios/catalogue/messages.toml"),
        causes: include_str!("../../../scenarios/catalogue/causes.toml"),
        remedies: include_str!("../../../scenarios/catalogue/remedies.toml"),
        failures: include_str!("../../../scenarios/catalogue/failures.toml"),
        beyond: include_str!("../../../scenarios/catalogue/beyond.toml"),
        look_alikes: include_str!("../../../scenarios/catalogue/look-alikes.toml"),
    };
}

impl Sources<'_> {
    const fn text(&self, table: Table) -> &str {
        match table {
            Table::Sections => self.sections,
            Table::Messages => self.messages,
            Table::Causes => self.causes,
            Table::Remedies => self.remedies,
            Table::Failures => self.failures,
            Table::Beyond => self.beyond,
            Table::LookAlikes => self.look_alikes,
        }
    }

    fn place(&self, table: Table, offset: usize) -> Place {
        let before = self.text(table).get(..offset).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Place {
            table,
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
        }
    }
}

macro_rules! ids {
    ($($id:ident of $row:ident in $table:ident, $meaning:literal;)*) => {$(
        #[doc = $meaning]
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $id(String);

        impl $id {
            /// The id as it is written in the tables.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $id {
            fn from(id: &str) -> Self {
                Self(id.to_owned())
            }
        }

        impl Borrow<str> for $id {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $id {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Row for $row {
            type Id = $id;
            const TABLE: Table = Table::$table;

            fn id(&self) -> &$id {
                &self.id
            }
        }
    )*};
}

ids! {
    SectionId of Section in Sections, "The id of a [`Section`].";
    MessageId of Message in Messages, "The id of a [`Message`].";
    CauseId of Cause in Causes, "The id of a [`Cause`], as a finding names it.";
    RemedyId of Remedy in Remedies, "The id of a [`Remedy`], as a finding and a scenario's cure name it.";
    FailureId of Failure in Failures, "The id of a [`Failure`], as a scenario names it.";
    LookAlikeId of LookAlike in LookAlikes, "The id of a [`LookAlike`].";
}

/// One section of the troubleshooting articles.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Section {
    /// Its id.
    pub id: SectionId,
    /// The heading, as each article prints it.
    pub title: Wording,
    /// The anchor in each article that has the section.
    pub anchors: BTreeMap<Article, String>,
    /// What a customer asks when nothing has failed: the complaint of the section's rows of kind [`Kind::Check`].
    pub question: Wording,
}

/// A text that a customer reads on the console, or says.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Message {
    /// Its id: the code where the product prints one, else a name.
    pub id: MessageId,
    /// The number that the product prints, such as `34513` or `0x1FC07`.
    pub code: Option<String>,
    /// The text, to the letter.
    pub text: Wording,
    /// Where the text is from, or that it is the lab's own.
    pub source: String,
}

/// Something that a diagnostic core can establish by looking.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Cause {
    /// Its id.
    pub id: CauseId,
    /// What is wrong, in one line.
    pub title: String,
    /// What the `about` of a finding names; `nothing` where the cause says it all.
    pub about: String,
    /// The most that it can be: where a row of kind [`Kind::Check`] lists a cause, its finding is an advice.
    pub level: Level,
}

/// What an article tells the administrator to do.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Remedy {
    /// Its id.
    pub id: RemedyId,
    /// What is done, in one line.
    pub title: String,
    /// How, step by step.
    pub steps: Vec<String>,
    /// The article that the steps follow.
    pub article: Article,
}

/// One documented row: something that the articles say can be wrong.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Failure {
    /// Its id.
    pub id: FailureId,
    /// The section in which it is documented.
    pub section: SectionId,
    /// How it is met.
    pub kind: Kind,
    /// What the console shows; empty where the articles quote nothing.
    #[serde(default)]
    pub errors: Vec<MessageId>,
    /// What is wrong, in one sentence.
    pub problem: String,
    /// What a core may find in a world of this row; empty for an umbrella.
    #[serde(default)]
    pub causes: Vec<CauseId>,
    /// What the articles advise: successive steps, or alternatives; empty for an umbrella.
    #[serde(default)]
    pub remedies: Vec<RemedyId>,
    /// The articles that document it.
    pub articles: Vec<Article>,
    /// The rows that an umbrella stands for; empty for every other kind.
    #[serde(default)]
    pub members: Vec<FailureId>,
    /// What a reader of the articles would stumble over.
    pub note: Option<String>,
}

/// Causes that nobody can tell apart in some world, so that a scenario of that world takes any of them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LookAlike {
    /// Its id.
    pub id: LookAlikeId,
    /// The causes, two at least.
    pub causes: Vec<CauseId>,
    /// What cannot be seen, and in which worlds.
    pub why: String,
}

impl Failure {
    /// Whether it is beyond the articles of 2019: none of them documents it.
    pub fn is_beyond(&self) -> bool {
        !self.articles.iter().any(|article| article.is_of_2019())
    }
}

/// How a documented row is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The operation fails, and succeeds after the remedy.
    Failure,
    /// The operation succeeds; asked the section's question, a core advises.
    Check,
    /// A failure that only the named step cures, such as a restart.
    Step,
    /// A heading over other rows, met when its members are.
    Umbrella,
}

impl Kind {
    /// The name in the table and in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Failure => "failure",
            Self::Check => "check",
            Self::Step => "step",
            Self::Umbrella => "umbrella",
        }
    }
}

/// A text in up to four languages.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// English.
    pub en: String,
    /// Japanese.
    pub ja: Option<String>,
    /// Korean.
    pub ko: Option<String>,
    /// Chinese as written in Taiwan.
    pub zh: Option<String>,
}

/// One of the six tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// Of [`Section`]s.
    Sections,
    /// Of [`Message`]s.
    Messages,
    /// Of [`Cause`]s.
    Causes,
    /// Of [`Remedy`]s.
    Remedies,
    /// Of the [`Failure`]s of the articles of 2019.
    Failures,
    /// Of the [`Failure`]s that only newer articles document.
    Beyond,
    /// Of [`LookAlike`]s.
    LookAlikes,
}

impl Table {
    /// The name of its file.
    pub const fn file(self) -> &'static str {
        match self {
            Self::Sections => "sections.toml",
            Self::Messages => "messages.toml",
            Self::Causes => "causes.toml",
            Self::Remedies => "remedies.toml",
            Self::Failures => "failures.toml",
            Self::Beyond => "beyond.toml",
            Self::LookAlikes => "look-alikes.toml",
        }
    }

    /// What one of its rows is called, in the file (`[[cause]]`) and in messages.
    pub const fn row(self) -> &'static str {
        match self {
            Self::Sections => "section",
            Self::Messages => "message",
            Self::Causes => "cause",
            Self::Remedies => "remedy",
            Self::Failures | Self::Beyond => "failure",
            Self::LookAlikes => "look-alike",
        }
    }
}

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
        kind: Kind,
        /// The list's name.
        field: &'static str,
    },
    /// An umbrella has causes or remedies of its own, or another kind has members.
    #[error("`{failure}` is of kind `{}` and cannot have `{field}`", kind.name())]
    Unfitting {
        /// The row.
        failure: FailureId,
        /// Its kind.
        kind: Kind,
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

#[cfg(test)]
mod tests;
