//! A vault credentials file on a share of another machine.

use super::{AGENT, Rule};
use crate::scene::Scene;
use crate::seen::{Found, Seen};

pub(super) const RULE: Rule = Rule { during: AGENT, look };

fn look(scene: &Scene<'_>) -> Seen {
    let file = scene.credentials.as_ref().filter(|file| file.on_network);
    let file = file.filter(|_| scene.needs_credentials());
    let found = file.map(|file| {
        Found::cause("credentials-on-network-path", "copy-credentials-to-local-disk")
            .about(file.path.as_str())
            .evidence("the folder for downloads is a share of another machine")
    });
    found.into()
}

#[cfg(test)]
mod tests;
