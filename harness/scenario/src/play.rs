//! Scenarios and their plays, as they are read from files.

use std::ops::Range;
use std::sync::Arc;

use marslab_actions::fault::Fault;
use marslab_actions::problem::Problems;
use marslab_actions::remedy::Remedy;
use marslab_actions::setting::Setting;
use marslab_live::Step;
use marslab_model::Operation;
use marslab_model::world::Cast;
use schemars::JsonSchema;
use serde::Serialize;

use crate::catalogue::{Article, CauseId, FailureId, MessageId, SectionId};
use crate::play_kind::PlayKind;

/// A valid scenario file.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// The stem of the file's name, after the pack's name.
    pub name: String,
    /// Its summary in one line.
    pub title: String,
    /// What it is for.
    pub kind: ScenarioKind,
    /// The article that it follows.
    pub article: Article,
    /// The file's own play, and one for each of its cases.
    pub plays: Vec<Play>,
    /// Old spellings in the file.
    pub warnings: Option<Problems>,
}

/// What a scenario is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScenarioKind {
    /// It reproduces a documented row. A case may name another row; see [`Play::failure`].
    Failure(FailureId),
    /// Something was changed, but nothing is wrong.
    Control {
        /// What was changed, and why it is harmless.
        why: String,
    },
    /// Several plays at once.
    Compound,
}

/// One world that is played through the beats.
#[derive(Clone, Debug)]
pub struct Play {
    /// The scenario's name, and after a slash the case's.
    pub name: String,
    /// The scenario's title.
    pub title: String,
    /// The article that the scenario follows.
    pub article: Article,
    /// The documented row; `None` for a control.
    pub failure: Option<FailureId>,
    /// The healthy background, in the order in which it is made.
    pub given: Vec<Named<dyn Setting>>,
    /// What is broken, in the file's order.
    pub faults: Vec<Named<dyn Fault>>,
    /// What is tried.
    pub operation: Operation,
    /// What the customer says was tried, where that is another operation.
    pub reported_operation: Option<Operation>,
    /// What the customer says; where there is none, what belongs to the error or, for a check, to the section.
    pub complaint: Option<ComplaintSource>,
    /// For a control: the failing play whose world is one value away; drawn, where there is none.
    pub twin: Option<String>,
    /// What the logs tell of the past, where that is not drawn.
    pub past: PastChoice,
    /// What is seen when the faults are in.
    pub expect: Expect,
    /// What is done about it, in order; nothing for a control.
    pub cures: Vec<Cure>,
    /// Of which plays a compound is made; none elsewhere.
    pub parts: Vec<Part>,
    /// What plays the roles in its world.
    pub cast: Arc<Cast>,
    /// Where it was read.
    pub source: Source,
}

/// Where a play was read, so that it can be read again for a world with another cast.
#[derive(Clone, Debug)]
pub enum Source {
    /// In a scenario file.
    File(Arc<SourceFile>),
    /// It was made of several plays, which have these names.
    Parts(Vec<(String, Self)>),
}

/// A scenario file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Its name.
    pub name: String,
    /// Its text.
    pub text: String,
    /// The pack that it is in.
    pub pack: Option<String>,
    /// Whether it is one of this build.
    pub is_embedded: bool,
}

impl SourceFile {
    /// One that is in no pack.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into(), pack: None, is_embedded: false }
    }

    /// The scenario's name: the file's, without its folder and extension, after the pack's.
    pub fn scenario(&self) -> String {
        if self.name == STDIN {
            return "stdin".to_owned();
        }
        let name = self.name.rsplit(['/', '\\']).next().unwrap_or(&self.name);
        let stem = name.strip_suffix(".toml").unwrap_or(name);
        self.pack.as_ref().map_or_else(|| stem.to_owned(), |pack| format!("{pack}/{stem}"))
    }
}

impl Play {
    /// The name of the scenario that the play is of: the play's own, or what stands before the case's.
    pub fn scenario(&self) -> &str {
        let pack = self.file().and_then(|file| file.pack.as_ref());
        let of_pack = pack.map_or(0, |pack| pack.len() + 1);
        let end = self.name.get(of_pack..).and_then(|rest| rest.find('/'));
        end.and_then(|end| self.name.get(..of_pack + end)).unwrap_or(&self.name)
    }

    /// The file that it was read from; nothing for one that was made of others.
    pub fn file(&self) -> Option<&SourceFile> {
        match &self.source {
            Source::File(file) => Some(file),
            Source::Parts(_) => None,
        }
    }

