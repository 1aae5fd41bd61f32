//! Fault `service-stopped`: a Windows service is stopped.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_model::world::{ServiceState, StartType};
use marslab_model::{Change, Name, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<ServiceStopped>(
    "service-stopped",
    "a Windows service is stopped",
    r#"{ name = "obengine" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ServiceStopped {
    /// The service's name, not its display name.
    name: Name,
    /// Whether it is also disabled.
    #[serde(default)]
    disabled: bool,
}

impl Fault for ServiceStopped {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        if !edit::machine(world)?.services.contains_key(&self.name) {
            return Err(NotApplicable::missing("service", &self.name));
        }
        let services = edit::machine_field(world).services();
        let service = services.at(self.name.clone());
        let mut changes = vec![service.clone().state().set(ServiceState::Stopped)];
        if self.disabled {
            changes.push(service.start().set(StartType::Disabled));
        }
        Ok(changes)
    }
}
