use marslab_model::Operation;

use super::RULE;
use crate::facts::{CONFIG_KEY, areas};
use crate::portal::Portal;
use crate::rule_output::RuleOutput;
use crate::scene::Service;
use crate::testing::{
    CREDENTIALS, ISSUED, Machine, assert_cause, assert_silent, assert_unchecked, credentials_xml,
    look_during,
};

fn told(machine: Machine, service: Service) -> RuleOutput {
    look_during(&RULE, Operation::Backup, machine, |scene| scene.service = service)
}

fn forbidden(machine: Machine, code: &str) -> RuleOutput {
    told(machine, Service::Refuses(code.to_owned()))
}

#[test]
fn a_service_that_cannot_be_asked_is_left_unchecked() {
    assert_unchecked(&told(Machine::healthy(), Service::Unreached), areas::REQUIRED_HOSTS);
    assert_silent(&told(Machine::healthy(), Service::Answers));
    let private = "https://17-ab-pod01-manag1.privatelink.jpe.backup.windowsazure.com/restapi/";
    let private = Machine::healthy().value(CONFIG_KEY, "IdMgmtRestEndpoint", private);
    assert_silent(&told(private, Service::Unreached));
}

fn registering(closed: &[&str], service_host: &str) -> RuleOutput {
    let closed = closed.iter().map(|vault| (*vault).to_owned()).collect();
    let file = credentials_xml("vault-east")
        .replace("pod01-manag1.jpe.backup.windowsazure.com", service_host);
    let machine = Machine::unregistered().dated_file(CREDENTIALS, &file, ISSUED);
    look_during(&RULE, Operation::Register, machine, |scene| {
        scene.portal = Some(Portal { closed, ..Portal::default() });
    })
}

#[test]
fn a_file_from_before_the_vault_was_closed_is_found() {
    let public = "pod01-manag1.jpe.backup.windowsazure.com";
    let seen = registering(&["vault-east"], public);
    let remedy = "download-new-credentials";
    assert_cause(&seen, "public-access-denied", Some("vault-east"), remedy);
    assert!(seen.findings[0].evidence[1].contains(public), "{:?}", seen.findings[0].evidence);
    assert_silent(&registering(&["vault-west"], public));
    let private = "17-ab-pod01-manag1.privatelink.jpe.backup.windowsazure.com";
    assert_silent(&registering(&["vault-east"], private));
    let unasked = Machine::unregistered();
    assert_silent(&look_during(&RULE, Operation::Register, unasked, |_| {}));
}

#[test]
fn a_vault_that_is_closed_to_the_public_is_found() {
    let seen = forbidden(Machine::healthy(), "PublicNetworkAccessDisabled");
    let remedy = "register-with-new-credentials";
    assert_cause(&seen, "public-access-denied", Some("vault-east"), remedy);
    let evidence = &seen.findings[0].evidence[0];
    assert!(evidence.contains("pod01-manag1.jpe.backup.windowsazure.com"), "{evidence}");
    assert!(evidence.contains("PublicNetworkAccessDisabled"), "{evidence}");
}

#[test]
fn what_is_forbidden_for_another_reason_is_another_matter() {
    assert_silent(&forbidden(Machine::healthy(), "AuthorizationFailed"));
    assert_silent(&look_during(&RULE, Operation::Backup, Machine::healthy(), |_| {}));
    let nameless = Machine::healthy().without_value(CONFIG_KEY, "ServiceResourceName");
    assert_silent(&forbidden(nameless, "PublicNetworkAccessDisabled"));
}
