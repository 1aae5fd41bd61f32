//! Fault `software-missing`: a program is not installed.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_model::{Change, Field, Name, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<SoftwareMissing>(
    "software-missing",
    "a program is not installed",
    r#"{ software = "Windows PowerShell" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct SoftwareMissing {
    /// The program's name in the list of installed programs.
    software: Name,
    /// The computer name. Default: the customer's server.
    machine: Option<Name>,
}

impl Fault for SoftwareMissing {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let name = self.machine.clone().unwrap_or_else(|| world.cast.machine.clone());
        let machine = world.machines.get(&name);
        let machine = machine.ok_or_else(|| NotApplicable::missing("machine", &name))?;
        if !machine.software.contains_key(&self.software) {
            return Err(NotApplicable::lacks(&name, "program", &self.software));
        }
        let software = Field::world().machines().at(name).software();
        Ok(vec![software.at(self.software.clone()).removed()])
    }
}
