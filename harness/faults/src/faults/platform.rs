//! Fault `platform`: the machine runs on another platform.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<Platform>(
    "platform",
    "where the machine runs; in Azure, D: is the temporary disk",
    r#"{ runs = "azure-vm" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Platform {
    /// Where it runs.
    runs: marslab_model::world::Platform,
}

impl Fault for Platform {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        edit::machine(world)?;
        Ok(vec![edit::machine_field(world).platform().set(self.runs)])
    }
}
