//! A refusal that the user's browser keeps although the service does not refuse any more, or the cookie of a session
//! that the service does not know.

use marslab_model::Finding;

use super::{PORTAL, Rule};
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: PORTAL, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let stale = scene.portal.iter().flat_map(|portal| &portal.stale);
    let stale = stale.map(|url| format!("the browser keeps a refusal of {url}"));
    let is_lost = scene.portal.as_ref().is_some_and(|portal| portal.is_session_lost);
    let lost =
        is_lost.then(|| "the service does not know the session of the browser's cookie".to_owned());
    let mut lines = stale.chain(lost);
    let found = lines.next().map(|first| {
        let found =
            Finding::cause("browser-cache-stale", "clear-browser-cache").with_evidence(first);
        lines.fold(found, Finding::with_evidence)
    });
    found.into()
}

#[cfg(test)]
mod tests;
