//! Fault `service-hangs`: a Windows service runs but does not respond.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_model::world::ServiceState;
use marslab_model::{Change, Name, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<ServiceHangs>(
    "service-hangs",
    "a Windows service runs but does not respond until it is restarted",
    r#"{ name = "MSiSCSI" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ServiceHangs {
    /// The service's name, not its display name.
    name: Name,
}

impl Fault for ServiceHangs {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let service = edit::machine(world)?.get().services.get(&self.name);
        match service.map(|service| service.state) {
            Some(ServiceState::Running) => {}
            Some(ServiceState::Stopped) => {
                return Err(NotApplicable::unsuitable(&self.name, "is not running"));
            }
            None => return Err(NotApplicable::missing("service", &self.name)),
        }
        let services = edit::machine_field(world).services();
        Ok(vec![services.at(self.name.clone()).responding().set(false)])
    }
}
