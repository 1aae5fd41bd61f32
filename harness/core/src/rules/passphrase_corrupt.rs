//! A key file that is damaged, or does not fit the passphrase's proof in the registry.
//!
//! † What stands in the key file is the lab's own (fakes/README.md): a first line, then names and hexadecimal values.

use marslab_model::Finding;
use marslab_model::host::Account;

use super::{AFTER_REGISTERING, Rule};
use crate::facts::{KEK, KEK_HEAD};
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: AFTER_REGISTERING, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let (Some(expected), Some(folder)) = (&scene.config.key_verifier, scene.scratch.place()) else {
        return RuleOutput::default();
    };
    let path = folder.join(KEK);
    // A file that is missing or locked is another rule's matter.
    let Ok(bytes) = scene.host.read_file(&Account::System, &path) else {
        return RuleOutput::default();
    };
    let flaw = match verifier(&bytes) {
        Some(verifier) if verifier == expected => return RuleOutput::default(),
        Some(_) => "is not the key of the passphrase that was set",
        None => "is damaged",
    };
    Finding::cause("passphrase-corrupt", "unregister-and-register-again")
        .with_evidence(format!("{path} {flaw}"))
        .into()
}

/// The proof of the passphrase; nothing in a file that is no key file.
fn verifier(bytes: &[u8]) -> Option<&str> {
    let mut lines = std::str::from_utf8(bytes).ok()?.lines();
    if lines.next() != Some(KEK_HEAD) {
        return None;
    }
    let mut found = None;
    for line in lines.filter(|line| !line.is_empty()) {
        let (name, value) = line.split_once(' ')?;
        if !is_hexadecimal(value) {
            return None;
        }
        found = found.or_else(|| (name == "verifier").then_some(value));
    }
    found
}

fn is_hexadecimal(text: &str) -> bool {
    text.len().is_multiple_of(2) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests;
