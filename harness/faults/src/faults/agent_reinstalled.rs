//! Fault `agent-reinstalled`: the agent was uninstalled and reinstalled.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::edit::registration;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<AgentReinstalled>(
    "agent-reinstalled",
    "the agent was uninstalled and reinstalled, which removed the server's registration",
    "{}",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct AgentReinstalled {}

impl Fault for AgentReinstalled {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let changes = registration::uninstalled(edit::machine(world)?);
        if changes.is_empty() {
            return Err(NotApplicable::State("the server is not registered"));
        }
        Ok(changes)
    }
}
