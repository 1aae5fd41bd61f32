use marslab_model::Name;

use super::RULE;
use crate::facts::AGENT_PROGRAM;
use crate::facts::areas;
use crate::rule_output::RuleOutput;
use crate::survey::Survey;
use crate::testing::{Machine, assert_advice, assert_silent, assert_unchecked, look_during};

fn look(installed: &str, page: Option<&str>) -> RuleOutput {
    let machine = Machine::healthy().with(|machine| {
        machine.software.insert(Name::new(AGENT_PROGRAM), installed.to_owned());
    });
    let version_page = page.map(str::to_owned);
    look_during(&RULE, RULE.during[0], machine, |scene| {
        scene.network = Survey { version_page, ..Survey::default() };
    })
}

#[test]
fn an_older_agent_is_advised_against() {
    for installed in ["2.0.9083.0", "2.0.9168.9", "1.9.9999.9", "unreadable"] {
        let seen = look(installed, Some("latest: 2.0.9169.0\n"));
        assert_advice(&seen, "agent-outdated", Some(installed), "update-agent");
    }
}

#[test]
fn the_latest_and_newer_ones_are_fine() {
    for installed in ["2.0.9169.0", "2.0.9169", "2.0.9170.0", "2.1.0.0"] {
        assert_silent(&look(installed, Some("latest: 2.0.9169.0")));
    }
}

#[test]
fn without_the_page_nobody_knows() {
    assert_unchecked(&look("2.0.9083.0", None), areas::VERSION_PAGE);
    assert_unchecked(
        &look("2.0.9083.0", Some("<html>Welcome to the hotel</html>")),
        areas::VERSION_PAGE,
    );
    let none = Machine::healthy().with(|machine| machine.software.clear());
    assert_unchecked(&look_during(&RULE, RULE.during[0], none, |_| {}), areas::MACHINE);
}
