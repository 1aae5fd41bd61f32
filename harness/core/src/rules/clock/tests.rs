use marslab_model::{Level, Operation};

use super::RULE;
use crate::facts::areas;
use crate::rule_output::RuleOutput;
use crate::survey::{Clock, Survey};
use crate::testing::{
    ISSUED, Machine, NOW, assert_advice, assert_cause, assert_silent, assert_unchecked, look_at,
    look_during, told,
};

fn ahead(seconds: i64) -> RuleOutput {
    let server: jiff::Timestamp = NOW.parse().unwrap();
    let machine = server + jiff::SignedDuration::from_secs(seconds);
    look_at(&RULE, Survey { clock: Some(Clock { server, machine }), ..Survey::default() })
}

#[test]
fn a_wrong_clock_is_found() {
    for seconds in [301, 1_000, -901, 3_600 * 5 + 700, 3 * 86_400, -40 * 86_400] {
        let seen = ahead(seconds);
        let expected = ("clock-skewed", None, Level::Cause, Some("set-date-and-time"));
        assert_eq!(told(&seen.findings), [expected], "{seconds}");
    }
}

#[test]
fn a_wrong_zone_is_found() {
    for seconds in [3_600, -3_600, 3_600 + 50, -9 * 3_600 - 30, 5 * 3_600 + 1_800, 25 * 3_600] {
        let seen = ahead(seconds);
        let zone = Some("Tokyo Standard Time");
        let expected = ("time-zone-wrong", zone, Level::Cause, Some("set-time-zone"));
        assert_eq!(told(&seen.findings), [expected], "{seconds}");
    }
}

#[test]
fn a_clock_that_lets_the_agent_sign_in_is_fine() {
    for seconds in [0, 1, 300, -300, -900] {
        assert_silent(&ahead(seconds));
    }
}

#[test]
fn a_clock_that_makes_the_file_one_of_the_future_is_found() {
    // The file is dated back by ten minutes.
    let register = |seconds_behind: i64| {
        let issued: jiff::Timestamp = ISSUED.parse().unwrap();
        let now = issued - jiff::SignedDuration::from_secs(seconds_behind);
        let machine = Machine::unregistered().with(|machine| machine.now = now);
        let clock = Some(Clock { server: issued, machine: now });
        look_during(&RULE, Operation::Register, machine, |scene| {
            scene.network = Survey { clock, ..Survey::default() };
        })
    };
    assert_silent(&register(600));
    assert_cause(&register(700), "clock-skewed", None, "set-date-and-time");
}

#[test]
fn without_a_server_nobody_knows() {
    assert_unchecked(&look_at(&RULE, Survey::default()), areas::ANY_SERVER);
}

#[test]
fn in_the_portal_a_wrong_clock_is_only_advised_against() {
    let download = |seconds: i64| {
        let server: jiff::Timestamp = NOW.parse().unwrap();
        let machine = server + jiff::SignedDuration::from_secs(seconds);
        look_during(&RULE, Operation::DownloadCredentials, Machine::healthy(), |scene| {
            let clock = Some(Clock { server, machine });
            scene.network = Survey { clock, ..Survey::default() };
        })
    };
    let zone = Some("Tokyo Standard Time");
    assert_advice(&download(17 * 3_600), "time-zone-wrong", zone, "set-time-zone");
    assert_advice(&download(5_000), "clock-skewed", None, "set-date-and-time");
    assert_silent(&download(60));
}
