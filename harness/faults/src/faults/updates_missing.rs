//! Fault `updates-missing`: Windows updates are not installed.

use std::collections::BTreeSet;

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::NonEmptyVec;
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<UpdatesMissing>(
    "updates-missing",
    "Windows updates are available but not installed",
    r#"{ updates = ["KB4503267"] }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct UpdatesMissing {
    /// The updates, by KB number.
    updates: NonEmptyVec<String>,
}

impl Fault for UpdatesMissing {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        edit::machine(world)?;
        let updates: BTreeSet<String> = self.updates.as_slice().iter().cloned().collect();
        Ok(vec![edit::machine_field(world).os().missing_updates().set(updates)])
    }
}
