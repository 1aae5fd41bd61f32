//! Remedy `rename-server`.

use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_actions::value_types::ComputerName;
use marslab_live::Live;
use marslab_model::Change;
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<RenameServer>(
    "rename-server",
    "renames the computer and restarts Windows",
    r#"{ to = "SRV01" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RenameServer {
    /// The new computer name.
    to: ComputerName,
}

#[async_trait]
impl Remedy for RenameServer {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        live.apply(&edit::machine_field(&world).computer_name().set(self.to.as_str()))?;
        live.apply(&Change::Restart { machine: live.machine_name().clone() })?;
        Ok(())
    }
}
