//! Which keys a scenario file may have and what stands behind them.
//!
//! One description serves twice: [`check`](super::check) reports what does not fit it, and [`schema`](crate::schema)
//! makes the JSON Schema for editors of it.

use marslab_model::Operation;

use super::library::Library;
use crate::catalogue::Article;
use marslab_actions::remedies::REMEDIES;

/// One key of a table.
#[derive(Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What it says, as a fragment that serves as a hint, too.
    pub summary: &'static str,
    /// Whether it must be there.
    pub need: Need,
    /// What stands behind it.
    pub shape: Shape,
}

/// Whether a key must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Always.
    Required,
    /// Sometimes; the rules tell when.
    Optional,
}

/// What stands behind a key.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// A text that is not empty.
    Text,
    /// One known id.
    Id(Ids),
    /// At least one known id.
    IdList(Ids),
    /// A table.
    Table(&'static [Key]),
    /// At least one table.
    Tables(&'static [Key]),
    /// A table of settings and their parameters.
    Settings,
    /// Tables with one fault and its parameters each.
    Faults,
    /// The parameters of a remedy.
    Parameters,
    /// Places in the file and the values to set there.
    Set,
}

/// A set of known ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ids {
    /// The articles.
    Article,
    /// The documented failures.
    Failure,
    /// The causes.
    Cause,
    /// What a customer says: a message, or the question of a section.
    ComplaintSource,
    /// The operations.
    Operation,
    /// The remedies that the lab can carry out.
    Remedy,
    /// The plays of the corpus that are no compounds.
    Play,
}

impl Ids {
    /// What one of them is called.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Failure => "failure",
            Self::Cause => "cause",
            Self::ComplaintSource => "message or section",
            Self::Operation => "operation",
            Self::Remedy => "remedy",
            Self::Play => "play",
        }
    }

    /// All of them.
    pub fn known<'a>(self, library: &Library<'a>) -> Vec<&'a str> {
        let catalogue = library.catalogue;
        match self {
            Self::Article => Article::ALL.iter().map(|article| article.id()).collect(),
            Self::Failure => catalogue.failures.keys().map(|id| id.as_str()).collect(),
            Self::Cause => catalogue.causes.keys().map(|id| id.as_str()).collect(),
            Self::ComplaintSource => {
                let messages = catalogue.messages.keys().map(|id| id.as_str());
                messages.chain(catalogue.sections.keys().map(|id| id.as_str())).collect()
            }
            Self::Operation => Operation::ALL.iter().map(|operation| operation.name()).collect(),
            Self::Remedy => REMEDIES.iter().map(|kind| kind.name).collect(),
            Self::Play => library.plays.iter().map(|play| play.name.as_str()).collect(),
        }
    }
}

/// The keys of the file itself.
pub const FILE: &[Key] = &[
    required("title", "what the scenario shows, in one line", Shape::Text),
    optional("failure", "the documented failure that it reproduces", Shape::Id(Ids::Failure)),
    optional(
        "control",
        "for a scenario in which nothing is wrong: what was changed, and why it is harmless",
        Shape::Text,
    ),
    required("article", "the article that it follows", Shape::Id(Ids::Article)),
    optional("given", "the healthy background, setting by setting", Shape::Settings),
    required("fault", "what is broken; one fault a table", Shape::Faults),
    required("when", "what is tried", Shape::Table(WHEN)),
    optional("then", "what is seen", Shape::Table(THEN)),
    optional("cure", "what is done about it, in order", Shape::Tables(CURE)),
    optional("case", "variants of the scenario", Shape::Tables(CASE)),
];

/// The keys of the file of a compound.
pub const COMPOUND: &[Key] = &[
    required("title", "what the compound shows, in one line", Shape::Text),
    required("parts", "the plays of the corpus that are played at once", Shape::IdList(Ids::Play)),
    optional("case", "other parts under the same title", Shape::Tables(COMPOUND_CASE)),
];

const COMPOUND_CASE: &[Key] = &[
    required("name", "the variant's name", Shape::Text),
    required("parts", "the plays, in place of the file's", Shape::IdList(Ids::Play)),
];

/// The keys that a case may reach into.
pub const SETTABLE: [&str; 5] = ["cure", "fault", "given", "then", "when"];

const WHEN: &[Key] = &[
    required("operation", "what is asked of the agent or the portal", Shape::Id(Ids::Operation)),
    optional(
        "told",
        "which operation the customer names, where they name another one than they tried",
        Shape::Id(Ids::Operation),
    ),
    optional(
        "complaint",
        "what the customer says: the id of a message, or of a section for its question; a control needs it, elsewhere \
         it follows from the error",
        Shape::Id(Ids::ComplaintSource),
    ),
];

const THEN: &[Key] = &[
    optional("error", "the error's number, or the id of a message without one", Shape::Text),
    optional("says", "what the text on the console contains", Shape::Text),
    optional("finding", "what must be found: one of each group", Shape::Tables(GROUP)),
    optional("may", "what may be found besides", Shape::Tables(GROUP)),
    optional(
        "advice",
        "what must be advised although the operation succeeds: one of each group",
        Shape::Tables(GROUP),
    ),
];

const GROUP: &[Key] = &[
    required(
        "any",
        "causes of which any one will do; several only where nobody can tell them apart (LOOK-ALIKES.md)",
        Shape::IdList(Ids::Cause),
    ),
    optional("about", "what the finding is about, as the catalogue says", Shape::Text),
];

const CURE: &[Key] = &[
    required("remedy", "the remedy that is carried out", Shape::Id(Ids::Remedy)),
    optional("with", "the remedy's parameters", Shape::Parameters),
    optional("then", "what is seen next, while something is still broken", Shape::Table(THEN)),
];

const CASE: &[Key] = &[
    required("name", "the variant's name", Shape::Text),
    optional("failure", "the documented failure, in place of the file's", Shape::Id(Ids::Failure)),
    optional(
        "set",
        "values to set, by their place in the file: `\"fault.0.blocks.action\" = \"reset\"`",
        Shape::Set,
    ),
    optional("when", "what is tried, in place of the file's", Shape::Table(WHEN)),
    optional("then", "what is seen, in place of the file's", Shape::Table(THEN)),
];

const fn required(name: &'static str, summary: &'static str, shape: Shape) -> Key {
    Key { name, summary, need: Need::Required, shape }
}

const fn optional(name: &'static str, summary: &'static str, shape: Shape) -> Key {
    Key { name, summary, need: Need::Optional, shape }
}
