//! Setting `time-zone`: the machine is in another time zone.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::edit::time_zone::TimeZone as Zone;
use marslab_actions::error::NotApplicable;
use marslab_actions::setting::Setting;
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Setting> = ActionSpec::<dyn Setting>::new::<TimeZone>(
    "time-zone",
    "the machine is in another time zone, and its clock is right",
    r#"{ zone = "Taipei Standard Time" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct TimeZone {
    /// The time zone.
    zone: Zone,
}

impl Setting for TimeZone {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        edit::machine(world)?;
        let zone = self.zone.zone();
        let ahead = i64::from(zone.utc_offset_minutes) * 60;
        let clock = || edit::machine_field(world).clock();
        Ok(vec![clock().zone().set(zone), clock().ahead_seconds().set(ahead)])
    }
}
