use std::collections::BTreeSet;
use std::slice::from_ref;

use marslab_model::{Diagnosis, Finding, Level, Outcome, Symptom, Unchecked};

use super::{fails, finds, finds_nothing, is_honest, leaves_no_gap, recommends, succeeds};
use crate::verdict::{Beat, MismatchKind};
use marslab_live::Step;
use marslab_scenario::catalogue::AreaId;
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
fn a_misspelt_cause_is_told() {
    let seen = |cause: &str| {
        let diagnosis = Diagnosis { findings: vec![finding(cause, "")], ..Diagnosis::healthy() };
        finds_nothing(Beat::Healthy, &diagnosis, &[]).unwrap_err().seen
    };
    let near = "the subject found `kek-mising` (no such cause; did you mean `kek-missing`?)";
    assert_eq!(seen("kek-mising"), near);
    assert_eq!(seen("zzzzzzzz"), "the subject found `zzzzzzzz` (no such cause)");
    assert_eq!(seen("kek-missing"), "the subject found `kek-missing`");
}

#[test]
fn a_path_may_leave_a_part_of_a_name_open() {
    let group = [group(&["credentials-corrupt"], r"C:\Users\a\*.VaultCredentials")];
    let not_found = Some(MismatchKind::NotFound);
    let found = |about| [finding("credentials-corrupt", about)];
    check(&found(r"c:\users\A\vault_Thu.vaultcredentials"), &group, &[], None);
    check(&found(r"C:\Users\a\b\x.VaultCredentials"), &group, &[], not_found);
    check(&found(r"C:\Users\a\x.txt"), &group, &[], not_found);
    check(&found(""), &group, &[], not_found);
    // A URL pattern is what the articles print.
    let pattern = [self::group(&["url-blocked"], "*.windows.net")];
    check(&[finding("url-blocked", "*.windows.net")], &pattern, &[], None);
    check(&[finding("url-blocked", "login.windows.net")], &pattern, &[], not_found);
}

