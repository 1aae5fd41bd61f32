//! Fault `installed-version`: another version of a program is installed.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_model::{Change, Field, Name, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<InstalledVersion>(
    "installed-version",
    "another version of a program is installed",
    r#"{ software = "Microsoft Azure Recovery Services Agent", version = "2.0.9145.0" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct InstalledVersion {
    /// The program's name in the list of installed programs.
    software: Name,
    /// The version.
    version: String,
    /// The computer name. Default: the customer's server.
    machine: Option<Name>,
}

impl Fault for InstalledVersion {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let name = self.machine.clone().unwrap_or_else(|| world.cast.machine.clone());
        let machine = world.machines.get(&name);
        let machine = machine.ok_or_else(|| NotApplicable::missing("machine", &name))?;
        if !machine.software.contains_key(&self.software) {
            return Err(NotApplicable::unsuitable(&self.software, "is not installed"));
        }
        let software = Field::world().machines().at(name).software();
        Ok(vec![software.at(self.software.clone()).version().set(self.version.as_str())])
    }
}
