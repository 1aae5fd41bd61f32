//! Setting `registered-before`: the server was registered and backed up before the scenario starts.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::error::NotApplicable;
use marslab_actions::setting::{Past, Setting};
use marslab_actions::value_types::Whole;
use marslab_model::{Change, Operation, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Setting> = ActionSpec::<dyn Setting>::new::<RegisteredBefore>(
    "registered-before",
    "the server was registered with the vault and backed up some days ago",
    "{ days-ago = 30 }",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RegisteredBefore {
    /// How many days ago; the certificate with which a machine signs in is valid for two years.
    days_ago: Whole<u16, 1, 365>,
}

impl Setting for RegisteredBefore {
    fn changes(&self, _world: &World) -> Result<Vec<Change>, NotApplicable> {
        Ok(Vec::new())
    }

    fn done_before(&self) -> Past {
        let operations = &[
            Operation::DownloadCredentials,
            Operation::Register,
            Operation::SetPassphrase,
            Operation::Activate,
            Operation::Backup,
        ];
        Past { operations, days_ago: self.days_ago.get() }
    }
}
