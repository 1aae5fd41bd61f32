//! The judge: pure functions from what was expected and what was seen to a [`Mismatch`] or none.

use std::collections::BTreeSet;

use marslab_model::{Diagnosis, Finding, Level, Outcome};

use crate::verdict::{Beat, Mismatch, MismatchKind};
use marslab_live::Step;
use marslab_scenario::catalogue::CauseId;
use marslab_scenario::scenario::{Expect, Group};

pub mod laws;

/// The operation must succeed.
pub fn succeeds(beat: Beat, outcome: &Outcome, kind: MismatchKind) -> Result<(), Mismatch> {
    match outcome {
        Outcome::Succeeded => Ok(()),
        Outcome::Failed(symptom) => Err(Mismatch {
            beat,
            kind,
            expected: "the operation succeeds".to_owned(),
            seen: format!("error {}: {}", symptom.error, symptom.message),
            nearest: None,
        }),
    }
}

/// The operation must fail with the expected error, and stop at the expected step.
pub fn fails(
    beat: Beat,
    (outcome, stopped_at): (&Outcome, Option<Step>),
    expect: &Expect,
) -> Result<(), Mismatch> {
    let error = expect.error.as_deref().unwrap_or("any");
    let says = expect.says.as_deref();
    let mut expected = format!("the operation fails with error {error}");
    if let Some(says) = says {
        expected.extend([" and a message containing `", says, "`"]);
    }
    if let Some(step) = expect.stops_at {
        expected.extend([" at the step `", step.as_str(), "`"]);
    }
    let symptom = match outcome {
        Outcome::Failed(symptom) => symptom,
        Outcome::Succeeded => {
            let seen = "the operation succeeded".to_owned();
            let kind = MismatchKind::NotBroken;
            return Err(Mismatch { beat, kind, expected, seen, nearest: None });
        }
    };
    let is_error = expect.error.as_ref().is_none_or(|error| *error == symptom.error)
        && says.is_none_or(|says| symptom.message.contains(says));
    let is_step = expect.stops_at.is_none() || expect.stops_at == stopped_at;
    let kind = match (is_error, is_step) {
        (true, true) => return Ok(()),
        (true, false) => MismatchKind::WrongStep,
        (false, _) => MismatchKind::WrongError,
    };
    let step = stopped_at.map(|step| format!(" at the step `{step}`")).unwrap_or_default();
    let seen = format!("error {}{step}: {}", symptom.error, symptom.message);
    Err(Mismatch { beat, kind, expected, seen, nearest: None })
}

/// The subject must find nothing but what it `may` find.
pub fn finds_nothing(beat: Beat, diagnosis: &Diagnosis, may: &[Group]) -> Result<(), Mismatch> {
    let is_allowed = |finding: &&Finding| {
        may.iter().any(|group| names(group, finding) && is_about(group, finding))
    };
    let odd: Vec<Finding> =
        diagnosis.findings.iter().filter(|it| !is_allowed(it)).cloned().collect();
    if odd.is_empty() {
        return Ok(());
    }
    Err(Mismatch {
        beat,
        kind: MismatchKind::FalseFinding,
        expected: "the subject finds nothing".to_owned(),
        seen: describe(&odd),
        nearest: None,
    })
}

/// The subject must find each expected group, at the given level, and nothing that is neither expected nor allowed.
pub fn finds(
    beat: Beat,
    diagnosis: &Diagnosis,
    groups: &[Group],
    may: &[Group],
    level: Level,
) -> Result<(), Mismatch> {
    let meets =
        |group: &Group, finding: &Finding| names(group, finding) && is_about(group, finding);
    for group in groups {
        let is_met = diagnosis.findings.iter().any(|it| meets(group, it) && it.level == level);
        if !is_met {
            return Err(Mismatch {
                beat,
                kind: MismatchKind::NotFound,
                expected: format!("the subject finds {}", describe_group(group, level)),
                seen: describe(&diagnosis.findings),
                nearest: nearest(group, &diagnosis.findings),
            });
        }
    }
    let is_expected = |finding: &&Finding| {
        groups.iter().any(|group| meets(group, finding) && finding.level == level)
            || may.iter().any(|group| meets(group, finding))
    };
    let Some(odd) = diagnosis.findings.iter().find(|finding| !is_expected(finding)) else {
        return Ok(());
    };
    let wanted = groups.iter().map(|group| describe_group(group, level)).collect::<Vec<_>>();
    Err(Mismatch {
        beat,
        kind: MismatchKind::FalseFinding,
        expected: format!("the subject finds {} and nothing else", wanted.join(" and ")),
        seen: describe(std::slice::from_ref(odd)),
        nearest: None,
    })
}

