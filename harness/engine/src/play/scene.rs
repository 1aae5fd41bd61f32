//! A world of a play that the subject is shown, and what it is to say of it.

use marslab_live::Snapshot;
use marslab_model::{Diagnosis, Finding, Level};
use marslab_scenario::scenario::{Cure, Expect, Group};

use super::blockers::without;
use super::setup::Installed;
use crate::event::{BeatRecord, Expected};
use crate::judge;
use crate::verdict::{Beat, Mismatch};

/// A beat, and the world that is shown in it, if one is.
pub(super) struct Scene {
    pub(super) record: BeatRecord,
    pub(super) shown: Option<Shown>,
}

/// A world that is shown to the subject.
pub(super) struct Shown {
    pub(super) snapshot: Snapshot,
    pub(super) expects: Expects,
    /// The same without its faults, where something must be said of it.
    pub(super) without: Option<Snapshot>,
}

impl Shown {
    /// A world in which nothing is wrong.
    pub(super) const fn healthy(snapshot: Snapshot, expects: Expects) -> Self {
        Self { snapshot, expects, without: None }
    }

    /// A world with these faults, or what is left of them.
    pub(super) fn broken(snapshot: Snapshot, expects: Expects, faults: &[Installed]) -> Self {
        let without = expects.is_any().then(|| without(&snapshot, faults));
        Self { snapshot, expects, without }
    }
}

/// What the subject is to say of a world.
#[derive(Clone, Debug)]
pub(super) enum Expects {
    /// Nothing but what it may.
    Nothing {
        /// What it may find.
        may: Vec<Group>,
    },
    /// One of each group, and nothing but what it may.
    Each {
        /// The groups.
        groups: Vec<Group>,
        /// What it may find besides.
        may: Vec<Group>,
        /// At which level the groups are found.
        level: Level,
        /// The remedies that cure them in this play.
        cures: Vec<&'static str>,
    },
}

impl Expects {
    /// The causes that a scenario expects where the operation fails.
    pub(super) fn findings(of: &Expect, cures: &[Cure]) -> Self {
        let (groups, may) = (of.findings.clone(), of.may.clone());
        Self::Each { groups, may, level: Level::Cause, cures: names(cures) }
    }

    /// The advice that a scenario expects where the operation succeeds.
    pub(super) fn advice(of: &Expect, cures: &[Cure]) -> Self {
        let (groups, may) = (of.advice.clone(), of.may.clone());
        Self::Each { groups, may, level: Level::Advice, cures: names(cures) }
    }

    /// Nothing at all.
    pub(super) const fn nothing() -> Self {
        Self::Nothing { may: Vec::new() }
    }

    /// Whether the world is one of which something must be said.
    pub(super) const fn is_any(&self) -> bool {
        matches!(self, Self::Each { .. })
    }

    /// For reports.
    pub(super) fn expected(&self) -> Expected {
        match self {
            Self::Nothing { may } => Expected { groups: Vec::new(), may: may.clone() },
            Self::Each { groups, may, .. } => Expected { groups: groups.clone(), may: may.clone() },
        }
    }

    pub(super) fn judge(&self, beat: Beat, diagnosis: &Diagnosis) -> Result<(), Mismatch> {
        match self {
            Self::Nothing { may } => {
                judge::finds_nothing(beat, diagnosis, may)?;
                judge::recommends(beat, diagnosis, |_allowed| Vec::new())
            }
            Self::Each { groups, may, level, cures } => {
                judge::finds(beat, diagnosis, groups, may, *level)?;
                let cures_of = |it: &Finding| match judge::is_of(groups, it) {
                    true => cures.clone(),
                    false => Vec::new(),
                };
                judge::recommends(beat, diagnosis, cures_of)
            }
        }
    }
}

fn names(cures: &[Cure]) -> Vec<&'static str> {
    cures.iter().map(|cure| cure.remedy.name).collect()
}
