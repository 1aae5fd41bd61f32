use marslab_model::Name;

use super::RULE;
use crate::facts::AGENT_PROGRAM;
use crate::rule_output::RuleOutput;
use crate::testing::{
    CREDENTIALS, ISSUED, Machine, assert_cause, assert_silent, credentials_xml, look,
};

fn with_newer_file(installed: Option<&str>) -> RuleOutput {
    let newer = "<PrivateEndpointStateForBackup>None</PrivateEndpointStateForBackup></RSB";
    let xml = credentials_xml("vault-east").replace("</RSB", newer);
    let machine = Machine::unregistered().dated_file(CREDENTIALS, &xml, ISSUED);
    look(&RULE, with_agent(machine, installed))
}

fn with_agent(machine: Machine, installed: Option<&str>) -> Machine {
    machine.with(|machine| {
        machine.software.clear();
        let agent = Name::new(AGENT_PROGRAM);
        machine.software.extend(installed.map(|version| (agent, version.to_owned())));
    })
}

#[test]
fn an_agent_that_cannot_read_a_newer_file_is_found() {
    for installed in ["2.0.9248.9", "2.0.9170.0", "1.9.9999.9", "unreadable"] {
        let seen = with_newer_file(Some(installed));
        assert_cause(&seen, "agent-older-than-credentials", Some(installed), "update-agent");
    }
}

#[test]
fn one_that_can_is_fine_and_so_is_none() {
    for installed in ["2.0.9249.0", "2.0.9249", "2.1.0.0"] {
        assert_silent(&with_newer_file(Some(installed)));
    }
    assert_silent(&with_newer_file(None));
}

#[test]
fn every_agent_reads_an_older_file() {
    assert_silent(&look(&RULE, with_agent(Machine::unregistered(), Some("2.0.9170.0"))));
    let none = Machine::unregistered().without_file(CREDENTIALS);
    assert_silent(&look(&RULE, with_agent(none, Some("2.0.9170.0"))));
}
