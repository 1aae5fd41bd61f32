//! A virtual machine in Azure whose temporary disk holds what the agent needs (mars-facts 5.11).

use marslab_model::world::Platform;
use marslab_model::{Finding, Name, WinPath};

use super::{AGENT, Rule};
use crate::facts::TEMPORARY_VOLUME;
use crate::items;
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: AGENT, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    if scene.host.platform() != Ok(Platform::AzureVm) {
        return RuleOutput::default();
    }
    let items = items::selected(&scene.config);
    let paths = items.iter().chain(scene.scratch.place());
    let at_risk: Vec<&WinPath> = paths.filter(|path| is_temporary(path)).collect();
    if at_risk.is_empty() {
        return RuleOutput::default();
    }
    let found = Finding::advice("agent-on-azure-vm", "follow-azure-vm-guidance");
    let lines = at_risk.iter().map(|path| format!("{path} lies on the temporary disk"));
    lines.fold(found, Finding::with_evidence).into()
}

fn is_temporary(path: &WinPath) -> bool {
    path.volume() == Some(Name::new(TEMPORARY_VOLUME))
}

#[cfg(test)]
mod tests;
