use jiff::{SignedDuration, Timestamp};
use marslab_model::Name;
use marslab_model::host::CertificateInfo;
use marslab_wire::x509;

use super::RULE;
use crate::facts::CONFIG_KEY;
use crate::rule_output::RuleOutput;
use crate::survey::{Clock, Survey};
use crate::testing::{Machine, NOW, assert_cause, assert_silent, bundle, look, look_during};

/// A server with a certificate in its store, and with the registration's name for it.
fn holding(thumbprint: impl FnOnce(&str) -> String) -> (Machine, Timestamp) {
    let der = bundle().certificate.clone();
    let facts = x509::read(&der).unwrap();
    let info = CertificateInfo {
        thumbprint: Name::new(&facts.thumbprint),
        subject: facts.subject.clone(),
        der: der.into(),
    };
    let machine =
        Machine::healthy().value(CONFIG_KEY, "CertThumbprint", thumbprint(&facts.thumbprint));
    (machine.with(|machine| machine.certificates.push(info)), facts.not_after)
}

fn at(machine: Machine, server: Timestamp) -> RuleOutput {
    look_during(&RULE, RULE.during[0], machine, |scene| {
        scene.network =
            Survey { clock: Some(Clock { server, machine: server }), ..Survey::default() };
    })
}

#[test]
fn one_that_has_expired_is_found_by_a_servers_time() {
    let (machine, until) = holding(str::to_owned);
    let late = until + SignedDuration::from_secs(1);
    let seen = at(machine.clone(), late);
    let remedy = "reinstall-with-new-credentials";
    assert_cause(&seen, "machine-certificate-expired", None, remedy);
    let [finding] = seen.findings.as_slice() else { panic!("{seen:?}") };
    assert!(finding.evidence[0].contains(&until.to_string()), "{:?}", finding.evidence);
    assert!(finding.evidence[1].contains(&late.to_string()), "{:?}", finding.evidence);
    assert_silent(&at(machine.clone(), until));
    // Windows does not care how a thumbprint is written.
    let (machine, _) = holding(str::to_lowercase);
    assert_cause(&at(machine, late), "machine-certificate-expired", None, remedy);
}

#[test]
fn the_machines_own_time_tells_nothing() {
    let (machine, until) = holding(str::to_owned);
    let late = machine.with(|machine| machine.now = until + SignedDuration::from_hours(24));
    assert_silent(&look(&RULE, late.clone()));
    assert_silent(&at(late, NOW.parse().unwrap()));
}

#[test]
fn only_the_one_that_the_registration_names_counts() {
    let late = |until: Timestamp| until + SignedDuration::from_hours(24);
    let (other, until) = holding(|_| "00".repeat(20));
    assert_silent(&at(other, late(until)));
    let (machine, until) = holding(str::to_owned);
    assert_silent(&at(machine.without_value(CONFIG_KEY, "MachineId"), late(until)));
    let (machine, until) = holding(str::to_owned);
    assert_silent(&at(machine.without_value(CONFIG_KEY, "CertThumbprint"), late(until)));
}
