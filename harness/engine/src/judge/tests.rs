use std::slice::from_ref;

use marslab_model::{Diagnosis, Finding, Level, Outcome, Symptom, Unchecked};

use super::{fails, finds, finds_nothing, leaves_no_gap, recommends, succeeds};
use crate::verdict::{Beat, MismatchKind};
use marslab_live::Step;
use marslab_scenario::scenario::{Expect, Group};

fn finding(cause: &str, about: &str) -> Finding {
    Finding {
        cause: cause.to_owned(),
        about: (!about.is_empty()).then(|| about.to_owned()),
        level: Level::Cause,
        evidence: Vec::new(),
        remedy: None,
    }
}

fn group(causes: &[&str], about: &str) -> Group {
    Group {
        any: causes.iter().map(|cause| (*cause).into()).collect(),
        about: (!about.is_empty()).then(|| about.to_owned()),
    }
}

/// What the judge says of `found` where `groups` are expected and `may` is allowed.
#[track_caller]
fn check(found: &[Finding], groups: &[Group], may: &[Group], expected: Option<MismatchKind>) {
    let diagnosis = Diagnosis { findings: found.to_vec(), ..Diagnosis::healthy() };
    let judged = finds(Beat::Diagnosed, &diagnosis, groups, may, Level::Cause);
    assert_eq!(judged.as_ref().err().map(|odd| odd.kind), expected, "{judged:?}");
}

#[test]
fn every_group_is_met_and_nothing_else_is_found() {
    let a = finding("kek-missing", r"C:\x");
    let b = finding("no-internet", "");
    let wants_a = group(&["kek-missing"], r"c:\X");
    let wants_b = group(&["proxy-not-configured", "no-internet"], "");
    let not_found = Some(MismatchKind::NotFound);
    let false_finding = Some(MismatchKind::FalseFinding);
    check(from_ref(&a), from_ref(&wants_a), &[], None);
    check(&[a.clone(), b.clone()], &[wants_a.clone(), wants_b.clone()], &[], None);
    check(from_ref(&a), &[wants_a.clone(), wants_b.clone()], &[], not_found);
    check(&[a.clone(), b.clone()], from_ref(&wants_a), &[], false_finding);
    check(&[a.clone(), b], from_ref(&wants_a), &[wants_b], None);
    check(&[finding("kek-missing", r"C:\y")], from_ref(&wants_a), &[], not_found);
    check(&[finding("kek-missing", "")], from_ref(&wants_a), &[], not_found);
    check(&[], from_ref(&wants_a), &[], not_found);
    check(&[], &[], &[wants_a], None);
}

#[test]
fn advice_does_not_pass_for_a_cause() {
    let advice = Finding { level: Level::Advice, ..finding("agent-outdated", "") };
    let groups = [group(&["agent-outdated"], "")];
    check(from_ref(&advice), &groups, &[], Some(MismatchKind::NotFound));
    let diagnosis = Diagnosis { findings: vec![advice], ..Diagnosis::healthy() };
    assert!(finds(Beat::Diagnosed, &diagnosis, &groups, &[], Level::Advice).is_ok());
    assert!(finds_nothing(Beat::Healthy, &diagnosis, &[]).is_err());
    assert_eq!(finds_nothing(Beat::Healthy, &diagnosis, &groups), Ok(()));
}

#[test]
fn the_nearest_finding_is_named() {
    let diagnosis = Diagnosis {
        findings: vec![finding("clock-skewed", ""), finding("kek-missing", r"D:\other")],
        ..Diagnosis::healthy()
    };
    let groups = [group(&["kek-missing"], r"C:\x")];
    let odd = finds(Beat::Diagnosed, &diagnosis, &groups, &[], Level::Cause).unwrap_err();
    assert!(odd.nearest.unwrap().contains(r"D:\other"));
    assert!(odd.expected.contains(r"`kek-missing` about `C:\x`"), "{}", odd.expected);
    assert!(odd.seen.contains("clock-skewed"), "{}", odd.seen);
}

