//! A scratch folder without its key file.

use super::{Rule, WITH_KEY};
use crate::facts::KEK;
use crate::scene::Scene;
use crate::scratch::is_absent;
use crate::seen::{Found, Seen};

pub(super) const RULE: Rule = Rule { during: WITH_KEY, look };

fn look(scene: &Scene<'_>) -> Seen {
    if scene.config.key_verifier.is_none() {
        return Seen::nothing();
    }
    let Some(folder) = scene.scratch.place() else {
        return Seen::unchecked(KEK, "it is not clear which folder is the scratch folder");
    };
    let path = folder.join(KEK);
    let found = is_absent(scene.host, &path).then(|| {
        Found::cause("kek-missing", "restore-kek")
            .about(path.as_str())
            .evidence(format!("a passphrase was set, and there is no {path}"))
    });
    found.into()
}

#[cfg(test)]
mod tests;
