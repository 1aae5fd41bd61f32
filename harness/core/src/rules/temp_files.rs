//! A folder for temporary files that holds too many of them.

use marslab_model::WinPath;
use marslab_model::host::Account;

use super::{AGENT, Rule};
use crate::facts::TEMP_FOLDER;
use crate::scene::Scene;
use crate::seen::{Found, Seen};

pub(super) const RULE: Rule = Rule { during: AGENT, look };

fn look(scene: &Scene<'_>) -> Seen {
    let folder = WinPath::new(TEMP_FOLDER);
    let count = match scene.host.count_files(&Account::System, &folder, "tmp") {
        Ok(count) => count,
        Err(error) => return Seen::unchecked(folder.as_str(), error.to_string()),
    };
    let found = if count >= scene.limits.temp_names {
        Found::cause("temp-files-exhausted", "delete-temp-files")
    } else if count > scene.limits.temp_files_advised {
        Found::advice("temp-files-exhausted", "delete-temp-files")
    } else {
        return Seen::nothing();
    };
    found.evidence(format!("{folder} holds {count} .tmp files")).into()
}

#[cfg(test)]
mod tests;
