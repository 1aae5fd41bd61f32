use marslab_model::Name;

use super::RULE;
use crate::facts::BACKUP_TASK;
use crate::rule_output::RuleOutput;
use crate::testing::{Machine, assert_cause, assert_silent, look};

fn run_as(account: &str) -> RuleOutput {
    let machine = Machine::healthy().with(|machine| {
        machine.tasks.get_mut(&Name::new(BACKUP_TASK)).unwrap().account = Name::new(account);
    });
    look(&RULE, machine)
}

#[test]
fn an_account_without_rights_is_found() {
    for account in [r"CORP\operator", r"CORP\nobody"] {
        assert_cause(&run_as(account), "task-account-wrong", Some(account), "set-task-account");
    }
}

#[test]
fn system_and_administrators_are_fine() {
    for account in ["SYSTEM", "system", r"NT AUTHORITY\SYSTEM", "S-1-5-18", r"corp\ADMIN"] {
        assert_silent(&run_as(account));
    }
}

#[test]
fn without_a_task_there_is_no_account() {
    assert_silent(&look(&RULE, Machine::healthy().with(|machine| machine.tasks.clear())));
}
