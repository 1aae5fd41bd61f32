//! A vault credentials file that is not one.

use marslab_model::Finding;

use super::{AGENT, Rule};
use crate::credentials::Content;
use crate::facts::areas;
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: AGENT, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    if !scene.needs_credentials() {
        return RuleOutput::default();
    }
    let Some(file) = &scene.credentials else { return RuleOutput::default() };
    match &file.content {
        Content::Document(_) => RuleOutput::default(),
        Content::Damaged(flaw) => Finding::cause("credentials-corrupt", "download-new-credentials")
            .with_about(file.path.as_str())
            .with_evidence(flaw.to_string())
            .into(),
        Content::Unreadable(error) => {
            RuleOutput::unchecked(areas::CREDENTIALS_FILE, format!("{}: {error}", file.path))
        }
    }
}

#[cfg(test)]
mod tests;
