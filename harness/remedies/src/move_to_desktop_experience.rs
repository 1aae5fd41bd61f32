//! Remedy `move-to-desktop-experience`.

use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use marslab_model::world::RegValue;
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<
    MoveToDesktopExperience,
>(
    "move-to-desktop-experience",
    "replaces the installation of Windows by one with Desktop Experience; data, agent and registration are moved there",
    "{}",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct MoveToDesktopExperience {}

#[async_trait]
impl Remedy for MoveToDesktopExperience {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let (key, name) = edit::INSTALLATION_TYPE;
        let registry = edit::machine_field(&live.snapshot()?).registry();
        live.apply(&registry.at(key).at(name).set(RegValue::from("Server")))?;
        Ok(())
    }
}
