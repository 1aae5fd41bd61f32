//! Fault `time-zone`: Windows has another time zone; its clock, which is kept in local time, stays as it is.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::edit::time_zone::TimeZone as Zone;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<TimeZone>(
    "time-zone",
    "the time zone set on the machine; the local time shown does not change",
    r#"{ zone = "Taipei Standard Time" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct TimeZone {
    /// The time zone.
    zone: Zone,
}

impl Fault for TimeZone {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        edit::machine(world)?;
        Ok(vec![edit::machine_field(world).clock().zone().set(self.zone.zone())])
    }
}
