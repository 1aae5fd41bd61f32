use marslab_model::{DialError, Name};

use super::RULE;
use crate::proxy::Source;
use crate::survey::Reach;
use crate::testing::survey::{DROPPED, SurveyFixture};
use crate::testing::{ADMIN, assert_cause, assert_silent, look_at};

#[test]
fn where_nothing_passes_there_is_no_internet() {
    for error in
        [DialError::TimedOut, DialError::Unreachable, DialError::NoSuchHost, DialError::Refused]
    {
        let seen =
            look_at(&RULE, SurveyFixture::direct().everything(Reach::Failed(error)).survey());
        assert_cause(&seen, "no-internet", None, "restore-internet-access");
    }
    let by_address = SurveyFixture::direct().everything(DROPPED).address(
        "*.windows.net",
        "20.190.129.10",
        DROPPED,
    );
    assert_cause(
        &look_at(&RULE, by_address.survey()),
        "no-internet",
        None,
        "restore-internet-access",
    );
}

#[test]
fn a_proxy_without_internet_has_none_either() {
    let seen = look_at(
        &RULE,
        SurveyFixture::proxied(Source::Agent).everything(Reach::Refused(503)).survey(),
    );
    assert_cause(&seen, "no-internet", None, "restore-internet-access");
}

#[test]
fn a_proxy_that_others_use_shows_what_is_wrong() {
    for source in [Source::User(Name::new(ADMIN)), Source::WinHttp] {
        for reach in [Reach::Passed, Reach::Refused(407)] {
            let seen = SurveyFixture::direct().everything(DROPPED).elsewhere(source.clone(), reach);
            let seen = look_at(&RULE, seen.survey());
            assert_cause(&seen, "proxy-not-configured", None, "set-agent-proxy");
        }
    }
}

#[test]
fn where_anything_passes_the_internet_is_there() {
    assert_silent(&look_at(&RULE, SurveyFixture::direct().survey()));
    let one = SurveyFixture::direct().everything(DROPPED).name("www.msftncsi.com", Reach::Passed);
    assert_silent(&look_at(&RULE, one.survey()));
    let by_address = SurveyFixture::direct().everything(DROPPED);
    let by_address = by_address.address("*.windows.net", "20.190.129.10", Reach::Passed);
    assert_silent(&look_at(&RULE, by_address.survey()));
    let refused = SurveyFixture::proxied(Source::Agent).everything(Reach::Refused(403));
    assert_silent(&look_at(&RULE, refused.survey()));
}
