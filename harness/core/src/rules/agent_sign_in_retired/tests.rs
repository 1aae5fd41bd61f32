use marslab_model::Name;

use super::RULE;
use crate::facts::AGENT_PROGRAM;
use crate::rule_output::RuleOutput;
use crate::testing::{Machine, assert_cause, assert_silent, look};

fn installed(version: &str) -> RuleOutput {
    let machine = Machine::healthy().with(|machine| {
        machine.software.insert(Name::new(AGENT_PROGRAM), version.to_owned());
    });
    look(&RULE, machine)
}

#[test]
fn an_agent_that_needs_the_retired_service_is_found() {
    for version in ["2.0.9082.9", "2.0.999.0", "1.9.9999.9"] {
        let (cause, remedy) = ("agent-sign-in-retired", "update-agent");
        assert_cause(&installed(version), cause, Some(version), remedy);
    }
}

#[test]
fn one_that_does_without_it_is_fine_and_so_is_none() {
    for version in ["2.0.9083.0", "2.0.9083", "2.1.0.0", "unreadable"] {
        assert_silent(&installed(version));
    }
    assert_silent(&look(&RULE, Machine::healthy().with(|machine| machine.software.clear())));
}
