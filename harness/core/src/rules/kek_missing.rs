//! A scratch folder without its key file.

use marslab_model::{Finding, WinPath};

use super::{Rule, WITH_KEY};
use crate::facts::KEK;
use crate::rule_output::RuleOutput;
use crate::scene::Scene;
use crate::scratch::{Scratch, is_absent};

pub(super) const RULE: Rule = Rule { during: WITH_KEY, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    // With the whole folder its files are gone; whether the key file was among them is unknown.
    let is_gone = matches!(scene.scratch, Scratch::Gone(_));
    if scene.config.key_verifier.is_none() || is_gone {
        return RuleOutput::default();
    }
    let paths: Vec<WinPath> =
        scene.scratch.candidates().into_iter().map(|folder| folder.join(KEK)).collect();
    // Of two places, it was where the agent was installed.
    let usual = scene.config.install.join("Scratch").join(KEK);
    let path = paths.iter().find(|path| **path == usual).or_else(|| paths.last());
    let path = path.unwrap_or(&usual);
    let is_missing = paths.iter().all(|path| is_absent(scene.host, path));
    let found = is_missing.then(|| {
        let found = Finding::cause("kek-missing", "restore-kek").with_about(path.as_str());
        let absent =
            paths.iter().map(|path| format!("a passphrase was set, but {path} does not exist"));
        absent.fold(found, Finding::with_evidence)
    });
    found.into()
}

#[cfg(test)]
mod tests;
