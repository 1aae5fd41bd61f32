use super::RULE;
use crate::facts::DOTNET_KEY;
use crate::rule_output::RuleOutput;
use crate::testing::{Machine, assert_advice, assert_cause, assert_silent, look_during};
use crate::tls::Answer;

fn accepted(release: u32) -> RuleOutput {
    look_during(&RULE, RULE.during[0], with(release), |_| {})
}

fn refused(release: u32) -> RuleOutput {
    look_during(&RULE, RULE.during[0], with(release), |scene| scene.offer.answer = Answer::Refused)
}

fn with(release: u32) -> Machine {
    Machine::healthy().value(DOTNET_KEY, "Release", release)
}

#[test]
fn older_than_4_5_2_is_advised_against() {
    for (release, version) in [(378_389, "4.5"), (378_675, "4.5.1"), (379_892, "4.5.1"), (1, "4.5")]
    {
        assert_advice(&accepted(release), "dotnet-outdated", Some(version), "install-dotnet");
    }
    let none = Machine::healthy().without_value(DOTNET_KEY, "Release");
    let seen = look_during(&RULE, RULE.during[0], none, |_| {});
    assert_advice(&seen, "dotnet-outdated", Some("4.5"), "install-dotnet");
}

#[test]
fn one_whose_tls_the_servers_refuse_breaks_the_agent() {
    for (release, version) in [(394_801, "4.6.1"), (379_893, "4.5.2"), (378_675, "4.5.1")] {
        assert_cause(&refused(release), "dotnet-outdated", Some(version), "install-dotnet");
    }
}

#[test]
fn newer_ones_are_fine() {
    for release in [379_893, 394_254, 394_802, 461_814, 528_040] {
        assert_silent(&accepted(release));
    }
    // Refused for another reason than .NET's age.
    assert_silent(&refused(461_814));
}