#[test]
fn of_look_alikes_only_those_that_have_an_about_name_it() {
    let group = [group(&["tls-1.0-disabled", "dotnet-outdated"], "4.6.1")];
    let not_found = Some(MismatchKind::NotFound);
    check(&[finding("tls-1.0-disabled", "")], &group, &[], None);
    check(&[finding("dotnet-outdated", "4.6.1")], &group, &[], None);
    check(&[finding("dotnet-outdated", "4.5")], &group, &[], not_found);
    check(&[finding("dotnet-outdated", "")], &group, &[], not_found);
    // Alone, it looks like nothing else.
    let alone = [self::group(&["tls-1.0-disabled"], "4.6.1")];
    check(&[finding("tls-1.0-disabled", "")], &alone, &[], not_found);
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

/// What is said to be nearest to `kek-missing` about `C:\x`.
fn nearest(found: &[Finding], about: &str) -> Option<String> {
    let diagnosis = Diagnosis { findings: found.to_vec(), ..Diagnosis::healthy() };
    let groups = [group(&["kek-missing"], about)];
    let judged = finds(Beat::Diagnosed, &diagnosis, &groups, &[], Level::Cause);
    judged.unwrap_err().nearest
}

#[test]
fn near_is_the_same_cause_the_same_thing_or_a_word_of_the_cause() {
    let named = |found: &[Finding], about| nearest(found, about).unwrap_or_default();
    let (clock, same) = (finding("clock-skewed", ""), finding("no-internet", r"C:\x"));
    let (word, other) = (finding("kek-damaged", r"D:\y"), finding("no-internet", "z"));
    assert!(named(&[clock.clone(), same.clone(), word.clone()], r"C:\x").contains("no-internet"));
    assert!(named(&[clock.clone(), word.clone()], r"C:\x").contains("kek-damaged"));
    // Findings about nothing are not about the same thing.
    assert!(named(&[clock.clone(), word], "").contains("kek-damaged"));
    assert_eq!(nearest(&[clock, other], r"C:\x"), None);
    assert_eq!(nearest(&[], r"C:\x"), None);
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

/// A diagnosis that finds nothing and leaves these areas unchecked.
fn leaving(areas: &[&str]) -> Diagnosis {
    let because = || "no answer".to_owned();
    let unchecked = areas.iter().map(|what| Unchecked { what: (*what).into(), because: because() });
    Diagnosis { unchecked: unchecked.collect(), ..Diagnosis::healthy() }
}

/// The areas that are out of reach.
fn hidden(areas: &[&str]) -> BTreeSet<AreaId> {
    areas.iter().map(|area| AreaId::from(*area)).collect()
}

#[test]
fn what_is_hidden_may_be_left_unchecked_and_nothing_else() {
    let judge = |areas: &[&str], out: &[&str]| {
        is_honest(Beat::Healthy, &leaving(areas), &hidden(out)).map_err(|odd| odd.kind)
    };
    assert_eq!(judge(&[], &[]), Ok(()));
    assert_eq!(judge(&["vault"], &["vault", "portal"]), Ok(()));
    assert_eq!(judge(&["vault", "portal"], &["vault"]), Err(MismatchKind::CouldBeChecked));
    let odd = is_honest(Beat::Healthy, &leaving(&["everything"]), &hidden(&[])).unwrap_err();
    assert!(odd.expected.contains("`vault`") && odd.seen.contains("`everything`"), "{odd}");
}

#[test]
fn who_did_not_find_what_was_there_says_where_it_could_not_look() {
    let kek = [group(&["kek-missing"], "")];
    let superseded = [group(&["credentials-superseded"], "")];
    let judge = |groups, areas: &[&str], out: &[&str]| {
        leaves_no_gap(&leaving(areas), groups, &hidden(out)).map_err(|odd| odd.kind)
    };
    let (not_found, silent) = (Err(MismatchKind::NotFound), Err(MismatchKind::SilentOnUnchecked));
    // Nothing hides the key file.
    assert_eq!(judge(&kek, &["vault"], &["vault"]), not_found);
    assert_eq!(judge(&superseded, &[], &[]), not_found);
    assert_eq!(judge(&superseded, &["sign-in-service"], &[]), not_found);
    assert_eq!(judge(&superseded, &["vault"], &["sign-in-service", "vault"]), silent);
    assert_eq!(judge(&superseded, &["sign-in-service"], &["sign-in-service"]), Ok(()));
    assert_eq!(leaves_no_gap(&Diagnosis::healthy(), &[], &hidden(&[])), Ok(()));
    let found = Diagnosis { findings: vec![finding("kek-missing", "")], ..Diagnosis::healthy() };
    assert_eq!(leaves_no_gap(&found, &kek, &hidden(&[])), Ok(()));
    let odd = leaves_no_gap(&Diagnosis::healthy(), &superseded, &hidden(&["sign-in-service"]));
    assert!(odd.unwrap_err().expected.contains("`sign-in-service` unchecked"));
    let odd = leaves_no_gap(&leaving(&["vault"]), &kek, &hidden(&["vault"])).unwrap_err();
    assert_eq!(odd.seen, "the subject found nothing; unchecked: `vault`");
}

#[test]
fn a_remedy_is_documented_for_the_cause_or_cures_it_here() {
    let judge = |remedy: Option<&str>, cures: &[&'static str]| {
        let remedy = remedy.map(str::to_owned);
        let findings = vec![Finding { remedy, ..finding("kek-missing", "") }];
        let diagnosis = Diagnosis { findings, ..Diagnosis::healthy() };
        recommends(Beat::Diagnosed, &diagnosis, |_| cures.to_vec()).map_err(|odd| odd.kind)
    };
    assert_eq!(judge(None, &[]), Ok(()));
    assert_eq!(judge(Some("restore-kek"), &[]), Ok(()));
    assert_eq!(judge(Some("restart-server"), &[]), Err(MismatchKind::WrongRemedy));
    assert_eq!(judge(Some("restart-server"), &["restart-server"]), Ok(()));
}
