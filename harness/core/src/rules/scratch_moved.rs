//! A scratch folder that was moved by other steps than the documented ones.

use marslab_model::Finding;

use super::{Rule, WITH_KEY};
use crate::facts::KEK;
use crate::rule_output::RuleOutput;
use crate::scene::Scene;
use crate::scratch::Scratch;

pub(super) const RULE: Rule = Rule { during: WITH_KEY, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let evidence = match &scene.scratch {
        Scratch::At(_) | Scratch::Gone(_) => return RuleOutput::default(),
        Scratch::TwoPlaces(config, provider) => format!(
            "ScratchLocation is {config} under Config and {provider} under CloudBackupProvider"
        ),
        Scratch::LeftBehind { named, left } => {
            format!("ScratchLocation is {named}, and {KEK} lies in {left}")
        }
    };
    Finding::cause("scratch-moved", "move-scratch-folder").with_evidence(evidence).into()
}

#[cfg(test)]
mod tests;
