//! A vault credentials file after which a newer one was downloaded: its certificate is unknown by now.

use super::{REGISTERING, Rule};
use crate::login::Login;
use crate::scene::Scene;
use crate::seen::{Found, Seen};

pub(super) const RULE: Rule = Rule { during: REGISTERING, look };

fn look(scene: &Scene<'_>) -> Seen {
    let Some(file) = &scene.credentials else { return Seen::nothing() };
    match &scene.login {
        Login::NotAsked | Login::Accepted => Seen::nothing(),
        Login::UnknownCertificate => {
            Found::cause("credentials-superseded", "download-new-credentials")
                .about(file.path.as_str())
                .evidence("the login service does not know the file's certificate (AADSTS700027)")
                .into()
        }
        Login::Unclear(reason) => {
            Seen::unchecked("whether the vault credentials file is the latest", reason)
        }
    }
}

#[cfg(test)]
mod tests;
