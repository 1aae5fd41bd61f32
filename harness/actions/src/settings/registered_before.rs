//! Setting `registered-before`: the server was registered and backed up before the scenario starts.

use marslab_model::{Change, Operation, World};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::error::NotApplicable;
use crate::setting::{Past, Setting};

pub(super) const SPEC: ActionSpec<dyn Setting> = ActionSpec::<dyn Setting>::new::<RegisteredBefore>(
    "registered-before",
    "the server was registered with the vault and backed up some days ago",
    "{ days-ago = 30 }",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RegisteredBefore {
    /// How many days ago.
    #[schemars(range(min = 1, max = 365))]
    days_ago: u16,
}

impl Setting for RegisteredBefore {
    fn changes(&self, _world: &World) -> Result<Vec<Change>, NotApplicable> {
        if !(1..=DAYS_MAX).contains(&self.days_ago) {
            return Err(NotApplicable::out_of_range("days-ago", 1..=DAYS_MAX));
        }
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
        Past { operations, days_ago: self.days_ago }
    }
}

/// A machine signs in with a certificate that is valid for two years (mars-facts 3.5).
const DAYS_MAX: u16 = 365;
