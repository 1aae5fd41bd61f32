//! Fault `execution-policy`: the PowerShell execution policy of the machine.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit::{self, ExecutionPolicy};
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<Policy>(
    "execution-policy",
    "the PowerShell execution policy of the LocalMachine scope",
    r#"{ policy = "Restricted" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Policy {
    /// The policy.
    policy: ExecutionPolicy,
}

impl Fault for Policy {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let machine = edit::machine(world)?;
        let values = [("ExecutionPolicy", self.policy.name().into())];
        Ok(edit::registry(machine, edit::SHELL.into(), values))
    }
}
