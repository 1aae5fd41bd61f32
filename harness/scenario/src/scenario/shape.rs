//! The keys of a scenario file and the types of their values.
//!
//! One description serves twice: `check` reports what does not fit it, and [`schema`](crate::schema)
//! makes the JSON Schema for editors of it.

use marslab_live::Step;
use marslab_model::Operation;

use super::library::Library;
use crate::catalogue::Article;
use crate::play::{Ago, Past};
use marslab_remedies::REMEDIES;

/// A key of a table.
#[derive(Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What it means: a fragment, also used as a hint.
    pub summary: &'static str,
    /// Whether it is required.
    pub need: Need,
    /// The type of its value.
    pub shape: Shape,
}

/// Whether a key is required.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Always.
    Required,
    /// Sometimes; the rules decide when.
    Optional,
}

/// The type of a key's value.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// A string that is neither empty nor longer than [`TEXT_CHARS_MAX`].
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
    /// At least one table, with one fault and its parameters each.
    Faults,
    /// The parameters of a remedy.
    Parameters,
    /// Paths in the file and the values to set there.
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
    /// A complaint: a message, or the question of a section.
    ComplaintSource,
    /// The operations.
    Operation,
    /// The steps of the operations.
    Step,
    /// The remedies that the lab can carry out.
    Remedy,
    /// The plays of the corpus that are not compounds.
    Play,
    /// Those of them in which the operation fails.
    Twin,
    /// What logs tell of the past.
    Past,
    /// How long ago the past is.
    Ago,
}

impl Ids {
    /// The noun for one of them.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Failure => "failure",
            Self::Cause => "cause",
            Self::ComplaintSource => "message or section",
            Self::Operation => "operation",
            Self::Step => "step",
            Self::Remedy => "remedy",
            Self::Play => "play",
            Self::Twin => "failing play",
            Self::Past => "past",
            Self::Ago => "time",
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
            Self::Step => Step::ALL.iter().map(|step| step.as_str()).collect(),
            Self::Remedy => {
                let of_packs = catalogue.remedies.values().filter(|row| row.edit.is_some());
                let of_packs = of_packs.map(|row| row.id.as_str());
                REMEDIES.iter().map(|kind| kind.name).chain(of_packs).collect()
            }
            Self::Play => library.plays.iter().map(|play| play.name.as_str()).collect(),
            Self::Twin => {
                let plays = library.plays.iter().filter(|play| play.fails());
                plays.map(|play| play.name.as_str()).collect()
            }
            Self::Past => Past::ALL.iter().map(|past| past.name()).collect(),
            Self::Ago => Ago::ALL.iter().map(|ago| ago.name()).collect(),
        }
    }
}

/// The keys of the file itself.
pub const FILE: &[Key] = &[
    required("title", "summary in one line", Shape::Text),
    optional("failure", "the documented failure", Shape::Id(Ids::Failure)),
    optional(
        "control",
        "for a scenario without a failure: what was changed and why it is harmless",
        Shape::Text,
    ),
    optional(
        "twin",
        "for a control: the failing play whose world is one value away; the subject must tell the two apart",
        Shape::Id(Ids::Twin),
    ),
    required("article", "the article that documents it", Shape::Id(Ids::Article)),
    optional("past", "what the agent's logs tell, where it is not to be drawn", Shape::Table(PAST)),
    GIVEN,
    FAULT,
    TRIED,
    SAID,
    optional("then", "the expected error and findings", Shape::Table(THEN)),
    optional("cure", "the remedies, in order", Shape::Tables(CURE)),
    optional("case", "variants of the scenario", Shape::Tables(CASE)),
];

/// The keys of a file that say what is broken and tried.
pub const DRAFT: &[Key] = &[GIVEN, FAULT, TRIED, SAID];

const GIVEN: Key = optional("given", "settings of the healthy world", Shape::Settings);
const FAULT: Key = required("fault", "what is broken, one fault per table", Shape::Faults);
const TRIED: Key = required("when", "the operation to try", Shape::Table(WHEN));
const SAID: Key = optional(
    "complaint",
    "what the customer says in their own words, whatever the console shows",
    Shape::Table(COMPLAINT),
);

