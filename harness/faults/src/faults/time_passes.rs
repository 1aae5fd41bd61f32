//! Fault `time-passes`: the administrator waits.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::Whole;
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<TimePasses>(
    "time-passes",
    "hours pass before the operation is tried",
    "{ hours = 50 }",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct TimePasses {
    /// The hours, up to three years. The certificate with which a machine signs in is valid for two.
    hours: Whole<u32, 1, 26280>,
    /// Additional minutes.
    #[serde(default)]
    minutes: Whole<u32, 0, 59>,
}

impl Fault for TimePasses {
    fn changes(&self, _world: &World) -> Result<Vec<Change>, NotApplicable> {
        Ok(vec![Change::Elapse { seconds: self.hours.get() * 3600 + self.minutes.get() * 60 }])
    }
}
