use super::RULE;
use crate::facts::{DOTNET_KEY, DOTNET_SETTINGS, SCHANNEL_PROTOCOLS};
use crate::testing::{Machine, assert_cause, assert_silent, look};

fn without(versions: &[&str], release: u32) -> Machine {
    let machine = Machine::healthy().value(DOTNET_KEY, "Release", release);
    versions.iter().fold(machine, |machine, version| {
        machine.value(&format!(r"{SCHANNEL_PROTOCOLS}\TLS {version}\Client"), "Enabled", 0)
    })
}

const OLD: u32 = 394_254;
const NEW: u32 = 461_814;

#[test]
fn an_agent_with_nothing_to_offer_is_found() {
    for machine in [without(&["1.0"], OLD), without(&["1.0", "1.1", "1.2"], NEW)] {
        assert_cause(&look(&RULE, machine), "tls-1.0-disabled", None, "enable-newer-tls");
    }
    let key = format!(r"{SCHANNEL_PROTOCOLS}\TLS 1.0\Client");
    let machine = without(&[], OLD).value(&key, "DisabledByDefault", 1);
    assert_cause(&look(&RULE, machine), "tls-1.0-disabled", None, "enable-newer-tls");
}

#[test]
fn an_agent_that_offers_newer_ones_is_fine() {
    assert_silent(&look(&RULE, without(&["1.0"], NEW)));
    for setting in ["SystemDefaultTlsVersions", "SchUseStrongCrypto"] {
        assert_silent(&look(&RULE, without(&["1.0"], OLD).value(DOTNET_SETTINGS, setting, 1)));
    }
    assert_silent(&look(&RULE, without(&["1.1", "1.2"], OLD)));
    assert_silent(&look(&RULE, Machine::healthy()));
}

#[test]
fn a_new_framework_can_be_told_to_behave_like_an_old_one() {
    let machine = without(&["1.0"], NEW).value(DOTNET_SETTINGS, "SystemDefaultTlsVersions", 0);
    assert_silent(&look(&RULE, machine.clone()));
    let machine = machine.value(DOTNET_SETTINGS, "SchUseStrongCrypto", 0);
    assert_cause(&look(&RULE, machine), "tls-1.0-disabled", None, "enable-newer-tls");
}
