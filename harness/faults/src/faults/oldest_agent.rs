//! Fault `oldest-agent`: the service supports no agents older than a version.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_model::{Change, Field, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<OldestAgent>(
    "oldest-agent",
    "the service supports no agents older than a version: they cannot register, and jobs of registered ones end with a warning",
    r#"{ version = "2.0.9249.0" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct OldestAgent {
    /// The oldest version that is supported.
    version: String,
}

impl Fault for OldestAgent {
    fn changes(&self, _world: &World) -> Result<Vec<Change>, NotApplicable> {
        Ok(vec![Field::world().cloud().oldest_agent().set(self.version.as_str())])
    }
}
