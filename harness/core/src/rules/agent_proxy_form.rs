//! The agent's own proxy in a form that the agent does not take.

use marslab_model::Finding;

use super::{AGENT, Rule};
use crate::proxy;
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: AGENT, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let found = proxy::unusable_own_server(scene.host).map(|server| {
        Finding::cause("agent-proxy-malformed", "set-agent-proxy")
            .with_evidence(format!("the agent's proxy server is set to `{server}`"))
            .with_evidence("the agent takes `http://` and a host, and the port beside it")
            .with_about(server)
    });
    found.into()
}

#[cfg(test)]
mod tests;
