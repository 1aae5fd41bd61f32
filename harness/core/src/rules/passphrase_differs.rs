//! A passphrase that the vault refuses, because it holds backups of the server under another one.
//!
//! A vault does not show what it knows of a passphrase. The engine logs how the vault answered; the last answer counts.

use marslab_model::Finding;
use marslab_model::host::{Account, FileError};

use super::{KEYING, Rule};
use crate::facts::areas;
use crate::facts::{ENGINE_LOG, KEY_REFUSED, KEY_TAKEN};
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: KEYING, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let path = scene.config.install.join(ENGINE_LOG);
    let log = match scene.host.read_file(&Account::System, &path) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(FileError::NotFound | FileError::PathNotFound | FileError::InvalidPath) => {
            return RuleOutput::nothing();
        }
        Err(error) => return RuleOutput::unchecked(areas::AGENT_FILES, format!("{path}: {error}")),
    };
    let is_refusal = |line: &str| KEY_REFUSED.iter().all(|part| line.contains(part));
    let is_answer = |line: &&str| is_refusal(line) || line.contains(KEY_TAKEN);
    let Some(last) = log.lines().rfind(is_answer).filter(|line| is_refusal(line)) else {
        return RuleOutput::nothing();
    };
    let found =
        Finding::cause("passphrase-differs-from-first", "use-first-passphrase").with_evidence(
            format!("the last answer in {path}: {}", last.rsplit('\t').next().unwrap_or(last)),
        );
    let vault = scene.config.vault.as_ref().filter(|_| scene.config.is_registered());
    match vault {
        Some(vault) => found.with_about(vault.name.as_str()).into(),
        None => found.into(),
    }
}

#[cfg(test)]
mod tests;
