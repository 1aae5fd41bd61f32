//! A service that answers with an internal error of its own.

use super::{AGENT, Rule};
use crate::scene::Scene;
use crate::seen::{Found, Seen};

pub(super) const RULE: Rule = Rule { during: AGENT, look };

fn look(scene: &Scene<'_>) -> Seen {
    let errors = &scene.network.errors;
    if errors.is_empty() {
        return Seen::nothing();
    }
    let found = Found::cause("service-error-transient", "retry-later");
    let evidence = errors.iter().map(|(host, status)| format!("{host} answered with {status}"));
    evidence.fold(found, Found::evidence).into()
}

#[cfg(test)]
mod tests;
