//! A vault credentials file whose certificate is no longer valid.

use super::{AGENT, Rule};
use crate::credentials::CredentialsFile;
use crate::scene::Scene;
use crate::seen::{Found, Seen};

pub(super) const RULE: Rule = Rule { during: AGENT, look };

fn look(scene: &Scene<'_>) -> Seen {
    let file = scene.credentials.as_ref().filter(|_| scene.needs_credentials());
    file.and_then(|file| expired(file, scene)).into()
}

fn expired(file: &CredentialsFile, scene: &Scene<'_>) -> Option<Found> {
    let (document, now) = (file.document()?, scene.now());
    (document.not_after < now).then(|| {
        Found::cause("credentials-expired", "download-new-credentials")
            .about(file.path.as_str())
            .evidence(format!(
                "its certificate is valid from {} until {}; it is {now}",
                document.not_before, document.not_after
            ))
    })
}

#[cfg(test)]
mod tests;
