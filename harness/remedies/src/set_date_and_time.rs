//! Remedy `set-date-and-time`.

use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<SetDateAndTime>(
    "set-date-and-time",
    "sets the date and time to the current ones in the machine's time zone",
    "{}",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct SetDateAndTime {}

#[async_trait]
impl Remedy for SetDateAndTime {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        let offset = edit::machine(&world)?.clock.zone.utc_offset_minutes;
        let clock = edit::machine_field(&world).clock();
        live.apply(&clock.ahead_seconds().set(i64::from(offset) * 60))?;
        Ok(())
    }
}
