//! Fault `time-passes`: the administrator waits.

use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::error::NotApplicable;
use crate::fault::Fault;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<TimePasses>(
    "time-passes",
    "hours pass before the operation is tried",
    "{ hours = 50 }",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct TimePasses {
    /// The hours, up to a year.
    #[schemars(range(min = 1, max = 8760))]
    hours: u32,
    /// Additional minutes.
    #[serde(default)]
    #[schemars(range(max = 59))]
    minutes: u32,
}

impl Fault for TimePasses {
    fn changes(&self, _world: &World) -> Result<Vec<Change>, NotApplicable> {
        if !(1..=HOURS_MAX).contains(&self.hours) {
            return Err(NotApplicable::out_of_range("hours", 1..=HOURS_MAX));
        }
        if self.minutes > MINUTES_MAX {
            return Err(NotApplicable::too_large("minutes", MINUTES_MAX));
        }
        Ok(vec![Change::Elapse { seconds: self.hours * 3600 + self.minutes * 60 }])
    }
}

/// A year: the machines' own certificates are valid for two.
const HOURS_MAX: u32 = 8760;

/// Less than an hour.
const MINUTES_MAX: u32 = 59;
