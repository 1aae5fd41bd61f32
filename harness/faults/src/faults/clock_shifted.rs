//! Fault `clock-shifted`: a machine's clock is wrong.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::Whole;
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<ClockShifted>(
    "clock-shifted",
    "the machine's clock is ahead or behind",
    "{ seconds = 3000 }",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ClockShifted {
    /// By how many seconds it is ahead; negative if behind. At most ten years.
    seconds: Whole<i64, { -SECONDS_MAX }, SECONDS_MAX>,
}

impl Fault for ClockShifted {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let by = self.seconds.get();
        if by == 0 {
            return Err(NotApplicable::Parameters("`seconds` is 0, which changes nothing"));
        }
        let ahead = edit::machine(world)?.clock.ahead_seconds.saturating_add(by);
        if ahead.abs() > AHEAD_SECONDS_MAX {
            return Err(NotApplicable::State("the clock would be wrong by more than ten years"));
        }
        Ok(vec![edit::machine_field(world).clock().ahead_seconds().set(ahead)])
    }
}

/// Ten years of 365 days.
const SECONDS_MAX: i64 = 315_360_000;

/// The same, beside what the machine's zone adds.
const AHEAD_SECONDS_MAX: i64 = SECONDS_MAX + 24 * 3600;
