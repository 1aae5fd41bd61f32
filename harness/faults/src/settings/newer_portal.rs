//! Setting `newer-portal`: the portal as it is since about 2022.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::error::NotApplicable;
use marslab_actions::setting::Setting;
use marslab_model::world::PrivateEndpointState;
use marslab_model::{Change, Field, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Setting> = ActionSpec::<dyn Setting>::new::<NewerPortal>(
    "newer-portal",
    "the portal of 2025: its credentials files are valid for ten days, and have the element PrivateEndpointStateForBackup",
    "{}",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct NewerPortal {}

impl Setting for NewerPortal {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let cloud = Field::world().cloud();
        let states = world.cloud.vaults.keys().map(|vault| {
            let vault = cloud.clone().vaults().at(vault.clone());
            vault.private_endpoint_state().set(Some(PrivateEndpointState::None))
        });
        Ok(states.chain([cloud.clone().credentials_hours().set(CREDENTIALS_HOURS)]).collect())
    }
}

/// Ten days (mars-facts 3.5).
const CREDENTIALS_HOURS: u32 = 240;