#[test]
fn an_operation_fails_with_its_own_error() {
    let expect = Expect {
        error: Some("100050".to_owned()),
        says: Some("(407)".to_owned()),
        ..Expect::default()
    };
    let failed = |error: &str, message: &str| {
        Outcome::Failed(Symptom { error: error.to_owned(), message: message.to_owned() })
    };
    let kind =
        |outcome: &Outcome| fails(Beat::Broken, (outcome, None), &expect).err().map(|odd| odd.kind);
    assert_eq!(kind(&failed("100050", "… (407) …")), None);
    assert_eq!(kind(&failed("100050", "…")), Some(MismatchKind::WrongError));
    assert_eq!(kind(&failed("34513", "… (407) …")), Some(MismatchKind::WrongError));
    assert_eq!(kind(&Outcome::Succeeded), Some(MismatchKind::NotBroken));
    let odd = succeeds(Beat::Healthy, &failed("1", "no"), MismatchKind::NotHealthy).unwrap_err();
    assert!(odd.seen.contains("error 1: no"));
}

#[test]
fn an_operation_stops_at_its_own_step() {
    let expect = Expect {
        error: Some("100050".to_owned()),
        stops_at: Some(Step::SignIn),
        ..Expect::default()
    };
    let symptom = Symptom { error: "100050".to_owned(), message: "…".to_owned() };
    let failed = Outcome::Failed(symptom);
    let judge = |step| fails(Beat::Broken, (&failed, step), &expect);
    assert_eq!(judge(Some(Step::SignIn)), Ok(()));
    let odd = judge(Some(Step::CheckConnectivity)).unwrap_err();
    assert_eq!(odd.kind, MismatchKind::WrongStep);
    assert!(odd.expected.contains("at the step `sign-in`"), "{odd}");
    assert!(odd.seen.contains("at the step `check-connectivity`"), "{odd}");
    assert!(judge(None).is_err());
    let any = Expect { stops_at: None, ..expect.clone() };
    assert_eq!(fails(Beat::Broken, (&failed, Some(Step::SignIn)), &any), Ok(()));
}

#[test]
fn who_did_not_find_what_was_there_says_what_it_could_not_check() {
    let unchecked = Unchecked { what: "the vault".to_owned(), because: "no answer".to_owned() };
    let modest = Diagnosis { unchecked: vec![unchecked], ..Diagnosis::healthy() };
    let groups = [Group { any: vec!["kek-missing".into()], about: None }];
    assert_eq!(leaves_no_gap(&modest, &groups), Ok(()));
    assert_eq!(leaves_no_gap(&Diagnosis::healthy(), &[]), Ok(()));
    let odd = leaves_no_gap(&Diagnosis::healthy(), &groups).unwrap_err();
    assert_eq!((odd.beat, odd.kind), (Beat::Diagnosed, MismatchKind::SilentOnUnchecked));
    assert!(odd.expected.contains("`kek-missing`"), "{odd}");
}

#[test]
fn a_remedy_is_documented_for_the_cause_or_left_out() {
    let diagnosis = |remedy: Option<&str>| {
        let remedy = remedy.map(str::to_owned);
        let findings = vec![Finding { remedy, ..finding("kek-missing", "") }];
        Diagnosis { findings, ..Diagnosis::healthy() }
    };
    let judge = |remedy| {
        let documented = |finding: &Finding| match finding.cause.as_str() {
            "kek-missing" => ["restore-kek"].into(),
            _ => std::collections::BTreeSet::new(),
        };
        recommends(Beat::Diagnosed, &diagnosis(remedy), documented).map_err(|odd| odd.kind)
    };
    assert_eq!(judge(None), Ok(()));
    assert_eq!(judge(Some("restore-kek")), Ok(()));
    assert_eq!(judge(Some("restart-server")), Err(MismatchKind::WrongRemedy));
}
