use marslab_model::host::{ReadError, ServiceError};
use marslab_testing::MockHost;
use marslab_testing::machine::service;

use super::{Health, health};

/// What is made of a running service that answers its call so.
#[track_caller]
fn check(answer: Result<(), ServiceError>, expected: &Health) {
    let mut host = MockHost::new();
    host.expect_service().once().returning(|_| Ok(Some(service())));
    host.expect_interrogate_service().once().returning(move |_| answer.map(|()| service()));
    assert_eq!(health(&host, "obengine"), *expected);
}

#[test]
fn only_a_call_that_takes_too_long_says_that_a_service_hangs() {
    check(Ok(()), &Health::Answers);
    let timeout = ServiceError::RequestTimeout;
    check(Err(timeout), &Health::Hangs(timeout));
    // It may have ended meanwhile, or be none of the caller's business.
    for error in [ServiceError::NotActive, ServiceError::AccessDenied] {
        check(Err(error), &Health::Unknown(error.to_string()));
    }
}

#[test]
fn what_cannot_be_looked_at_is_not_called() {
    let denied = ReadError::AccessDenied;
    let mut host = MockHost::new();
    host.expect_service().once().returning(move |_| Err(denied));
    assert_eq!(health(&host, "obengine"), Health::Unknown(denied.to_string()));
}
