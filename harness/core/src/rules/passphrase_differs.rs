//! A passphrase that the vault refuses, because it holds backups of the server under another one.
//!
//! A vault does not show what it knows of a passphrase. The engine logs how the vault answered; the last answer counts.

use marslab_model::Finding;

use super::{KEYING, Rule};
use crate::facts::{KEY_REFUSED, KEY_TAKEN};
use crate::log;
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: KEYING, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let last = match log::last_failure(scene, &KEY_REFUSED, KEY_TAKEN) {
        Ok(Some(last)) => last,
        Ok(None) => return RuleOutput::default(),
        Err(unchecked) => return unchecked,
    };
    let (path, answer) = (log::path(scene), last.rsplit('\t').next().unwrap_or(&last));
    let found = Finding::cause("passphrase-differs-from-first", "use-first-passphrase")
        .with_evidence(format!("the last answer in {path}: {answer}"));
    let vault = scene.config.vault.as_ref().filter(|_| scene.config.is_registered());
    match vault {
        Some(vault) => found.with_about(vault.name.as_str()).into(),
        None => found.into(),
    }
}

#[cfg(test)]
mod tests;
