//! Remedy `set-time-zone`.

use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::edit::time_zone::TimeZone;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<SetTimeZone>(
    "set-time-zone",
    "sets the machine's time zone",
    r#"{ zone = "Tokyo Standard Time" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct SetTimeZone {
    /// The time zone.
    zone: TimeZone,
}

#[async_trait]
impl Remedy for SetTimeZone {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        live.apply(&edit::machine_field(&world).clock().zone().set(self.zone.zone()))?;
        Ok(())
    }
}
