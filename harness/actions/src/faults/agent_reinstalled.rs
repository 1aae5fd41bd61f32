//! Fault `agent-reinstalled`: the agent was uninstalled and reinstalled.

use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::edit;
use crate::edit::registration;
use crate::error::NotApplicable;
use crate::fault::Fault;

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
