//! A vault credentials file after which a newer one was downloaded: its certificate is unknown by now.

use marslab_model::Finding;

use super::{REGISTERING, Rule};
use crate::facts::areas;
use crate::login::Login;
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: REGISTERING, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let Some(file) = &scene.credentials else { return RuleOutput::default() };
    match &scene.login {
        Login::NotAsked | Login::Accepted => RuleOutput::default(),
        Login::UnknownCertificate => {
            Finding::cause("credentials-superseded", "download-new-credentials")
                .with_about(file.path.as_str())
                .with_evidence(
                    "the login service does not know the file's certificate (AADSTS700027)",
                )
                .into()
        }
        Login::Unclear(reason) => RuleOutput::unchecked(areas::SIGN_IN_SERVICE, reason),
    }
}

#[cfg(test)]
mod tests;
