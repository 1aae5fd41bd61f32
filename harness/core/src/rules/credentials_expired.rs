//! A vault credentials file whose certificate is no longer valid.

use marslab_model::Finding;

use super::{AGENT, Rule};
use crate::credentials::CredentialsFile;
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: AGENT, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let file = scene.credentials.as_ref().filter(|_| scene.needs_credentials());
    file.and_then(|file| expired(file, scene)).into()
}

fn expired(file: &CredentialsFile, scene: &Scene<'_>) -> Option<Finding> {
    let (document, now) = (file.document()?, scene.now());
    (document.not_after < now).then(|| {
        Finding::cause("credentials-expired", "download-new-credentials")
            .with_about(file.path.as_str())
            .with_evidence(format!(
                "its certificate is valid from {} until {}; it is {now}",
                document.not_before, document.not_after
            ))
    })
}

#[cfg(test)]
mod tests;
