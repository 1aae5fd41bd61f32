//! What passes between a play and its subject.

use marslab_model::{Complaint, Diagnosis, FieldPath, Outcome};

use super::{Performance, Stop};
use crate::judge;
use crate::verdict::{Beat, Mismatch, MismatchKind};
use marslab_live::Live;
use marslab_scenario::catalogue::Catalogue;

impl Performance<'_> {
    /// The complaint: the message that the broken world showed, the same in every beat.
    pub(super) fn complaint(&self, broken: &Outcome) -> Complaint {
        let language = self.options.language;
        let message = match broken {
            Outcome::Failed(symptom) => symptom.message.clone(),
            Outcome::Succeeded => self.play.says(Catalogue::embedded(), language).to_owned(),
        };
        Complaint {
            version: Complaint::VERSION,
            machine: self.options.cast().machine,
            operation: self.play.reported_operation.unwrap_or(self.play.operation),
            message,
            language,
        }
    }

    /// Asks the subject, and checks that it changed nothing.
    pub(super) async fn ask(
        &self,
        beat: Beat,
        live: &Live,
        complaint: &Complaint,
    ) -> Result<Diagnosis, Stop> {
        let before = live.snapshot()?;
        // The complaint names the machine at which the administrator works now.
        let complaint = Complaint { machine: live.machine_name().clone(), ..complaint.clone() };
        let diagnosis = self.subject.diagnose(&complaint, live).await;
        let mut after = live.snapshot()?;
        // Looking may take world time: an unanswered connection attempt times out.
        after.now = before.now;
        let changed = before.differences_from(&after);
        if !changed.is_empty() {
            let seen = changed.iter().map(FieldPath::as_str).collect::<Vec<_>>().join("`, `");
            return Err(Stop::Mismatch(Mismatch {
                beat,
                kind: MismatchKind::SubjectChangedTheWorld,
                expected: "the subject does not change the world".to_owned(),
                seen: format!("it changed `{seen}`"),
                nearest: None,
            }));
        }
        diagnosis.map_err(|error| {
            Stop::Mismatch(Mismatch {
                beat,
                kind: MismatchKind::SubjectFailed,
                expected: "the subject gives a diagnosis".to_owned(),
                seen: error.to_string(),
                nearest: None,
            })
        })
    }

    /// The diagnosis without what is unchecked in the healthy world as well: that says nothing about the broken one.
    pub(super) fn without_baseline(&self, mut diagnosis: Diagnosis) -> Diagnosis {
        diagnosis.unchecked.retain(|it| {
            !self
                .baseline_unchecked
                .iter()
                .any(|baseline_unchecked| baseline_unchecked.what == it.what)
        });
        diagnosis
    }

    /// What is recommended must be documented for the cause, or be what the scenario itself does.
    pub(super) fn recommends(&self, beat: Beat, diagnosis: &Diagnosis) -> Result<(), Mismatch> {
        let own = || self.play.cures.iter().map(|cure| cure.remedy.name);
        judge::recommends(beat, diagnosis, |finding| {
            let documented = Catalogue::embedded().remedies_for(&finding.cause);
            documented.into_iter().chain(own()).collect()
        })
    }
}
