//! Fault `computer-renamed`: Windows has a new computer name.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::ComputerName;
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<ComputerRenamed>(
    "computer-renamed",
    "the computer was renamed, but its registration was not updated",
    r#"{ to = "SRV07" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ComputerRenamed {
    /// The new computer name.
    to: ComputerName,
}

impl Fault for ComputerRenamed {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        edit::machine(world)?;
        Ok(vec![edit::machine_field(world).computer_name().set(self.to.as_str())])
    }
}
