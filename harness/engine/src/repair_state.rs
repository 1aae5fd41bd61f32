//! How far the parts of a compound are cured.

use marslab_model::Diagnosis;

use crate::event::{AppliedChange, Expected};
use crate::judge::{self, laws};
use crate::play::carry_out;
use crate::verdict::{Beat, Mismatch};
use marslab_actions::error::RemedyError;
use marslab_live::{Live, LiveError};
use marslab_scenario::compound::allowed_findings;
use marslab_scenario::scenario::{Cure, Group, Part, Play};

/// The parts of a compound that still make the operation fail.
pub(crate) struct RepairState<'p> {
    cures: &'p [Cure],
    parts: Vec<PartState<'p>>,
    /// What is advised, and what may be found besides.
    may: Vec<Group>,
}

struct PartState<'p> {
    part: &'p Part,
    /// How many of its remedies were carried out.
    carried_out: usize,
    /// Whether one of them was begun and could not be ended, as something else was broken. The part may be cured or not.
    is_begun: bool,
}

impl<'p> RepairState<'p> {
    pub(crate) fn of(compound: &'p Play) -> Self {
        let unresolved = compound.parts.iter().filter(|part| part.fails());
        Self {
            cures: &compound.cures,
            parts: unresolved
                .map(|part| PartState { part, carried_out: 0, is_begun: false })
                .collect(),
            may: allowed_findings(compound),
        }
    }

    /// Whether all are cured.
    pub(crate) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// The parts that may still be broken.
    pub(crate) fn present(&self) -> Vec<&'p Part> {
        self.parts.iter().map(|it| it.part).collect()
    }

    /// The parts that are certainly still broken.
    pub(crate) fn unresolved(&self) -> Vec<&'p Part> {
        self.parts.iter().filter(|it| !it.is_begun).map(|it| it.part).collect()
    }

    /// What is found must be there, and what is recommended must cure it.
    pub(crate) fn judge(&self, diagnosis: &Diagnosis) -> Result<(), Mismatch> {
        laws::is_sound(diagnosis, &self.present(), &self.may)?;
        judge::recommends(Beat::Diagnosed, diagnosis, |finding| {
            let theirs = self.parts.iter().filter(|it| laws::shows(it.part, finding));
            let cures = theirs.flat_map(|it| self.cures.get(it.part.cures.clone()));
            cures.flatten().map(|cure| cure.remedy.name).collect()
        })
    }

    /// For reports: one of what is in the way, and besides whatever is there.
    pub(crate) fn expected(&self, blockers: &[&Part]) -> Expected {
        let groups = |parts: &[&Part]| -> Vec<Group> {
            parts.iter().flat_map(|part| part.expect.findings.iter().cloned()).collect()
        };
        let any = groups(blockers).into_iter().flat_map(|group| group.any).collect();
        let may = groups(&self.present()).into_iter().chain(self.may.iter().cloned()).collect();
        Expected { groups: vec![Group { any, about: None }], may }
    }

    /// Carries out the remedies of a part, from where they stopped the last time, and notes them in `applied`.
    pub(crate) async fn apply_cures(
        &mut self,
        part: &Part,
        live: &Live,
        applied: &mut Vec<AppliedChange>,
    ) -> Result<(), CureError> {
        let Some(state) = self.parts.iter_mut().find(|it| it.part.name == part.name) else {
            return Ok(());
        };
        let cures = self.cures.get(part.cures.clone()).unwrap_or_default();
        for cure in cures.iter().skip(state.carried_out) {
            let (change, done) = carry_out(cure, live).await?;
            applied.push(change);
            if let Err(error) = done {
                state.is_begun = true;
                return Err(CureError::Remedy(cure.clone(), error));
            }
            state.carried_out += 1;
        }
        self.parts.retain(|it| it.part.name != part.name);
        Ok(())
    }
}

/// Why a part could not be cured.
pub(crate) enum CureError {
    /// The lab failed.
    Live(LiveError),
    /// A remedy could not be ended.
    Remedy(Cure, RemedyError),
}

impl From<LiveError> for CureError {
    fn from(error: LiveError) -> Self {
        Self::Live(error)
    }
}
