//! A connection to the recovery portal that was lost while the files of a recovery volume were copied.
//!
//! A connection that breaks only after a while cannot be tried without one's own recovery point. The engine logs what became of
//! the last restore.

use marslab_model::Finding;

use super::{RESTORING, Rule};
use crate::facts::{RECOVERED, RECOVERY_BROKEN};
use crate::log;
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: RESTORING, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let last = match log::last_failure(scene, &RECOVERY_BROKEN, RECOVERED) {
        Ok(Some(last)) => last,
        Ok(None) => return RuleOutput::default(),
        Err(unchecked) => return unchecked,
    };
    let said = last.rsplit('\t').next().unwrap_or(&last);
    let found = Finding::cause("recovery-connection-broken", "allow-at-firewall")
        .with_evidence(format!("the last restore in {}: {said}", log::path(scene)));
    match portal(said) {
        Some(host) => found.with_about(host).into(),
        None => found.into(),
    }
}

/// The host of the address in parentheses.
fn portal(said: &str) -> Option<&str> {
    let (_, rest) = said.rsplit_once('(')?;
    let (address, _) = rest.split_once(')')?;
    Some(address.split_once(':').map_or(address, |(host, _port)| host))
}

#[cfg(test)]
mod tests;
