use marslab_model::{DialError, Operation};

use super::RULE;
use crate::facts::clouds::PUBLIC;
use crate::survey::{Naming, Probe, Reach, Survey, of_portal};
use crate::testing::survey::SurveyFixture;
use crate::testing::{Machine, assert_cause, assert_silent, look_at, look_during};

fn with_entry() -> Probe {
    let place = of_portal(&PUBLIC).remove(0);
    let mut probe = Probe::by_name(place, None, Reach::Failed(DialError::TimedOut));
    probe.naming = Naming::HostsFile("10.1.0.4".parse().unwrap());
    probe
}

#[test]
fn an_entry_that_leads_nowhere_is_found_with_its_address() {
    let host = with_entry().place.url.host.to_string();
    let seen = look_during(&RULE, Operation::DownloadCredentials, Machine::healthy(), |scene| {
        scene.network = Survey { aside: vec![with_entry()], ..Survey::default() };
    });
    assert_cause(&seen, "hosts-entry-wrong", Some(&host), "reset-hosts-file");
    let evidence = seen.findings[0].evidence.join("\n");
    assert!(evidence.contains("etc\\hosts gives") && evidence.ends_with("10.1.0.4"), "{evidence}");
}

#[test]
fn what_no_entry_names_is_blocked_by_something_else() {
    assert_silent(&look_at(&RULE, SurveyFixture::direct().survey()));
    let blocked = Reach::Failed(DialError::TimedOut);
    assert_silent(&look_at(&RULE, SurveyFixture::direct().name("*.windows.net", blocked).survey()));
}
