//! The judge: pure functions from what was expected and what was seen to a [`Mismatch`] or none.

use std::collections::BTreeSet;

use marslab_model::{Diagnosis, Finding, Level, Outcome, Unchecked, Unexplained};

use crate::verdict::{Beat, Mismatch, MismatchKind};
use marslab_actions::problem;
use marslab_live::Step;
use marslab_scenario::catalogue::{AreaId, Catalogue, Cause, CauseId};
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
            stderr: None,
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
            return Err(Mismatch { beat, kind, expected, seen, nearest: None, stderr: None });
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
    Err(Mismatch { beat, kind, expected, seen, nearest: None, stderr: None })
}

/// The subject must find nothing but what it `may` find.
pub fn finds_nothing(beat: Beat, diagnosis: &Diagnosis, may: &[Group]) -> Result<(), Mismatch> {
    let odd: Vec<Finding> =
        diagnosis.findings.iter().filter(|it| !is_of(may, it)).cloned().collect();
    if odd.is_empty() {
        return Ok(());
    }
    Err(Mismatch {
        beat,
        kind: MismatchKind::FalseFinding,
        expected: "the subject finds nothing".to_owned(),
        seen: describe(&odd),
        nearest: None,
        stderr: None,
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
                stderr: None,
            });
        }
    }
    let is_expected = |finding: &&Finding| {
        groups.iter().any(|group| meets(group, finding) && finding.level == level)
            || is_of(may, finding)
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
        stderr: None,
    })
}

/// A remedy that the subject recommends must be documented for its finding, or cure just that in this play. It need not
/// recommend any.
pub fn recommends(
    beat: Beat,
    diagnosis: &Diagnosis,
    cures_of: impl Fn(&Finding) -> Vec<&'static str>,
) -> Result<(), Mismatch> {
    for finding in &diagnosis.findings {
        let Some(remedy) = finding.remedy.as_deref() else { continue };
        let mut known = Catalogue::known().remedies_for(&finding.cause);
        known.extend(cures_of(finding));
        if !known.contains(remedy) {
            let known = known.into_iter().collect::<Vec<_>>().join("` or `");
            return Err(Mismatch {
                beat,
                kind: MismatchKind::WrongRemedy,
                expected: format!("a documented remedy for `{}`: `{known}`", finding.cause),
                seen: format!("the subject recommended `{remedy}`"),
                nearest: None,
                stderr: None,
            });
        }
    }
    Ok(())
}

/// Whether a finding is of one of these groups.
pub fn is_of(groups: &[Group], finding: &Finding) -> bool {
    groups.iter().any(|group| names(group, finding) && is_about(group, finding))
}

/// What is left unchecked must be an area that is out of reach. Nothing may be left unexplained: whatever fails in a play has a
/// catalogued cause.
pub fn is_honest(
    beat: Beat,
    diagnosis: &Diagnosis,
    out_of_reach: &BTreeSet<AreaId>,
) -> Result<(), Mismatch> {
    if let Some(Unexplained { step, because }) = &diagnosis.unexplained {
        return Err(Mismatch {
            beat,
            kind: MismatchKind::CanBeExplained,
            expected: "the subject leaves nothing unexplained".to_owned(),
            seen: format!(
                "the subject calls a failure at the step `{step}` unexplained: {because}"
            ),
            nearest: None,
            stderr: None,
        });
    }
    let could = diagnosis.unchecked.iter().find(|it| !out_of_reach.contains(it.what.as_str()));
    let Some(Unchecked { what, because }) = could else { return Ok(()) };
    let areas = &Catalogue::known().areas;
    let (expected, seen) = if areas.contains_key(what.as_str()) {
        let reach = format!("all probes of `marslab show area {what}` succeed");
        (
            format!("the subject checks `{what}`, which is within reach: {reach}"),
            format!(": {because}"),
        )
    } else {
        let known = areas.keys().map(AreaId::as_str).collect::<Vec<_>>().join("`, `");
        (format!("`unchecked` names areas: `{known}`"), ", which is not an area".to_owned())
    };
    Err(Mismatch {
        beat,
        kind: MismatchKind::CouldBeChecked,
        expected,
        seen: format!("the subject left `{what}` unchecked{seen}"),
        nearest: None,
        stderr: None,
    })
}

