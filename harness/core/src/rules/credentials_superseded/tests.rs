use super::RULE;
use crate::facts::areas;
use crate::login::Login;
use crate::rule_output::RuleOutput;
use crate::testing::{
    CREDENTIALS, Machine, assert_cause, assert_silent, assert_unchecked, look_during,
};

fn look(login: Login) -> RuleOutput {
    look_during(&RULE, RULE.during[0], Machine::unregistered(), |scene| scene.login = login)
}

#[test]
fn a_certificate_that_the_login_service_does_not_know_is_found() {
    let seen = look(Login::UnknownCertificate);
    let remedy = "download-new-credentials";
    assert_cause(&seen, "credentials-superseded", Some(CREDENTIALS), remedy);
}

#[test]
fn one_that_it_knows_is_fine() {
    assert_silent(&look(Login::Accepted));
    assert_silent(&look(Login::NotAsked));
}

#[test]
fn another_answer_says_nothing() {
    assert_unchecked(
        &look(Login::Unclear("the login service answered 500".to_owned())),
        areas::SIGN_IN_SERVICE,
    );
}
