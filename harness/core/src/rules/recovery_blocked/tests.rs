use marslab_model::{Address, DialError, Operation};

use super::RULE;
use crate::rule_output::RuleOutput;
use crate::survey::{Reach, Survey};
use crate::testing::survey::{DROPPED, SurveyFixture};
use crate::testing::{Machine, assert_cause, assert_silent, look_during};

const PORTAL: &str = "pod01-rec2.jpe.backup.windowsazure.com:3260";

fn seen(error: Option<DialError>, network: Survey) -> RuleOutput {
    look_during(&RULE, Operation::Restore, Machine::healthy(), |scene| {
        let portal: Address = PORTAL.parse().unwrap();
        scene.recovery = Some((portal, error));
        scene.network = network;
    })
}

#[test]
fn a_portal_that_nothing_connects_to_is_found() {
    for error in [DialError::TimedOut, DialError::Refused, DialError::Unreachable] {
        let seen = seen(Some(error), SurveyFixture::direct().survey());
        assert_cause(&seen, "recovery-portal-blocked", Some(PORTAL), "allow-at-firewall");
        assert_eq!(seen.findings[0].evidence[0], format!("connecting to {PORTAL}: {error}"));
        let passed = "connecting to pod01-manag1.jpe.backup.windowsazure.com:443 passed";
        assert_eq!(seen.findings[0].evidence[1], passed);
    }
}

#[test]
fn a_portal_that_answers_is_none_of_it() {
    assert_silent(&seen(None, SurveyFixture::direct().survey()));
    let untried = look_during(&RULE, Operation::Restore, Machine::healthy(), |scene| {
        scene.network = SurveyFixture::direct().survey();
    });
    assert_silent(&untried);
}

#[test]
fn where_the_service_is_not_reached_it_comes_first() {
    for reach in [DROPPED, Reach::Replaced, Reach::Refused(403)] {
        let network = SurveyFixture::direct().name("*.WindowsAzure.com", reach);
        assert_silent(&seen(Some(DialError::TimedOut), network.survey()));
    }
    assert_silent(&seen(Some(DialError::TimedOut), Survey::default()));
    // What becomes of other hosts is another matter.
    let network = SurveyFixture::direct().name("*.windows.net", DROPPED).survey();
    assert_eq!(seen(Some(DialError::TimedOut), network).findings.len(), 1);
}