/// A cause that is present must be found, or an area in which it could have been found must be left unchecked, being out
/// of reach.
pub fn leaves_no_gap(
    diagnosis: &Diagnosis,
    groups: &[Group],
    out_of_reach: &BTreeSet<AreaId>,
) -> Result<(), Mismatch> {
    for group in groups.iter().filter(|group| !is_found(group, diagnosis)) {
        let hidden: Vec<&AreaId> =
            areas_of(group).filter(|it| out_of_reach.contains(*it)).collect();
        let is_named =
            |area: &&AreaId| diagnosis.unchecked.iter().any(|it| it.what == area.as_str());
        if hidden.iter().any(is_named) {
            continue;
        }
        let cause = describe_group(group, Level::Cause);
        let areas = hidden.iter().map(|area| area.as_str()).collect::<Vec<_>>().join("` or `");
        let (kind, expected) = if hidden.is_empty() {
            (MismatchKind::NotFound, format!("the subject finds {cause}"))
        } else {
            let kind = MismatchKind::SilentOnUnchecked;
            (kind, format!("the subject finds {cause}, or leaves `{areas}` unchecked"))
        };
        return Err(Mismatch {
            beat: Beat::Diagnosed,
            kind,
            expected,
            seen: describe_diagnosis(diagnosis),
            nearest: nearest(group, &diagnosis.findings),
            stderr: None,
        });
    }
    Ok(())
}

/// Whether one of a group's causes was found.
pub fn is_found(group: &Group, diagnosis: &Diagnosis) -> bool {
    diagnosis.findings.iter().any(|it| names(group, it) && is_about(group, it))
}

/// The areas in which the causes of a group can be found.
pub fn areas_of(group: &Group) -> impl Iterator<Item = &'static AreaId> {
    let causes = group.any.iter().filter_map(|id| Catalogue::known().cause(id.as_str()));
    causes.flat_map(|cause| &cause.areas)
}

/// Whether a finding's cause is one of a group's.
pub fn names(group: &Group, finding: &Finding) -> bool {
    group.any.iter().any(|cause| cause.as_str() == finding.cause)
}

/// Whether a finding is about what a group is about. In a path, `*` stands for any part of one name. A cause whose findings are about nothing is that of a look-alike.
pub fn is_about(group: &Group, finding: &Finding) -> bool {
    let Some(about) = &group.about else { return true };
    let cause = Catalogue::known().cause(&finding.cause);
    if group.any.len() > 1 && cause.is_some_and(Cause::is_about_nothing) {
        return true;
    }
    let Some(seen) = &finding.about else { return false };
    match about.split_once('*').filter(|(folder, _)| folder.contains('\\')) {
        Some((start, end)) => {
            let (seen, start, end) =
                (seen.to_lowercase(), start.to_lowercase(), end.to_lowercase());
            let rest = seen.strip_prefix(&start).and_then(|rest| rest.strip_suffix(&end));
            rest.is_some_and(|name| !name.contains('\\'))
        }
        None => seen.eq_ignore_ascii_case(about),
    }
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

/// What a subject is to find, for people.
pub(crate) fn describe_groups(groups: &[Group]) -> String {
    let each = groups.iter().map(|group| describe_group(group, Level::Cause));
    each.collect::<Vec<_>>().join(" and ")
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
    let Diagnosis { findings, unchecked, unexplained, .. } = diagnosis;
    let mut said = describe(findings);
    if !unchecked.is_empty() {
        let unchecked = unchecked.iter().map(|it| it.what.as_str()).collect::<Vec<_>>();
        said.extend(["; unchecked: `", &unchecked.join("`, `"), "`"]);
    }
    if let Some(unexplained) = unexplained {
        said.extend(["; unexplained at `", &unexplained.step, "`"]);
    }
    said
}

/// What is to be said of a cause that the catalogue does not have, such as a misspelt one.
fn unknown(cause: &str) -> String {
    let causes = &Catalogue::known().causes;
    if causes.contains_key(cause) {
        return String::new();
    }
    match problem::did_you_mean(cause, causes.keys().map(CauseId::as_str)) {
        Some(question) => format!(" (no such cause; {question})"),
        None => " (no such cause)".to_owned(),
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
        format!("`{}`{}{about}{level}{evidence}", finding.cause, unknown(&finding.cause))
    };
    format!("the subject found {}", findings.iter().map(one).collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests;
