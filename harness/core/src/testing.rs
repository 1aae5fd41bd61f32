//! What the tests of this crate share: a machine of plain values, healthy until a test breaks something.

mod credentials;
mod machine;
mod net;
mod parts;
pub(crate) mod survey;

use std::collections::BTreeSet;

use marslab_model::{Finding, Level, Operation};

pub(crate) use credentials::{ISSUED, NOW, bundle, credentials_xml};
pub(crate) use machine::{ADMIN, ADMIN_HIVE, CREDENTIALS, Machine, SCRATCH, temp_folder};
pub(crate) use net::{Net, SERVERS, answer};

use crate::limits::Limits;
use crate::rule_output::RuleOutput;
use crate::rules::Rule;
use crate::scene::Scene;
use crate::survey::Survey;

/// What a rule sees of a machine that was looked at without its network.
pub(crate) fn look(rule: &Rule, machine: Machine) -> RuleOutput {
    look_during(rule, rule.during[0], machine, |_| {})
}

/// What a rule sees of a network, as the survey tells it, from a healthy machine.
pub(crate) fn look_at(rule: &Rule, network: Survey) -> RuleOutput {
    look_during(rule, rule.during[0], Machine::healthy(), |scene| scene.network = network)
}

/// What a rule sees after a test has changed the scene.
pub(crate) fn look_during(
    rule: &Rule,
    operation: Operation,
    machine: Machine,
    change: impl FnOnce(&mut Scene<'_>),
) -> RuleOutput {
    assert!(rule.during.contains(&operation), "the rule is not asked during {operation}");
    let host = machine.host();
    let mut scene = Scene::at_rest(operation, &host, Limits::default());
    change(&mut scene);
    (rule.look)(&scene)
}

/// A finding as the tests compare it: its cause, what it is about, its level, its remedy.
pub(crate) type Told<'a> = (&'a str, Option<&'a str>, Level, Option<&'a str>);

/// The findings, without their evidence, of which there must be some.
#[track_caller]
pub(crate) fn told(findings: &[Finding]) -> Vec<Told<'_>> {
    let told = |finding: &'_ Finding| {
        assert!(!finding.evidence.is_empty(), "{} has no evidence", finding.cause);
    };
    findings.iter().for_each(told);
    findings
        .iter()
        .map(|finding| {
            (
                finding.cause.as_str(),
                finding.about.as_deref(),
                finding.level,
                finding.remedy.as_deref(),
            )
        })
        .collect()
}

/// That a rule found one cause.
#[track_caller]
pub(crate) fn assert_cause(seen: &RuleOutput, cause: &str, about: Option<&str>, remedy: &str) {
    assert_eq!(told(&seen.findings), [(cause, about, Level::Cause, Some(remedy))]);
}

/// That a rule gave one advice.
#[track_caller]
pub(crate) fn assert_advice(seen: &RuleOutput, cause: &str, about: Option<&str>, remedy: &str) {
    assert_eq!(told(&seen.findings), [(cause, about, Level::Advice, Some(remedy))]);
}

/// That a rule found nothing and looked at everything.
#[track_caller]
pub(crate) fn assert_silent(seen: &RuleOutput) {
    assert_eq!(*seen, RuleOutput::default());
}

/// That a rule found nothing because it could not look there.
#[track_caller]
pub(crate) fn assert_unchecked(seen: &RuleOutput, area: &str) {
    assert_eq!(seen.findings, []);
    let areas: BTreeSet<&str> = seen.unchecked.iter().map(|it| it.what.as_str()).collect();
    assert_eq!(areas, BTreeSet::from([area]));
}
