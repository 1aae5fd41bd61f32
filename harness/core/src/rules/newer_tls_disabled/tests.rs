use marslab_model::Operation;

use super::RULE;
use crate::facts::{DOTNET_KEY, DOTNET_SETTINGS, SCHANNEL_PROTOCOLS};
use crate::limits::Limits;
use crate::rule_output::RuleOutput;
use crate::scene::Scene;
use crate::testing::{Machine, assert_cause, assert_silent};
use crate::tls::Answer;

fn without(version: &str) -> Machine {
    let key = format!(r"{SCHANNEL_PROTOCOLS}\TLS {version}\Client");
    Machine::healthy().value(&key, "Enabled", 0)
}

fn look(machine: Machine, servers: Answer) -> RuleOutput {
    let host = machine.host();
    let mut scene = Scene::at_rest(Operation::Register, &host, Limits::default());
    scene.offer.answer = servers;
    (RULE.look)(&scene)
}

#[test]
fn what_windows_or_the_registry_keeps_back_is_found() {
    let held_back = Machine::healthy().value(DOTNET_SETTINGS, "SystemDefaultTlsVersions", 0).value(
        DOTNET_SETTINGS,
        "SchUseStrongCrypto",
        0,
    );
    for machine in [without("1.2"), held_back] {
        assert_cause(
            &look(machine.clone(), Answer::Refused),
            "tls-1.2-disabled",
            None,
            "enable-newer-tls",
        );
        assert_silent(&look(machine, Answer::Taken));
    }
}

#[test]
fn other_reasons_are_other_rules_matters() {
    let old = Machine::healthy().value(DOTNET_KEY, "Release", 394_254);
    assert_silent(&look(old, Answer::Refused));
    let key = format!(r"{SCHANNEL_PROTOCOLS}\TLS 1.0\Client");
    assert_silent(&look(without("1.2").value(&key, "Enabled", 0), Answer::Refused));
}
