//! A server that goes by another name than the one under which it was registered (mars-facts 1.9).

use super::{COPYING, Rule};
use crate::scene::Scene;
use crate::seen::{Found, Seen};

pub(super) const RULE: Rule = Rule { during: COPYING, look };

fn look(scene: &Scene<'_>) -> Seen {
    let registered = scene.config.server_name.as_deref().filter(|_| scene.config.is_registered());
    let Some(registered) = registered else { return Seen::nothing() };
    let now = scene.host.full_name();
    let found = (!registered.eq_ignore_ascii_case(now.as_str())).then(|| {
        Found::cause("server-renamed", "rename-server")
            .about(now.as_str())
            .evidence(format!("it was registered as {registered}"))
    });
    found.into()
}

#[cfg(test)]
mod tests;
