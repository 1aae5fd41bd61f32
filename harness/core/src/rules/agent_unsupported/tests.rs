use marslab_model::{Name, Operation};

use super::RULE;
use crate::facts::AGENT_PROGRAM;
use crate::rule_output::RuleOutput;
use crate::survey::Survey;
use crate::testing::{Machine, assert_cause, assert_silent, look_during};

fn look(installed: &str, page: Option<&str>) -> RuleOutput {
    let machine = Machine::healthy().with(|machine| {
        machine.software.insert(Name::new(AGENT_PROGRAM), installed.to_owned());
    });
    let version_page = page.map(str::to_owned);
    look_during(&RULE, Operation::Register, machine, |scene| {
        scene.network = Survey { version_page, ..Survey::default() };
    })
}

const PAGE: Option<&str> = Some("latest: 2.0.9250.0\noldest: 2.0.9249.0");

#[test]
fn an_agent_older_than_the_oldest_is_found() {
    for installed in ["2.0.9248.9", "2.0.9170.0", "2.0.9083.0"] {
        let seen = look(installed, PAGE);
        assert_cause(&seen, "agent-unsupported", Some(installed), "update-agent");
    }
}

#[test]
fn the_oldest_and_newer_ones_are_fine() {
    for installed in ["2.0.9249.0", "2.0.9249", "2.0.9250.0", "2.1.0.0"] {
        assert_silent(&look(installed, PAGE));
    }
}

#[test]
fn an_agent_that_cannot_sign_in_is_another_matter() {
    for installed in ["2.0.9082.9", "1.9.9999.0", "unreadable"] {
        assert_silent(&look(installed, PAGE));
    }
}

#[test]
fn without_agent_or_page_there_is_nothing_to_say() {
    for page in [None, Some("latest: 2.0.9250.0"), Some("oldest: none")] {
        assert_silent(&look("2.0.9170.0", page));
    }
    let none = Machine::healthy().with(|machine| machine.software.clear());
    assert_silent(&look_during(&RULE, Operation::Backup, none, |scene| {
        scene.network.version_page = PAGE.map(str::to_owned);
    }));
}
