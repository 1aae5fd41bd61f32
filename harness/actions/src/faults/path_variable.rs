//! Fault `path-variable`: an environment variable of the machine lists other folders.

use marslab_model::{Change, Name, World};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::edit;
use crate::error::NotApplicable;
use crate::fault::Fault;
use crate::value_types::FilePath;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<PathVariable>(
    "path-variable",
    "an environment variable of the machine lists these folders, and did so when the server was started",
    r#"{ name = "PSModulePath", folders = ['C:\Windows\system32\WindowsPowerShell\v1.0\Modules'] }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct PathVariable {
    /// The variable.
    name: Name,
    /// The folders, in order; none leaves the variable empty.
    folders: Vec<FilePath>,
    /// Whether the variable was set right after the server had been started: then only what services and tasks
    /// captured at the start lists these folders.
    #[serde(default)]
    corrected_since_start: bool,
}

impl Fault for PathVariable {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let machine = edit::machine(world)?;
        let is_known = |of: &std::collections::BTreeMap<Name, String>| of.contains_key(&self.name);
        if !is_known(&machine.environment) || !is_known(&machine.boot.environment) {
            return Err(NotApplicable(format!("there is no variable `{}`", self.name)));
        }
        let folders = self.folders.iter().map(|folder| folder.as_path().as_str());
        let value = folders.collect::<Vec<_>>().join(";");
        let field = edit::machine_field();
        let captured = field.clone().boot().environment().at(self.name.clone());
        let mut changes = vec![captured.set(value.as_str())];
        if !self.corrected_since_start {
            changes.push(field.environment().at(self.name.clone()).set(value.as_str()));
        }
        Ok(changes)
    }
}
