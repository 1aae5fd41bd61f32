use std::collections::BTreeSet;

use marslab_model::{Diagnosis, Finding, Level, Outcome, Symptom, Unchecked};

use super::{fails, is_found, is_sound, leaves_no_gap};
use crate::verdict::{Beat, Mismatch, MismatchKind};
use marslab_scenario::PlayKind;
use marslab_scenario::scenario::Part;
use marslab_scenario::scenario::{Expect, Group};

/// A part of which `cause` is found, and of which the operation fails with `error`.
fn part(cause: &str, error: &str) -> Part {
    let findings = vec![Group { any: vec![cause.into()], about: None }];
    let expect = Expect { error: Some(error.to_owned()), findings, ..Expect::default() };
    Part { name: cause.to_owned(), kind: PlayKind::Failure, faults: 0..1, cures: 0..1, expect }
}

fn found(causes: &[&str], level: Level) -> Diagnosis {
    let finding = |cause: &&str| Finding {
        cause: (*cause).to_owned(),
        about: None,
        level,
        evidence: Vec::new(),
        remedy: None,
    };
    Diagnosis { findings: causes.iter().map(finding).collect(), ..Diagnosis::healthy() }
}

fn kind(judged: &Result<(), Mismatch>) -> Option<MismatchKind> {
    judged.as_ref().err().map(|odd| odd.kind)
}

#[test]
fn soundness() {
    let (one, other) = (part("kek-missing", "34506"), part("no-internet", "100050"));
    let present = [&one, &other];
    for causes in [&[][..], &["kek-missing"], &["no-internet", "kek-missing"]] {
        assert_eq!(is_sound(&found(causes, Level::Cause), &present, &[]), Ok(()), "{causes:?}");
    }
    let odd = Some(MismatchKind::FalseFinding);
    let foreign = found(&["kek-missing", "clock-skewed"], Level::Cause);
    let judged = is_sound(&foreign, &present, &[]);
    assert_eq!(kind(&judged), odd);
    let expected = judged.unwrap_err().expected;
    assert!(expected.contains("kek-missing") && expected.contains("no-internet"), "{expected}");
    // What is cured is not there any more.
    assert_eq!(kind(&is_sound(&found(&["no-internet"], Level::Cause), &[&one], &[])), odd);
    // An advice is no cause, unless it is allowed.
    let advised = found(&["kek-missing"], Level::Advice);
    assert_eq!(kind(&is_sound(&advised, &present, &[])), odd);
    assert_eq!(is_sound(&advised, &present, &one.expect.findings), Ok(()));
}

#[test]
fn no_gap() {
    let (one, other) = (part("kek-missing", "34506"), part("no-internet", "100050"));
    let half = found(&["kek-missing"], Level::Cause);
    let hidden = BTreeSet::from(["required-hosts".into()]);
    assert_eq!(leaves_no_gap(&half, &one, &BTreeSet::new()), Ok(()));
    let missed = leaves_no_gap(&half, &other, &BTreeSet::new());
    assert_eq!(kind(&missed), Some(MismatchKind::NotFound));
    let advised = found(&["kek-missing"], Level::Advice);
    let missed = leaves_no_gap(&advised, &other, &BTreeSet::new());
    assert_eq!(kind(&missed), Some(MismatchKind::NotFound));
    let silent = leaves_no_gap(&half, &other, &hidden);
    assert_eq!(kind(&silent), Some(MismatchKind::SilentOnUnchecked));
    let what = "required-hosts".to_owned();
    let unchecked = vec![Unchecked { what, because: "y".to_owned() }];
    let honest = Diagnosis { unchecked, ..half };
    assert_eq!(leaves_no_gap(&honest, &other, &hidden), Ok(()));
}

#[test]
fn of_a_parts_causes_one_is_enough() {
    let mut both = part("kek-missing", "34506");
    both.expect.findings.extend(part("no-internet", "100050").expect.findings);
    let half = found(&["kek-missing"], Level::Cause);
    assert!(is_found(&both, &half));
    assert_eq!(leaves_no_gap(&half, &both, &BTreeSet::new()), Ok(()));
    assert!(!is_found(&both, &found(&["kek-missing"], Level::Advice)));
    assert!(!is_found(&both, &found(&["clock-skewed"], Level::Cause)));
}

#[test]
fn a_compound_fails_as_one_of_its_parts() {
    let (one, other) = (part("kek-missing", "34506"), part("no-internet", "100050"));
    let failed = |error: &str| {
        Outcome::Failed(Symptom { error: error.to_owned(), message: "it failed".to_owned() })
    };
    let unresolved = [&one, &other];
    assert_eq!(fails(Beat::Broken, (&failed("34506"), None), &unresolved), Ok(()));
    assert_eq!(fails(Beat::Broken, (&failed("100050"), None), &unresolved), Ok(()));
    let judged = fails(Beat::Broken, (&failed("34513"), None), &unresolved);
    assert_eq!(kind(&judged), Some(MismatchKind::WrongError));
    assert!(judged.unwrap_err().expected.ends_with("with error 34506 or error 100050"));
    let judged = fails(Beat::Broken, (&Outcome::Succeeded, None), &unresolved);
    assert_eq!(kind(&judged), Some(MismatchKind::NotBroken));
}
