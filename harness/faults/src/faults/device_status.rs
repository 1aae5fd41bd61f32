//! Fault `device-status`: a device does not work, or not before Windows is restarted.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_model::world::DeviceStatus;
use marslab_model::{Change, Name, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<Status>(
    "device-status",
    "the status of a device in Device Manager: working, problem or restart needed",
    r#"{ device = 'ROOT\ISCSIPRT\0000', status = "restart-needed" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Status {
    /// The device's instance ID.
    device: Name,
    /// The status.
    status: DeviceStatus,
}

impl Fault for Status {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        if !edit::machine(world)?.devices.contains_key(&self.device) {
            return Err(NotApplicable::missing("device", &self.device));
        }
        let devices = edit::machine_field(world).devices();
        Ok(vec![devices.at(self.device.clone()).status().set(self.status)])
    }
}
