//! A scratch folder without its key file.

use marslab_model::WinPath;

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
    let paths: Vec<WinPath> =
        scene.scratch.candidates().into_iter().map(|folder| folder.join(KEK)).collect();
    // Of two places, it was where the agent was installed.
    let usual = scene.config.install.join("Scratch").join(KEK);
    let Some(path) = paths.iter().find(|path| **path == usual).or_else(|| paths.last()) else {
        return Seen::unchecked(KEK, "it is not clear which folder is the scratch folder");
    };
    let is_missing = paths.iter().all(|path| is_absent(scene.host, path));
    let found = is_missing.then(|| {
        let found = Found::cause("kek-missing", "restore-kek").about(path.as_str());
        let absent =
            paths.iter().map(|path| format!("a passphrase was set, and there is no {path}"));
        absent.fold(found, Found::evidence)
    });
    found.into()
}

#[cfg(test)]
mod tests;
