//! A vault credentials file with another extension than the agent takes (mars-facts E1).

use super::{REGISTERING, Rule};
use crate::credentials::CredentialsFile;
use crate::facts::CREDENTIALS_EXTENSION;
use crate::scene::Scene;
use crate::seen::{Found, Seen};

pub(super) const RULE: Rule = Rule { during: REGISTERING, look };

fn look(scene: &Scene<'_>) -> Seen {
    let found = CredentialsFile::misnamed(scene.host).map(|path| {
        Found::cause("credentials-misnamed", "download-new-credentials")
            .about(path.as_str())
            .evidence(format!("{path} holds vault credentials, and is no .{CREDENTIALS_EXTENSION}"))
    });
    found.into()
}

#[cfg(test)]
mod tests;
