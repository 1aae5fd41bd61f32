use super::RULE;
use crate::survey::Survey;
use crate::testing::{assert_cause, assert_silent, look_at};

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
