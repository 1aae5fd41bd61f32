use std::collections::BTreeMap;

use marslab_model::{Level, Name};

use super::RULE;
use crate::facts::CONFIG_KEY;
use crate::facts::areas;
use crate::rule_output::RuleOutput;
use crate::testing::{Machine, assert_silent, assert_unchecked, look, told};

/// An offline backup from SRV01 over SRV02, whose programs are these.
fn offline(source: &[(&str, &str)], copy: &[(&str, &str)]) -> RuleOutput {
    let named = |programs: &[(&str, &str)]| -> BTreeMap<Name, String> {
        programs.iter().map(|(name, version)| (Name::new(*name), (*version).to_owned())).collect()
    };
    let machine = Machine::healthy().value(CONFIG_KEY, "OfflineCopyComputer", "SRV02");
    look(
        &RULE,
        machine.with(|machine| {
            machine.software.extend(named(source));
            machine.software_of.insert(Name::new("SRV02"), named(copy));
        }),
    )
}

#[track_caller]
fn assert_missing(seen: &RuleOutput, computers: &[&str]) {
    let remedy = Some("install-azure-powershell");
    let expected: Vec<_> = computers
        .iter()
        .map(|computer| ("azure-powershell-missing", Some(*computer), Level::Advice, remedy))
        .collect();
    assert_eq!(told(&seen.findings), expected);
}

const GOOD: (&str, &str) = ("Microsoft Azure PowerShell - March 2017", "3.7.0");

#[test]
fn each_computer_needs_it() {
    assert_silent(&offline(&[GOOD], &[GOOD]));
    assert_missing(&offline(&[], &[GOOD]), &["SRV01"]);
    assert_missing(&offline(&[GOOD], &[]), &["SRV02"]);
    assert_missing(&offline(&[], &[("Windows PowerShell", "5.1")]), &["SRV01", "SRV02"]);
}

#[test]
fn an_older_version_is_none() {
    let old = ("microsoft azure powershell", "3.6.0");
    assert_missing(&offline(&[GOOD], &[old]), &["SRV02"]);
    assert_silent(&offline(&[GOOD], &[old, ("Microsoft Azure PowerShell - May 2018", "6.0")]));
}

#[test]
fn without_an_offline_backup_nobody_needs_it() {
    assert_silent(&look(&RULE, Machine::healthy()));
}

#[test]
fn a_copy_computer_that_does_not_answer_is_not_judged() {
    let gone = Machine::healthy()
        .value(CONFIG_KEY, "OfflineCopyComputer", "SRV09")
        .with(|machine| drop(machine.software.insert(Name::new(GOOD.0), GOOD.1.to_owned())));
    assert_unchecked(&look(&RULE, gone), areas::COPY_COMPUTER);
}
