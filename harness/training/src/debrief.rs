//! [`Debrief`]: the score, what was looked at and what was missed, and what the articles say.

use marslab_engine::changed_field::ChangedField;
use marslab_engine::left_behind::{Ending, LeftBehind, Measure};
use marslab_model::World;
use marslab_model::tracked::{Footprint, touched};
use marslab_model::world::Language;
use marslab_report::report::changes::{self, Paths};
use marslab_scenario::scenario::Play;
use marslab_scenario::told;
use serde::{Deserialize, Serialize};

use crate::choice::section_of;
use crate::hints::{COSTS, causes};
use crate::texts::Texts;
use crate::{difficulty, hints};

pub use parts::{List, Told};

mod parts;

/// The end of a training.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Debrief {
    /// The number of the ticket.
    pub id: String,
    /// The language in which it is told.
    pub language: Language,
    /// The play.
    pub scenario: String,
    /// The seed that drew its world.
    pub seed: u64,
    /// What was wrong in one line; in another language than English that of its failure, with the play's own behind it.
    pub title: String,
    /// Its level, 1 to 5; nothing where it has none.
    pub difficulty: Option<u8>,
    /// Why it ended.
    pub ended: Ended,
    /// How the repair ended.
    pub ending: Ending,
    /// The points, 0 to 100.
    pub score: u32,
    /// What they are made of.
    pub points: Vec<Points>,
    /// What is wrong, one title for each cause that is right.
    pub causes: Vec<String>,
    /// The causes that were named, in order.
    pub submitted: Vec<String>,
    /// Whether one of them is right.
    pub is_cause_found: bool,
    /// What was broken and was looked at, in words.
    pub looked_at: Vec<String>,
    /// What was broken and was not.
    pub missed: Vec<String>,
    /// What is still broken.
    pub still_broken: Vec<String>,
    /// What was changed besides.
    pub collateral: Vec<String>,
    /// The heading of the articles' section.
    pub section: Option<String>,
    /// The documented remedies.
    pub remedies: Vec<Advice>,
    /// How many hints were taken.
    pub hints: usize,
    /// The notes, in order.
    pub notes: Vec<String>,
    /// How long it took, in seconds of real time.
    pub seconds: u64,
}

/// Why a training ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ended {
    /// The trainee has ended it.
    Quit,
    /// The time was up.
    TimeUp,
    /// It was interrupted, or the input ended.
    Interrupted,
}

/// One thing that counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Points {
    /// What for.
    pub what: String,
    /// How many; what costs is negative.
    pub points: i32,
}

/// A remedy of the articles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Advice {
    /// What is done.
    pub title: String,
    /// How, step by step.
    pub steps: Vec<String>,
}

/// What was done in a training.
#[derive(Clone, Debug, Default)]
pub(crate) struct Done {
    pub(crate) looked: Footprint,
    pub(crate) hints: usize,
    pub(crate) checks: usize,
    pub(crate) notes: Vec<String>,
    /// The causes that were named.
    pub(crate) submitted: Vec<String>,
}

/// What a training was about.
pub(crate) struct About<'a> {
    pub(crate) id: &'a str,
    pub(crate) play: &'a Play,
    pub(crate) seed: u64,
    pub(crate) language: Language,
    pub(crate) measure: &'a Measure,
    /// The World that is left.
    pub(crate) left: &'a World,
}

impl Debrief {
    pub(crate) fn of(
        about: &About<'_>,
        done: &Done,
        left: &LeftBehind,
        (ended, seconds): (Ended, u64),
    ) -> Self {
        let About { id, play, seed, measure, language, left: world } = about;
        let causes = causes(play);
        let is_right = |id: &String| causes.iter().any(|cause| cause.id.as_str() == id);
        let right_at = done.submitted.iter().position(is_right);
        let broken = hints::broken(measure);
        let seen = touched(broken, &done.looked);
        let missed = broken.difference(&seen).cloned().collect();
        let points = points(left, right_at, (broken, &seen), done.hints, Texts::of(*language));
        let sum: i32 = points.iter().map(|it| it.points).sum();
        let section = section_of(play).and_then(|id| told::section(*language, id));
        let remedies =
            play.cures.iter().filter_map(|cure| told::remedy(*language, cure.remedy.name));
        let [healthy, broken_world] = [&*measure.healthy, &*measure.broken];
        Self {
            id: (*id).to_owned(),
            language: *language,
            scenario: play.name.clone(),
            seed: *seed,
            title: told::play(*language, play),
            difficulty: difficulty::of(&play.name),
            ended,
            ending: left.ending,
            score: u32::try_from(sum.clamp(0, 100)).unwrap_or_default(),
            points,
            causes: causes
                .iter()
                .filter_map(|cause| told::cause(*language, cause.id.as_str()))
                .map(str::to_owned)
                .collect(),
            submitted: done.submitted.clone(),
            is_cause_found: right_at.is_some(),
            looked_at: in_words(&seen, (healthy, broken_world), *language),
            missed: in_words(&missed, (healthy, broken_world), *language),
            still_broken: in_words(&left.still_broken, (healthy, world), *language),
            collateral: in_words(&left.collateral, (broken_world, world), *language),
            section: section.map(str::to_owned),
            remedies: remedies
                .map(|it| Advice { title: it.title.to_owned(), steps: it.steps.to_vec() })
                .collect(),
            hints: done.hints,
            notes: done.notes.clone(),
            seconds,
        }
    }

    /// Whether it works and nothing is broken any more.
    pub const fn is_cured(&self) -> bool {
        matches!(self.ending, Ending::Cured)
    }

    /// The name of how the repair ended.
    pub const fn ending_name(&self) -> &'static str {
        match self.ending {
            Ending::Cured => "cured",
            Ending::Masked => "masked",
            Ending::NotCured => "not cured",
        }
    }
}

/// By outcome, not by method: what works and what is left counts most.
fn points(
    left: &LeftBehind,
    right_at: Option<usize>,
    (broken, seen): (&Footprint, &Footprint),
    hints: usize,
    texts: Texts,
) -> Vec<Points> {
    let outcome = match left.ending {
        Ending::Cured => (texts.points_cured(), 60),
        Ending::Masked => (texts.points_masked(), 30),
        Ending::NotCured => (texts.points_not_cured(), 0),
    };
    let cause = match right_at {
        Some(0) => (texts.points_cause_at_once(), 25),
        Some(_) => (texts.points_cause_later(), 10),
        None => (texts.points_no_cause(), 0),
    };
    let looked = if seen.is_empty() && !broken.is_empty() { 0 } else { 15 };
    let counted = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
    let collateral = counted(left.collateral.len()).saturating_mul(COLLATERAL).min(COLLATERAL_MAX);
    let taken = COSTS.iter().take(hints).sum::<u32>();
    let all = [
        outcome,
        cause,
        (texts.points_looked(), looked),
        (texts.points_collateral(), -collateral),
        (texts.points_hints(), -i32::try_from(taken).unwrap_or_default()),
    ];
    all.into_iter().map(|(what, points)| Points { what, points }).collect()
}

/// What of these fields is another in one World than in the other, in words.
fn in_words(fields: &Footprint, (one, other): (&World, &World), language: Language) -> Vec<String> {
    changes::list(&ChangedField::between(fields, one, other), Paths::LeftOut, language)
}

/// What each field that was changed besides costs, and all of them at most.
const COLLATERAL: i32 = 5;
const COLLATERAL_MAX: i32 = 20;