    /// Whether its file is in a pack.
    pub fn is_of_pack(&self) -> bool {
        self.file().is_some_and(|file| file.pack.is_some())
    }

    /// The name of the case; nothing for the scenario's own play.
    pub fn case(&self) -> Option<&str> {
        self.name.strip_prefix(self.scenario())?.strip_prefix('/')
    }

    /// The customer's own words, where the scenario has them: the subject gets them in place of what the console shows.
    pub fn own_words(&self) -> Option<&str> {
        match &self.complaint {
            Some(ComplaintSource::Words(words)) => Some(words),
            _ => None,
        }
    }
}

/// What the logs of a world tell of the past. They may tell the same of a world that is broken and of one that is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Past {
    /// The operation was not tried.
    Nothing,
    /// It succeeded.
    Success,
    /// It failed as in the broken world of this play.
    ThisFailure,
    /// It failed of something else.
    AnotherFailure,
}

impl Past {
    /// Every past.
    pub const ALL: [Self; 4] =
        [Self::Nothing, Self::Success, Self::ThisFailure, Self::AnotherFailure];

    /// The name in files and reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Success => "success",
            Self::ThisFailure => "this-failure",
            Self::AnotherFailure => "another-failure",
        }
    }
}

/// What the logs tell, where that is not drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PastChoice {
    /// In worlds in which nothing is wrong.
    pub healthy: Option<Past>,
    /// In worlds in which something is.
    pub broken: Option<Past>,
    /// How long ago it is.
    pub ago: Ago,
}

/// How much time has passed since the last try when a world is shown: a drawn time, so that the clock does not tell how long
/// the try took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ago {
    /// Less than half a minute.
    Seconds,
    /// Up to a quarter of an hour.
    #[default]
    Minutes,
}

impl Ago {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Seconds, Self::Minutes];

    /// The name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Seconds => "seconds",
            Self::Minutes => "minutes",
        }
    }
}

/// Something that a scenario asks for by name.
#[derive(Debug)]
pub struct Named<T: ?Sized> {
    /// The name in the file.
    pub name: &'static str,
    /// The thing itself, with its parameters.
    pub it: Arc<T>,
    /// Where its name stands in the file, in bytes.
    pub at: Range<usize>,
}

impl<T: ?Sized> Clone for Named<T> {
    fn clone(&self) -> Self {
        Self { name: self.name, it: Arc::clone(&self.it), at: self.at.clone() }
    }
}

/// What a customer says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ComplaintSource {
    /// What the console showed.
    Message(MessageId),
    /// The question of a section of the articles.
    Question(SectionId),
    /// The customer's own words, whatever the console shows.
    Words(String),
}

/// What is expected of one beat.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expect {
    /// The error's number or name; `None` if the operation succeeds.
    pub error: Option<String>,
    /// What the console's text contains.
    pub says: Option<String>,
    /// At which step the operation stops; any will do where there is none.
    pub stops_at: Option<Step>,
    /// What must be found: one of each group.
    pub findings: Vec<Group>,
    /// What may be found besides.
    pub may: Vec<Group>,
    /// What must be advised, although the operation succeeds: one of each group.
    pub advice: Vec<Group>,
}

/// Findings of which any one will do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The causes.
    pub any: Vec<CauseId>,
    /// What the finding is about; not compared where there is none.
    pub about: Option<String>,
}

/// One remedy, and what is seen after it.
#[derive(Clone, Debug)]
pub struct Cure {
    /// The remedy.
    pub remedy: Named<dyn Remedy>,
    /// What is seen next; nothing after the last cure, when everything works, and where it does not matter.
    pub then: Option<Expect>,
}

/// One of the plays that a compound is made of.
#[derive(Clone, Debug)]
pub struct Part {
    /// The play's name.
    pub name: String,
    /// What the play is for. Only a failure and a step are ever in the way.
    pub kind: PlayKind,
    /// Which of the compound's faults are the part's.
    pub faults: Range<usize>,
    /// Which of the compound's cures are the part's, in order.
    pub cures: Range<usize>,
    /// What is seen where the part is alone.
    pub expect: Expect,
}

impl Part {
    /// Whether the operation fails of it.
    pub const fn fails(&self) -> bool {
        matches!(self.kind, PlayKind::Failure | PlayKind::Step)
    }
}

/// The name of what is read from standard input.
pub(crate) const STDIN: &str = "-";
