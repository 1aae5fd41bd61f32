//! Fault `path-variable`: an environment variable of the machine lists other folders.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::ListedFolder;
use marslab_model::{Change, Name, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<PathVariable>(
    "path-variable",
    "an environment variable of the machine lists these folders",
    r#"{ name = "PSModulePath", folders = ['C:\Windows\system32\WindowsPowerShell\v1.0\Modules'] }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct PathVariable {
    /// The variable's name.
    name: Name,
    /// The folders, in order; an empty list empties the variable.
    folders: Vec<ListedFolder>,
    /// Whether the variable has been corrected since the server started. Services and tasks, which read it at the
    /// start, still have these folders.
    #[serde(default)]
    corrected_since_start: bool,
}

impl Fault for PathVariable {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let machine = edit::machine(world)?;
        let is_known = |of: &std::collections::BTreeMap<Name, String>| of.contains_key(&self.name);
        if !is_known(&machine.environment) || !is_known(&machine.boot.environment) {
            return Err(NotApplicable::missing("environment variable", &self.name));
        }
        let folders = self.folders.iter().map(ListedFolder::as_str);
        let value = folders.collect::<Vec<_>>().join(";");
        let field = machine.field();
        let captured = field.clone().boot().environment().at(self.name.clone());
        let mut changes = vec![captured.set(value.as_str())];
        if !self.corrected_since_start {
            changes.push(field.environment().at(self.name.clone()).set(value.as_str()));
        }
        Ok(changes)
    }
}
