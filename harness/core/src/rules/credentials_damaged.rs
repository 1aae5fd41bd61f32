//! A vault credentials file that is not one.

use super::{AGENT, Rule};
use crate::credentials::Content;
use crate::scene::Scene;
use crate::seen::{Found, Seen};

pub(super) const RULE: Rule = Rule { during: AGENT, look };

fn look(scene: &Scene<'_>) -> Seen {
    if !scene.needs_credentials() {
        return Seen::nothing();
    }
    let Some(file) = &scene.credentials else {
        return Seen::unchecked("the vault credentials file", "there is none among the downloads");
    };
    match &file.content {
        Content::Document(_) => Seen::nothing(),
        Content::Damaged(flaw) => Found::cause("credentials-corrupt", "download-new-credentials")
            .about(file.path.as_str())
            .evidence(flaw.to_string())
            .into(),
        Content::Unreadable(error) => Seen::unchecked(file.path.as_str(), error.to_string()),
    }
}

#[cfg(test)]
mod tests;
