//! A folder for temporary files that holds too many of them.

use marslab_model::host::Account;
use marslab_model::{Finding, WinPath};

use super::{AGENT, Rule};
use crate::facts::TEMP_FOLDER;
use crate::facts::areas;
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: AGENT, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let folder = WinPath::new(TEMP_FOLDER);
    let count = match scene.host.count_files(&Account::System, &folder, "tmp") {
        Ok(count) => count,
        Err(error) => return RuleOutput::unchecked(areas::TEMPORARY_FILES, error.to_string()),
    };
    let found = if count >= scene.limits.temp_names {
        Finding::cause("temp-files-exhausted", "delete-temp-files")
    } else if count > scene.limits.temp_files_advised {
        Finding::advice("temp-files-exhausted", "delete-temp-files")
    } else {
        return RuleOutput::default();
    };
    found.with_evidence(format!("{folder} holds {count} .tmp files")).into()
}

#[cfg(test)]
mod tests;
