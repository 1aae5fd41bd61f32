//! An edition of Windows that the agent does not support (mars-facts 5.11).

use marslab_model::Finding;

use super::{AGENT, Rule};
use crate::config;
use crate::facts::{INSTALLATION_TYPE, UNSUPPORTED_EDITIONS};
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: AGENT, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let (key, name) = INSTALLATION_TYPE;
    let edition = config::text(scene.host, key, name);
    let is_unsupported =
        |edition: &String| UNSUPPORTED_EDITIONS.iter().any(|it| it.eq_ignore_ascii_case(edition));
    let found = edition.filter(is_unsupported).map(|edition| {
        Finding::advice("os-edition-unsupported", "move-to-desktop-experience")
            .with_evidence(format!("{name} is {edition}"))
            .with_about(edition)
    });
    found.into()
}

#[cfg(test)]
mod tests;
