//! The catalogue of documented failures: what the troubleshooting articles name, as data.
//!
//! Five tables stand in `scenarios/catalogue/` and are embedded in the program. A *failure* is one documented row. It
//! refers by id to a section, to the messages on the console, to the causes that a core can establish and to the
//! remedies that the articles advise; [`Catalogue::parse`] reports every broken reference at once.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;
use std::slice;
use std::sync::OnceLock;

use marslab_model::Level;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use toml::Spanned;

/// The five tables, every reference in them known to lead somewhere.
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

    /// Reads the five tables and reports all their mistakes, in the order of their places.
    ///
    /// References are followed only once every table can be read: an unreadable table would turn each reference to
    /// it into a mistake of its own.
    pub fn parse(sources: &Sources<'_>) -> Result<Self, Vec<CatalogueError>> {
        let mut reader = Reader { sources, mistakes: Vec::new() };
        let sections = reader.read::<Section>();
        let messages = reader.read::<Message>();
        let causes = reader.read::<Cause>();
        let remedies = reader.read::<Remedy>();
        let failures = reader.read::<Failure>();
        if reader.all_readable() {
            for row in failures.values() {
                reader.follow(row, slice::from_ref(&row.get_ref().section), &sections);
                reader.follow(row, &row.get_ref().errors, &messages);
                reader.follow(row, &row.get_ref().causes, &causes);
                reader.follow(row, &row.get_ref().remedies, &remedies);
                reader.follow(row, &row.get_ref().members, &failures);
                reader.check_kind(row);
            }
        }
        reader.finish()?;
        Ok(Self {
            order: in_order_of_places(&failures),
            sections: plain(sections),
            messages: plain(messages),
            causes: plain(causes),
            remedies: plain(remedies),
            failures: plain(failures),
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

    /// The documented failures in the order of the table, which is that of the articles' sections.
    pub fn failures_in_order(&self) -> impl Iterator<Item = &Failure> {
        self.order.iter().filter_map(|id| self.failures.get(id))
    }
}

/// The text of the five tables.
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
}

impl Sources<'static> {
    /// The tables that this build was made with.
    pub const EMBEDDED: Self = Self {
        sections: include_str!("../../../scenarios/catalogue/sections.toml"),
        messages: include_str!("../../../scenarios/catalogue/messages.toml"),
        causes: include_str!("../../../scenarios/catalogue/causes.toml"),
        remedies: include_str!("../../../scenarios/catalogue/remedies.toml"),
        failures: include_str!("../../../scenarios/catalogue/failures.toml"),
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

/// One of the three articles. They disagree in places, so that a scenario names the one it follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Article {
    /// The Chinese article (Taiwan) of May 2019.
    #[serde(rename = "zh-2019-05")]
    Chinese,
    /// The Japanese article of February 2019.
    #[serde(rename = "ja-2019-02")]
    Japanese,
    /// The Korean article of May 2019.
    #[serde(rename = "ko-2019-05")]
    Korean,
}

impl Article {
    /// The name in the tables and in scenario files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Chinese => "zh-2019-05",
            Self::Japanese => "ja-2019-02",
            Self::Korean => "ko-2019-05",
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

/// One of the five tables.
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
    /// Of [`Failure`]s.
    Failures,
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
        }
    }

    /// What one of its rows is called, in the file (`[[cause]]`) and in messages.
    pub const fn row(self) -> &'static str {
        match self {
            Self::Sections => "section",
            Self::Messages => "message",
            Self::Causes => "cause",
            Self::Remedies => "remedy",
            Self::Failures => "failure",
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
    #[error("`{id}` is there a second time; the first stands in line {first_line}")]
    Duplicate {
        /// The id that both have.
        id: String,
        /// Where the first one stands.
        first_line: usize,
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
        }
    }
}

/// A row of one of the tables.
trait Row: DeserializeOwned {
    type Id: Ord + Clone + fmt::Display;
    const TABLE: Table;

    fn id(&self) -> &Self::Id;
}

type Rows<R> = BTreeMap<<R as Row>::Id, Spanned<R>>;

/// Reads tables and gathers the mistakes in them.
struct Reader<'a> {
    sources: &'a Sources<'a>,
    mistakes: Vec<CatalogueError>,
}

