//! A server that is registered with another vault than the one whose credentials the user downloaded.

use super::{KEYING, Rule};
use crate::credentials::CredentialsFile;
use crate::scene::Scene;
use crate::seen::{Found, Seen};

pub(super) const RULE: Rule = Rule { during: KEYING, look };

fn look(scene: &Scene<'_>) -> Seen {
    let vault = scene.config.vault.as_ref().filter(|_| scene.config.is_registered());
    let Some(registered) = vault.map(|vault| vault.name.as_str()) else { return Seen::nothing() };
    let of_file = || {
        let document = scene.credentials.as_ref().and_then(CredentialsFile::document)?;
        Some(("the newest vault credentials file", document.vault.name.as_str()))
    };
    let of_audience = || Some(("AadAudience", audience_vault(scene.config.audience.as_deref()?)?));
    let wanted = [of_file(), of_audience()].into_iter().flatten();
    let mut others = wanted.filter(|(_, vault)| !vault.eq_ignore_ascii_case(registered));
    let found = others.next().map(|(source, wanted)| {
        Found::cause("registered-with-another-vault", "unregister-and-register-again")
            .about(registered)
            .evidence(format!("the registry names {registered}, {source} names {wanted}"))
    });
    found.into()
}

/// The vault in `https://RecoveryServiceVault/{location}/{vault}/{id}`.
fn audience_vault(audience: &str) -> Option<&str> {
    audience.rsplit('/').nth(1).filter(|vault| !vault.is_empty())
}

#[cfg(test)]
mod tests;
