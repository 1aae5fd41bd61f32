use marslab_model::{DialError, Operation};

use super::RULE;
use crate::facts::areas;
use crate::survey::{Reach, Survey};
use crate::testing::survey::SurveyFixture;
use crate::testing::{
    Machine, assert_cause, assert_silent, assert_unchecked, look_at, look_during,
};

const SERVICE: &str = "pod01-manag1.jpe.backup.windowsazure.com";

#[test]
fn a_server_with_trouble_of_its_own_is_found_once() {
    for errors in [&[(SERVICE, 500)][..], &[(SERVICE, 503), ("login.windows.net", 500)]] {
        let errors = errors.iter().map(|(host, status)| ((*host).to_owned(), *status)).collect();
        let seen = look_at(&RULE, Survey { errors, ..Survey::default() });
        assert_cause(&seen, "service-error-transient", None, "retry-later");
    }
}

#[test]
fn servers_without_trouble_are_fine() {
    assert_silent(&look_at(&RULE, Survey::default()));
}

#[test]
fn a_server_that_is_not_reached_may_have_trouble_too() {
    let during = |operation, network| {
        look_during(&RULE, operation, Machine::healthy(), |scene| scene.network = network)
    };
    let lost = Reach::Failed(DialError::TimedOut);
    let agents = SurveyFixture::direct().name("*.windows.net", lost).survey();
    let vaults = SurveyFixture::direct().name("*.WindowsAzure.com", lost).survey();
    assert_unchecked(&during(Operation::Backup, agents.clone()), areas::REQUIRED_HOSTS);
    for fine in [SurveyFixture::direct().survey(), vaults] {
        assert_silent(&during(Operation::Backup, fine));
    }
    let portals = SurveyFixture::portal().name("management.azure.com", lost).survey();
    assert_unchecked(&during(Operation::DownloadCredentials, portals), areas::PORTAL);
    // One that was found is enough.
    let errors = vec![(SERVICE.to_owned(), 500)];
    let seen = during(Operation::Backup, Survey { errors, ..agents });
    assert_cause(&seen, "service-error-transient", None, "retry-later");
}
