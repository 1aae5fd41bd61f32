//! An operating system that lacks updates.

use super::{AGENT, Rule};
use crate::scene::Scene;
use crate::seen::{Found, Seen};

pub(super) const RULE: Rule = Rule { during: AGENT, look };

fn look(scene: &Scene<'_>) -> Seen {
    let os = scene.host.os().unwrap_or_default();
    if os.missing_updates.is_empty() {
        return Seen::nothing();
    }
    let missing: Vec<&str> = os.missing_updates.iter().map(String::as_str).collect();
    Found::advice("os-outdated", "install-updates")
        .evidence(format!("{} lacks {}", os.caption, missing.join(", ")))
        .into()
}

#[cfg(test)]
mod tests;
