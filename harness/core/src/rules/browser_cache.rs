//! A refusal that the user's browser keeps although the service does not refuse any more, or the cookie of a session
//! that the service does not know.

use super::{PORTAL, Rule};
use crate::scene::Scene;
use crate::seen::{Found, Seen};

pub(super) const RULE: Rule = Rule { during: PORTAL, look };

fn look(scene: &Scene<'_>) -> Seen {
    let stale = scene.portal.iter().flat_map(|portal| &portal.stale);
    let stale = stale.map(|url| format!("the browser keeps a refusal of {url}"));
    let is_lost = scene.portal.as_ref().is_some_and(|portal| portal.is_session_lost);
    let lost =
        is_lost.then(|| "the service does not know the session of the browser's cookie".to_owned());
    let mut lines = stale.chain(lost);
    let found = lines.next().map(|first| {
        let found = Found::cause("browser-cache-stale", "clear-browser-cache").evidence(first);
        lines.fold(found, Found::evidence)
    });
    found.into()
}

#[cfg(test)]
mod tests;
