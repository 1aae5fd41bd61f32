//! A server that is registered with another vault than the one whose credentials the user downloaded.

use marslab_model::{Finding, Operation};

use super::Rule;
use crate::credentials::CredentialsFile;
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: WITHIN_A_VAULT, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let vault = scene.config.vault.as_ref().filter(|_| scene.config.is_registered());
    let Some(registered) = vault.map(|vault| vault.name.as_str()) else {
        return RuleOutput::default();
    };
    let document = scene.credentials.as_ref().and_then(CredentialsFile::document);
    let wanted = document.map(|document| document.vault.name.as_str());
    let other = wanted.filter(|wanted| !wanted.eq_ignore_ascii_case(registered));
    let found = other.map(|wanted| {
        Finding::cause("registered-with-another-vault", "unregister-and-register-again")
            .with_about(registered)
            .with_evidence(format!(
                "the registry names {registered}, the newest vault credentials file {wanted}"
            ))
    });
    found.into()
}

/// What needs the vault that the user means: its key is set there, and its recovery points are.
const WITHIN_A_VAULT: &[Operation] =
    &[Operation::SetPassphrase, Operation::Activate, Operation::Restore];

#[cfg(test)]
mod tests;
