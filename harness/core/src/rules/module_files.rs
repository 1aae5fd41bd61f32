//! Files of the agent's PowerShell module that are missing or damaged: its manifest, and the file that this loads.

use marslab_model::host::{Account, FileError};
use marslab_model::{Content, Finding, WinPath};

use super::{Rule, SCHEDULED};
use crate::facts::areas;
use crate::facts::{MODULE, MODULES};
use crate::manifest::root_module;
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: SCHEDULED, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let folder = scene.config.install.join(MODULES).join(MODULE);
    let manifest = folder.join(&format!("{MODULE}.psd1"));
    let Some(flaw) = flaw(scene, &folder, &manifest).err() else { return RuleOutput::default() };
    let found = match flaw {
        Flaw::Missing(path) => Finding::cause("module-missing", "copy-module")
            .with_evidence(format!("{path} does not exist")),
        Flaw::Damaged(path) => Finding::cause("module-corrupt", "copy-module")
            .with_evidence(format!("{path} is damaged")),
        Flaw::Unreadable(path, error) => {
            return RuleOutput::unchecked(areas::AGENT_FILES, format!("{path}: {error}"));
        }
    };
    found.with_about(folder.as_str()).into()
}

enum Flaw {
    Missing(WinPath),
    Damaged(WinPath),
    Unreadable(WinPath, FileError),
}

fn flaw(scene: &Scene<'_>, folder: &WinPath, manifest: &WinPath) -> Result<(), Flaw> {
    let text = read(scene, manifest)?;
    let root = std::str::from_utf8(&text).ok().and_then(root_module);
    let path = folder.join(&root.ok_or_else(|| Flaw::Damaged(manifest.clone()))?);
    let program = read(scene, &path)?;
    // Every program of Windows begins so.
    if program.starts_with(b"MZ") { Ok(()) } else { Err(Flaw::Damaged(path)) }
}

fn read(scene: &Scene<'_>, path: &WinPath) -> Result<Content, Flaw> {
    scene.host.read_file(&Account::System, path).map_err(|error| match error {
        FileError::NotFound | FileError::PathNotFound | FileError::InvalidPath => {
            Flaw::Missing(path.clone())
        }
        error => Flaw::Unreadable(path.clone(), error),
    })
}

#[cfg(test)]
mod tests;