impl Reader<'_> {
    /// The rows of one table by their ids; of two rows with one id, the first.
    fn read<R: Row>(&mut self) -> Rows<R> {
        let mut rows = Rows::<R>::new();
        for row in self.rows::<R>() {
            let offset = row.span().start;
            match rows.entry(row.get_ref().id().clone()) {
                Entry::Vacant(free) => _ = free.insert(row),
                Entry::Occupied(taken) => {
                    let id = taken.key().to_string();
                    let first = self.sources.place(R::TABLE, taken.get().span().start);
                    let mistake = Mistake::Duplicate { id, first_line: first.line };
                    self.report(R::TABLE, offset, mistake);
                }
            }
        }
        rows
    }

    /// The rows of one table in their order; none where the table cannot be read.
    fn rows<R: Row>(&mut self) -> Vec<Spanned<R>> {
        let read = toml::from_str::<BTreeMap<Spanned<String>, Vec<Spanned<R>>>>;
        let (offset, reason) = match read(self.sources.text(R::TABLE)) {
            Err(error) => (error.span().unwrap_or_default().start, error.message().to_owned()),
            Ok(tables) => match tables.keys().find(|name| name.get_ref() != R::TABLE.row()) {
                Some(name) => (name.span().start, unknown_table(name.get_ref(), R::TABLE)),
                None => return tables.into_values().flatten().collect(),
            },
        };
        self.report(R::TABLE, offset, Mistake::Unreadable(reason));
        Vec::new()
    }

    fn all_readable(&self) -> bool {
        let mut mistakes = self.mistakes.iter().map(|error| &error.mistake);
        !mistakes.any(|mistake| matches!(mistake, Mistake::Unreadable(_)))
    }

    /// Reports each of the ids in a failure that its table does not have.
    fn follow<R: Row>(&mut self, row: &Spanned<Failure>, ids: &[R::Id], known: &Rows<R>) {
        for id in ids.iter().filter(|id| !known.contains_key(id)) {
            let failure = row.get_ref().id.clone();
            let mistake = Mistake::Dangling { failure, table: R::TABLE, id: id.to_string() };
            self.report(Table::Failures, row.span().start, mistake);
        }
    }

    /// Reports lists that a failure of its kind needs and lacks, or has and cannot have.
    fn check_kind(&mut self, row: &Spanned<Failure>) {
        let offset = row.span().start;
        let Failure { id: failure, kind, causes, remedies, articles, members, .. } = row.get_ref();
        let is_umbrella = *kind == Kind::Umbrella;
        for (field, is_empty, belongs) in [
            ("causes", causes.is_empty(), !is_umbrella),
            ("remedies", remedies.is_empty(), !is_umbrella),
            ("members", members.is_empty(), is_umbrella),
            ("articles", articles.is_empty(), true),
        ] {
            let (failure, kind) = (failure.clone(), *kind);
            if is_empty && belongs {
                self.report(Table::Failures, offset, Mistake::Missing { failure, kind, field });
            } else if !is_empty && !belongs {
                self.report(Table::Failures, offset, Mistake::Unfitting { failure, kind, field });
            }
        }
    }

    fn report(&mut self, table: Table, offset: usize, mistake: Mistake) {
        let place = self.sources.place(table, offset);
        self.mistakes.push(CatalogueError { place, mistake });
    }

    fn finish(mut self) -> Result<(), Vec<CatalogueError>> {
        self.mistakes.sort();
        if self.mistakes.is_empty() { Ok(()) } else { Err(self.mistakes) }
    }
}

fn unknown_table(name: &str, table: Table) -> String {
    format!("unknown table `{name}`, expected `{}`", table.row())
}

fn in_order_of_places(failures: &Rows<Failure>) -> Vec<FailureId> {
    let mut rows: Vec<_> = failures.iter().collect();
    rows.sort_by_key(|(_, row)| row.span().start);
    rows.into_iter().map(|(id, _)| id.clone()).collect()
}

fn plain<R: Row>(rows: Rows<R>) -> BTreeMap<R::Id, R> {
    rows.into_iter().map(|(id, row)| (id, row.into_inner())).collect()
}

#[cfg(test)]
mod tests;