/// A remedy that the subject recommends must be `documented` for its finding. It need not recommend any.
pub fn recommends<'d>(
    beat: Beat,
    diagnosis: &Diagnosis,
    documented: impl Fn(&Finding) -> BTreeSet<&'d str>,
) -> Result<(), Mismatch> {
    for finding in &diagnosis.findings {
        let Some(remedy) = finding.remedy.as_deref() else { continue };
        let documented = documented(finding);
        if !documented.contains(remedy) {
            let documented = documented.into_iter().collect::<Vec<_>>().join("` or `");
            return Err(Mismatch {
                beat,
                kind: MismatchKind::WrongRemedy,
                expected: format!("a documented remedy for `{}`: `{documented}`", finding.cause),
                seen: format!("the subject recommended `{remedy}`"),
                nearest: None,
            });
        }
    }
    Ok(())
}

/// A cause that is found only after a cure was present all along, hidden by another one. A subject that did not find it
/// earlier must report that: `earlier` finds one of each group, or reports something as unchecked.
pub fn leaves_no_gap(earlier: &Diagnosis, groups: &[Group]) -> Result<(), Mismatch> {
    let is_found =
        |group: &&Group| earlier.findings.iter().any(|it| names(group, it) && is_about(group, it));
    let missed = groups.iter().find(|group| !is_found(group));
    let Some(group) = missed.filter(|_| earlier.unchecked.is_empty()) else { return Ok(()) };
    let cause = describe_group(group, Level::Cause);
    Err(Mismatch {
        beat: Beat::Diagnosed,
        kind: MismatchKind::SilentOnUnchecked,
        expected: format!("the subject finds {cause}, or reports something as unchecked"),
        seen: format!("{}, and reported nothing as unchecked", describe(&earlier.findings)),
        nearest: None,
    })
}

fn names(group: &Group, finding: &Finding) -> bool {
    group.any.iter().any(|cause| cause.as_str() == finding.cause)
}

fn is_about(group: &Group, finding: &Finding) -> bool {
    let Some(about) = &group.about else { return true };
    finding.about.as_ref().is_some_and(|seen| seen.eq_ignore_ascii_case(about))
}

/// The finding that comes nearest to a group: the right cause about something else, or another cause about the right
/// thing.
fn nearest(group: &Group, findings: &[Finding]) -> Option<String> {
    let same_cause = findings.iter().find(|finding| names(group, finding));
    let about = group.about.as_ref();
    let same_about =
        || findings.iter().find(|finding| about.is_some() && finding.about.as_ref() == about);
    let similar = || {
        let shares_a_word = |finding: &&Finding| {
            let mut words = finding.cause.split('-');
            words.any(|word| group.any.iter().any(|it| it.as_str().split('-').any(|w| w == word)))
        };
        findings.iter().find(shares_a_word)
    };
    same_cause.or_else(same_about).or_else(similar).map(|it| describe(std::slice::from_ref(it)))
}

fn describe_group(group: &Group, level: Level) -> String {
    let causes = group.any.iter().map(CauseId::as_str).collect::<Vec<_>>().join("` or `");
    let about = group.about.as_ref().map_or(String::new(), |about| format!(" about `{about}`"));
    let level = match level {
        Level::Cause => "",
        Level::Advice => " as advice",
    };
    format!("`{causes}`{about}{level}")
}

/// What a subject said, for people.
pub(crate) fn describe_diagnosis(diagnosis: &Diagnosis) -> String {
    let Diagnosis { findings, unchecked, .. } = diagnosis;
    let unchecked = unchecked.iter().map(|it| it.what.as_str()).collect::<Vec<_>>().join("`, `");
    match unchecked.as_str() {
        "" => describe(findings),
        unchecked => format!("{}; unchecked: `{unchecked}`", describe(findings)),
    }
}

fn describe(findings: &[Finding]) -> String {
    if findings.is_empty() {
        return "the subject found nothing".to_owned();
    }
    let one = |finding: &Finding| {
        let about = finding.about.as_ref().map_or(String::new(), |it| format!(" about `{it}`"));
        let level = match finding.level {
            Level::Cause => "",
            Level::Advice => " as advice",
        };
        let evidence = finding.evidence.first().map_or(String::new(), |it| format!(" ({it})"));
        format!("`{}`{about}{level}{evidence}", finding.cause)
    };
    format!("the subject found {}", findings.iter().map(one).collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests;
