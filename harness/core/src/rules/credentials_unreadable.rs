//! A vault credentials file that the machine's own account cannot read (mars-facts 3.6).

use marslab_model::Finding;
use marslab_model::host::Account;

use super::{REGISTERING, Rule};
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: REGISTERING, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    // A share of another machine is another rule's matter.
    let Some(file) = scene.credentials.as_ref().filter(|file| !file.on_network) else {
        return RuleOutput::default();
    };
    let found = scene.host.read_file(&Account::System, &file.path).err().map(|error| {
        Finding::cause("credentials-unreadable", "download-new-credentials")
            .with_about(file.path.as_str())
            .with_evidence(format!("SYSTEM cannot read {}: {error}", file.path))
    });
    found.into()
}

#[cfg(test)]
mod tests;
