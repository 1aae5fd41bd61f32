//! Fault `clock-shifted`: a machine's clock is wrong.

use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::edit;
use crate::error::NotApplicable;
use crate::fault::Fault;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<ClockShifted>(
    "clock-shifted",
    "the machine's clock is ahead or behind",
    "{ seconds = 3000 }",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ClockShifted {
    /// By how many seconds it is ahead; negative if behind. At most ten years.
    #[schemars(range(min = -315_360_000, max = 315_360_000))]
    seconds: i64,
}

impl Fault for ClockShifted {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        if self.seconds == 0 || self.seconds.abs() > SECONDS_MAX {
            return Err(NotApplicable::BadShift { parameter: "seconds", max: SECONDS_MAX });
        }
        let ahead = edit::machine(world)?.clock.ahead_seconds.saturating_add(self.seconds);
        Ok(vec![edit::machine_field(world).clock().ahead_seconds().set(ahead)])
    }
}

/// Ten years of 365 days.
const SECONDS_MAX: i64 = 315_360_000;
