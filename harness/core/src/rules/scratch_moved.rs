//! A scratch folder that was moved by other steps than the documented ones.

use super::{Rule, WITH_KEY};
use crate::facts::KEK;
use crate::scene::Scene;
use crate::scratch::Scratch;
use crate::seen::{Found, Seen};

pub(super) const RULE: Rule = Rule { during: WITH_KEY, look };

fn look(scene: &Scene<'_>) -> Seen {
    let evidence = match &scene.scratch {
        Scratch::At(_) => return Seen::nothing(),
        Scratch::TwoPlaces(config, provider) => format!(
            "ScratchLocation is {config} under Config and {provider} under CloudBackupProvider"
        ),
        Scratch::LeftBehind { named, left } => {
            format!("ScratchLocation is {named}, and {KEK} lies in {left}")
        }
        Scratch::Gone(named) => format!("ScratchLocation is {named}, which does not exist"),
    };
    Found::cause("scratch-moved", "move-scratch-folder").evidence(evidence).into()
}

#[cfg(test)]
mod tests;
