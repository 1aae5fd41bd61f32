//! A vault credentials file of another vault than the one that the server is registered with (mars-facts 1.9).

use marslab_model::Finding;

use super::{REGISTERING, Rule};
use crate::credentials::CredentialsFile;
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: REGISTERING, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let own = scene.config.vault.as_ref().filter(|_| scene.config.is_registered());
    let file = scene.credentials.as_ref().and_then(CredentialsFile::document);
    let (Some(own), Some(file)) = (own, file) else { return RuleOutput::default() };
    let (own, other) = (own.name.as_str(), file.vault.name.as_str());
    let found = (!own.eq_ignore_ascii_case(other)).then(|| {
        Finding::cause("credentials-of-another-vault", "download-new-credentials")
            .with_about(other)
            .with_evidence(format!(
                "the newest file is of {other}, the server is registered with {own}"
            ))
    });
    found.into()
}

#[cfg(test)]
mod tests;
