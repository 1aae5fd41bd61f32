//! A scenario that claims what is not so is not confirmed.

use std::collections::BTreeSet;
use std::sync::Arc;

use marslab::PlayKind;
use marslab::corpus;
use marslab::error::NotApplicable;
use marslab::fault::Fault;
use marslab::faults::FAULTS;
use marslab::scenario::{Group, Part, Play};
use marslab::verdict::{InconclusiveReason, MismatchKind, Verdict};
use marslab_model::{Change, World};
use marslab_tests::{mismatch, plain_memory, play, reference, verdict};

use crate::runs::{ENGLISH, judged_again, sample, stories};

/// That the unbroken world works, beat 1 of every play has shown.
#[test]
fn without_its_faults_no_scenario_is_confirmed() {
    for play in sample() {
        let harmless = Play { faults: Vec::new(), ..play.clone() };
        let seen = mismatch(&verdict(&harmless, &reference(), &plain_memory()));
        let expected = match play.kind() {
            PlayKind::Failure | PlayKind::Step | PlayKind::Compound => {
                Some(MismatchKind::NotBroken)
            }
            PlayKind::Check => Some(MismatchKind::NotFound),
            // A control claims that nothing is wrong, which is so.
            PlayKind::Control => None,
        };
        assert_eq!(seen, expected, "{}", play.name);
    }
}

/// A cause that no group of the play has.
fn another_cause(play: &Play) -> Group {
    let expect = &play.expect;
    let groups = || expect.findings.iter().chain(&expect.advice).chain(&expect.may);
    let is_expected =
        |cause: &&str| groups().flat_map(|group| &group.any).any(|it| it.as_str() == *cause);
    let mut others = ["psmodulepath-missing", "kek-missing"].into_iter();
    let other = others.find(|cause| !is_expected(cause)).unwrap();
    Group { any: vec![other.into()], about: None }
}

#[test]
fn with_another_expected_cause_no_answer_is_right() {
    for (play, story) in stories(&ENGLISH) {
        if matches!(play.kind(), PlayKind::Compound | PlayKind::Control) {
            continue;
        }
        let other = another_cause(play);
        let seen = judged_again(play, story, |beat| {
            let mut expected = (**beat.expected.as_ref().unwrap()).clone();
            expected.groups.iter_mut().for_each(|group| *group = other.clone());
            (expected, beat.diagnosis.clone().unwrap())
        });
        assert_eq!(seen, Some(MismatchKind::NotFound), "{}", play.name);
    }
}

#[test]
fn with_another_expected_cause_no_scenario_is_confirmed() {
    let compounds = corpus::plays().filter(|play| play.kind() == PlayKind::Compound);
    let others = |play: &&Play| !matches!(play.kind(), PlayKind::Compound | PlayKind::Control);
    let singles = sample().into_iter().filter(others);
    for play in compounds.chain(singles) {
        let mut swapped = play.clone();
        let other = another_cause(play);
        swapped.expect.findings.iter_mut().for_each(|group| *group = other.clone());
        swapped.expect.advice.iter_mut().for_each(|group| *group = other.clone());
        for part in &mut swapped.parts {
            part.expect.findings.iter_mut().for_each(|group| *group = other.clone());
        }
        let seen = mismatch(&verdict(&swapped, &reference(), &plain_memory()));
        // What a compound finds is compared with what is there before anything is missed.
        let expected = match play.kind() {
            PlayKind::Compound => MismatchKind::FalseFinding,
            _ => MismatchKind::NotFound,
        };
        assert_eq!(seen, Some(expected), "{}", play.name);
    }
}

#[test]
fn without_its_remedies_no_scenario_is_repaired() {
    let mut stuck = play("iscsi-service-stopped");
    stuck.cures = play("agent-service-stopped").cures;
    let seen = verdict(&stuck, &reference(), &plain_memory());
    assert_eq!(mismatch(&seen), Some(MismatchKind::NotRepaired), "{seen}");
}

#[test]
fn a_fault_beside_the_point_makes_a_play_inconclusive() {
    let mut decorated = play("iscsi-service-stopped");
    decorated.faults.extend(play("trigger-off-and-policy-restricted").faults);
    decorated.expect.may = ["task-trigger-disabled", "execution-policy-restricted"]
        .map(|cause| Group { any: vec![cause.into()], about: None })
        .into();
    decorated.cures.extend(play("trigger-off-and-policy-restricted").cures);
    decorated.cures.iter_mut().for_each(|cure| cure.then = None);
    let seen = verdict(&decorated, &reference(), &plain_memory());
    assert!(matches!(seen, Verdict::Inconclusive { .. }), "{seen}");
}

#[test]
fn of_several_faults_each_must_be_in_the_way_once() {
    // The rule is read with every other rule of the firewall, but no step of the agent leads to its host.
    let mut decorated = play("iscsi-service-stopped");
    decorated.faults.extend(play("block-of-a-host-that-nobody-needs").faults);
    let seen = verdict(&decorated, &reference(), &plain_memory());
    let Verdict::Inconclusive { reason: InconclusiveReason::NeverBlocked { fault } } = seen else {
        panic!("{seen}")
    };
    assert_eq!(fault, "blocks");
}

/// A fault with its changes emptied.
#[derive(Debug)]
struct Nothing;

impl Fault for Nothing {
    fn changes(&self, _world: &World) -> Result<Vec<Change>, NotApplicable> {
        Ok(Vec::new())
    }
}

/// Of several faults none is there for show: without it the scenario claims what is not so.
#[test]
fn without_one_of_its_faults_no_scenario_is_confirmed() {
    let several = |play: &&Play| play.kind() != PlayKind::Control && play.faults.len() > 1;
    for play in corpus::plays().filter(several) {
        // A part of a compound may be a control, of which nothing fails.
        let fails = |at: usize| {
            play.parts.iter().find(|part| part.faults.contains(&at)).is_none_or(Part::fails)
        };
        for (at, fault) in play.faults.iter().enumerate().filter(|(at, _)| fails(*at)) {
            let mut less = play.clone();
            less.faults[at].it = Arc::new(Nothing);
            let seen = verdict(&less, &reference(), &plain_memory());
            assert_ne!(seen, Verdict::Confirmed, "{} without its `{}`", play.name, fault.name);
        }
    }
}

/// Faults that occur only in controls could do nothing at all, unnoticed.
#[test]
fn every_fault_breaks_something_somewhere() {
    let is_single = |play: &&Play| !matches!(play.kind(), PlayKind::Control | PlayKind::Compound);
    let all = corpus::plays().filter(is_single);
    let breaking: BTreeSet<&str> = all.flat_map(|play| &play.faults).map(|it| it.name).collect();
    let others = FAULTS.iter().map(|kind| kind.name).filter(|name| !breaking.contains(name));
    assert_eq!(others.collect::<BTreeSet<_>>(), IN_NO_FAILURE.map(|(name, _)| name).into());
}

/// Faults that no failure is made of, and why.
const IN_NO_FAILURE: [(&str, &str); 5] = [
    ("certificate-revoked", "the agent does not ask; programs that do are compared with `openssl`"),
    ("certificate-unbound", "nothing tells it from a firewall that resets each handshake"),
    ("edit", "it is for what no article documents; the pack in the documentation is made of it"),
    ("proxy-answers", "it changes how a proxy words what it says; tests of the proxy compare that"),
    ("proxy-loses-connections", "a proxy that cuts what it refuses is `proxy-refuses`"),
];
