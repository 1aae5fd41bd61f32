//! The rules for every diagnosis of a compound, whichever fault hides another.
//!
//! - **Soundness**: each cause that is found is present.
//! - **No gap**: each cause that is present is found, or left unchecked where something else keeps it out of reach.
//!
//! *Progress* follows: what is in the way is found, unless no core could find it. *Liveness* follows: curing it takes at
//! most as many rounds as there are parts.

use std::collections::BTreeSet;

use marslab_model::{Diagnosis, Finding, Level, Outcome};

use super::{describe, describe_group, is_of};
use crate::verdict::{Beat, Mismatch, MismatchKind};
use marslab_live::Step;
use marslab_scenario::catalogue::AreaId;
use marslab_scenario::scenario::Group;
use marslab_scenario::scenario::Part;

/// The operation must fail as it does with one of the parts alone.
pub fn fails(
    beat: Beat,
    ended: (&Outcome, Option<Step>),
    unresolved: &[&Part],
) -> Result<(), Mismatch> {
    let judged = unresolved.iter().map(|part| super::fails(beat, ended, &part.expect));
    let mut odd = None;
    for judged in judged {
        match judged {
            Ok(()) => return Ok(()),
            Err(mismatch) => odd = odd.or(Some(mismatch)),
        }
    }
    let Some(odd) = odd else { return Ok(()) };
    let documented = unresolved.iter().filter_map(|part| {
        let error = part.expect.error.as_deref()?;
        let step = part.expect.stops_at.map(|step| format!(" at the step `{step}`"));
        Some(format!("error {error}{}", step.unwrap_or_default()))
    });
    let expected = format!(
        "the operation fails as with one of the parts alone, with {}",
        documented.collect::<Vec<_>>().join(" or ")
    );
    Err(Mismatch { expected, ..odd })
}

/// Each finding must belong to a part that is `present`, or be allowed.
pub fn is_sound(diagnosis: &Diagnosis, present: &[&Part], may: &[Group]) -> Result<(), Mismatch> {
    let is_there = |finding: &&Finding| {
        let is_cause =
            present.iter().any(|part| finding.level == Level::Cause && shows(part, finding));
        is_cause || is_of(may, finding)
    };
    let Some(odd) = diagnosis.findings.iter().find(|finding| !is_there(finding)) else {
        return Ok(());
    };
    Err(Mismatch {
        beat: Beat::Diagnosed,
        kind: MismatchKind::FalseFinding,
        expected: format!("the subject finds only causes that are present: {}", causes_of(present)),
        seen: describe(std::slice::from_ref(odd)),
        nearest: None,
        stderr: None,
    })
}

/// A part's cause must be found, or left unchecked where it is out of reach for another reason than the part.
pub fn leaves_no_gap(
    diagnosis: &Diagnosis,
    part: &Part,
    out_of_reach: &BTreeSet<AreaId>,
) -> Result<(), Mismatch> {
    if is_found(part, diagnosis) {
        return Ok(());
    }
    super::leaves_no_gap(diagnosis, &part.expect.findings, out_of_reach)
}

/// Whether a diagnosis names one of the part's causes.
pub fn is_found(part: &Part, diagnosis: &Diagnosis) -> bool {
    diagnosis.findings.iter().any(|finding| finding.level == Level::Cause && shows(part, finding))
}

/// Whether a finding is one of a part.
pub fn shows(part: &Part, finding: &Finding) -> bool {
    is_of(&part.expect.findings, finding)
}

fn causes_of(parts: &[&Part]) -> String {
    let groups = parts.iter().flat_map(|part| &part.expect.findings);
    groups.map(|group| describe_group(group, Level::Cause)).collect::<Vec<_>>().join(" or ")
}

#[cfg(test)]
mod tests;
