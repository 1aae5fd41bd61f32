//! A vault credentials file with another extension than the agent takes (mars-facts E1).

use marslab_model::Finding;

use super::{REGISTERING, Rule};
use crate::credentials::CredentialsFile;
use crate::facts::CREDENTIALS_EXTENSION;
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: REGISTERING, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let found = CredentialsFile::misnamed(scene.host).map(|path| {
        Finding::cause("credentials-misnamed", "download-new-credentials")
            .with_about(path.as_str())
            .with_evidence(format!(
                "{path} holds vault credentials, but is not a .{CREDENTIALS_EXTENSION}"
            ))
    });
    found.into()
}

#[cfg(test)]
mod tests;
