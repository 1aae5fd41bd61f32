//! Setting `credentials-valid`: how long credentials files are valid.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::setting::Setting;
use marslab_actions::value_types::Whole;
use marslab_model::{Change, Field, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Setting> = ActionSpec::<dyn Setting>::new::<CredentialsValid>(
    "credentials-valid",
    "how long vault credentials files from the portal are valid",
    "{ hours = 240 }",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct CredentialsValid {
    /// The hours, up to a year: 48 in 2019, 240 later.
    hours: Whole<u32, 1, 8760>,
}

impl Setting for CredentialsValid {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        edit::machine(world)?;
        Ok(vec![Field::world().cloud().credentials_hours().set(self.hours.get())])
    }
}
