//! A passphrase that the vault refuses, because it holds backups of the server under another one.
//!
//! A vault shows nobody what it knows of a passphrase. The engine writes into its log how the vault answered; the last
//! answer counts.

use marslab_model::host::{Account, FileError};

use super::{KEYING, Rule};
use crate::facts::{ENGINE_LOG, KEY_REFUSED, KEY_TAKEN};
use crate::scene::Scene;
use crate::seen::{Found, Seen};

pub(super) const RULE: Rule = Rule { during: KEYING, look };

fn look(scene: &Scene<'_>) -> Seen {
    let path = scene.config.install.join(ENGINE_LOG);
    let log = match scene.host.read_file(&Account::System, &path) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(FileError::NotFound | FileError::PathNotFound | FileError::InvalidPath) => {
            return Seen::nothing();
        }
        Err(error) => return Seen::unchecked(path.as_str(), error.to_string()),
    };
    let is_refusal = |line: &str| KEY_REFUSED.iter().all(|part| line.contains(part));
    let is_answer = |line: &&str| is_refusal(line) || line.contains(KEY_TAKEN);
    let Some(last) = log.lines().rfind(is_answer).filter(|line| is_refusal(line)) else {
        return Seen::nothing();
    };
    let found = Found::cause("passphrase-differs-from-first", "use-first-passphrase").evidence(
        format!("the last answer in {path}: {}", last.rsplit('\t').next().unwrap_or(last)),
    );
    let vault = scene.config.vault.as_ref().filter(|_| scene.config.is_registered());
    match vault {
        Some(vault) => found.about(vault.name.as_str()).into(),
        None => found.into(),
    }
}

#[cfg(test)]
mod tests;