/// The keys of the file of a compound.
pub const COMPOUND: &[Key] = &[
    required("title", "summary in one line", Shape::Text),
    required("parts", "the plays to combine", Shape::IdList(Ids::Play)),
    optional(
        "complaint",
        "what the customer says in their own words; by default, those of the first part that has any",
        Shape::Table(COMPLAINT),
    ),
    optional("case", "variants with other parts", Shape::Tables(COMPOUND_CASE)),
];

const COMPOUND_CASE: &[Key] = &[
    required("name", "the variant's name", Shape::Text),
    required("parts", "the plays to combine, instead of the file's", Shape::IdList(Ids::Play)),
];

/// The keys that a case may reach into.
pub const SETTABLE: [&str; 6] = ["cure", "fault", "given", "past", "then", "when"];

const PAST: &[Key] = &[
    optional("healthy", "what they tell where nothing is wrong", Shape::Id(Ids::Past)),
    optional("broken", "what they tell where something is", Shape::Id(Ids::Past)),
    optional(
        "ago",
        "how long ago the last try was, where what is broken mends itself in minutes",
        Shape::Id(Ids::Ago),
    ),
];

const WHEN: &[Key] = &[
    required("operation", "the operation of the agent or the portal", Shape::Id(Ids::Operation)),
    optional(
        "reported-operation",
        "the operation that the customer reports, if it is not the one that was tried",
        Shape::Id(Ids::Operation),
    ),
    optional(
        "complaint",
        "what the customer reports: the id of a message, or of a section for its question; required for a control, else \
         derived from the error",
        Shape::Id(Ids::ComplaintSource),
    ),
];

const COMPLAINT: &[Key] = &[required(
    "message",
    "the words: a number, half a sentence, a cmdlet's error, any language",
    Shape::Text,
)];

const THEN: &[Key] = &[
    optional("error", "the error's number, or the id of a message without one", Shape::Text),
    optional("says", "a part of the text on the console", Shape::Text),
    optional("stops-at", "the step whose call fails", Shape::Id(Ids::Step)),
    optional("finding", "findings that are required: one of each group", Shape::Tables(GROUP)),
    optional("may", "findings that are allowed", Shape::Tables(GROUP)),
    optional(
        "advice",
        "advice that is required although the operation succeeds: one of each group",
        Shape::Tables(GROUP),
    ),
];

const GROUP: &[Key] = &[
    required(
        "any",
        "causes, any of which is accepted; several only if no subject can tell them apart (LOOK-ALIKES.md)",
        Shape::IdList(Ids::Cause),
    ),
    optional("about", "what the finding is about, as defined in the catalogue", Shape::Text),
];

const CURE: &[Key] = &[
    required("remedy", "the remedy to carry out", Shape::Id(Ids::Remedy)),
    optional("with", "the remedy's parameters", Shape::Parameters),
    optional("then", "what is expected next, if something is still broken", Shape::Table(THEN)),
];

const CASE: &[Key] = &[
    required("name", "the variant's name", Shape::Text),
    optional("failure", "the documented failure, instead of the file's", Shape::Id(Ids::Failure)),
    optional("twin", "the control's twin, instead of the file's", Shape::Id(Ids::Twin)),
    optional("set", "values to set, by path: `\"fault.0.blocks.action\" = \"reset\"`", Shape::Set),
    optional("when", "the operation to try, instead of the file's", Shape::Table(WHEN)),
    optional("complaint", "what the customer says, instead of the file's", Shape::Table(COMPLAINT)),
    optional("then", "what is expected, instead of the file's", Shape::Table(THEN)),
];

/// Far longer than any error of a console, in characters.
pub const TEXT_CHARS_MAX: usize = 4000;

const fn required(name: &'static str, summary: &'static str, shape: Shape) -> Key {
    Key { name, summary, need: Need::Required, shape }
}

const fn optional(name: &'static str, summary: &'static str, shape: Shape) -> Key {
    Key { name, summary, need: Need::Optional, shape }
}
