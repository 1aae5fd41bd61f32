//! The rows of the tables, and their ids.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::fmt;

use marslab_live::product::{Message, MessageId};
use marslab_model::{Level, Wording};
use serde::{Deserialize, Serialize};

use super::reader::Row;
use super::{Area, Article, EditText, Table};

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
    CauseId of Cause in Causes, "The id of a [`Cause`], as a finding names it.";
    AreaId of Area in Areas, "The id of an [`Area`], as a diagnosis names it.";
    RemedyId of Remedy in Remedies, "The id of a [`Remedy`], as a finding and a scenario's cure name it.";
    FailureId of Failure in Failures, "The id of a [`Failure`], as a scenario names it.";
    LookAlikeId of LookAlike in LookAlikes, "The id of a [`LookAlike`].";
}

impl Row for Message {
    type Id = MessageId;
    const TABLE: Table = Table::Messages;

    fn id(&self) -> &MessageId {
        &self.id
    }
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
    /// What a customer asks when nothing has failed: the complaint of the section's rows of kind [`FailureKind::Check`].
    pub question: Wording,
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
    /// In which areas one has to look to find it; empty where these are never out of reach.
    #[serde(default)]
    pub areas: Vec<AreaId>,
    /// The most that it can be: where a row of kind [`FailureKind::Check`] lists a cause, its finding is an advice.
    pub level: Level,
}

impl Cause {
    /// Whether its findings have no `about`.
    pub fn is_about_nothing(&self) -> bool {
        self.about == "nothing"
    }
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
    /// For a remedy of a pack: what it sets and removes.
    pub edit: Option<EditText>,
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
    pub kind: FailureKind,
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

/// Causes that cannot be told apart in some worlds, so that a scenario of such a world accepts any of them.
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
pub enum FailureKind {
    /// The operation fails, and succeeds after the remedy.
    Failure,
    /// The operation succeeds; asked the section's question, a core advises.
    Check,
    /// A failure that only the named step cures, such as a restart.
    Step,
    /// A heading over other rows, met when its members are.
    Umbrella,
}

impl FailureKind {
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
