//! An execution policy that keeps PowerShell from running the scheduled command.
//!
//! Of the five scopes that `Get-ExecutionPolicy -List` shows, the first that is defined counts.

use marslab_model::host::Account;
use marslab_model::{Finding, Name};

use super::{Rule, SCHEDULED};
use crate::config::text_of;
use crate::facts::{BACKUP_TASK, GROUP_POLICY, OWN_HIVE, SHELL_POLICY, SYSTEM_NAMES};
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: SCHEDULED, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let Some(task) = scene.task(BACKUP_TASK) else { return RuleOutput::default() };
    let is_system = SYSTEM_NAMES.iter().any(|name| task.account == Name::new(*name));
    let who = if is_system { Account::System } else { Account::User(task.account) };
    let set = |hive: &str, key: &str| {
        let policy = text_of(scene.host, &who, &format!("{hive}\\{key}"), "ExecutionPolicy");
        policy.filter(|policy| !policy.eq_ignore_ascii_case("Undefined"))
    };
    let policy = set(MACHINE_HIVE, GROUP_POLICY)
        .or_else(|| set(OWN_HIVE, GROUP_POLICY))
        .or_else(|| of_process(&task.arguments))
        .or_else(|| set(OWN_HIVE, SHELL_POLICY))
        .or_else(|| set(MACHINE_HIVE, SHELL_POLICY))
        .unwrap_or_else(|| BY_DEFAULT.to_owned());
    let found = policy.eq_ignore_ascii_case("Restricted").then(|| {
        Finding::cause("execution-policy-restricted", "set-execution-policy")
            .with_evidence(format!("the effective execution policy is {policy}"))
    });
    found.into()
}

/// What the task's own command line sets.
fn of_process(arguments: &str) -> Option<String> {
    let mut words = arguments.split_whitespace();
    words.find(|word| {
        ["-ExecutionPolicy", "-ep", "-ex"].iter().any(|option| word.eq_ignore_ascii_case(option))
    })?;
    words.next().map(str::to_owned)
}

/// On servers (mars-facts E7: unverified).
const BY_DEFAULT: &str = "RemoteSigned";

const MACHINE_HIVE: &str = "HKLM";

#[cfg(test)]
mod tests;
