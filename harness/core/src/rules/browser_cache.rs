//! A refusal that the user's browser keeps although the service does not refuse any more.

use super::{PORTAL, Rule};
use crate::scene::Scene;
use crate::seen::{Found, Seen};

pub(super) const RULE: Rule = Rule { during: PORTAL, look };

fn look(scene: &Scene<'_>) -> Seen {
    let stale = scene.portal.iter().flat_map(|portal| &portal.stale);
    let mut lines = stale.map(|url| format!("the browser keeps a refusal of {url}"));
    let found = lines.next().map(|first| {
        let found = Found::cause("browser-cache-stale", "clear-browser-cache").evidence(first);
        lines.fold(found, Found::evidence)
    });
    found.into()
}

#[cfg(test)]
mod tests;
