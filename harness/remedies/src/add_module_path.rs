//! Remedy `add-module-path`.

use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_actions::value_types::FilePath;
use marslab_live::Live;
use marslab_model::Name;
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<AddModulePath>(
    "add-module-path",
    "adds the folder of the agent's PowerShell module to the machine's PSMODULEPATH variable",
    r"{ folder = 'C:\Program Files\Microsoft Azure Recovery Services Agent\bin\Modules' }",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct AddModulePath {
    /// The folder. Default: the one in the articles, which ends in `bin\Modules\MSOnlineBackup`.
    folder: Option<FilePath>,
}

#[async_trait]
impl Remedy for AddModulePath {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        let name = Name::new("PSModulePath");
        let set = edit::machine(&world)?.get().environment.get(&name).map(String::as_str);
        let folder = self.folder.as_ref().map_or(edit::MODULE, |folder| folder.as_path().as_str());
        let folders = set.into_iter().filter(|set| !set.is_empty()).chain([folder]);
        let value = folders.collect::<Vec<_>>().join(";");
        live.apply(&edit::machine_field(&world).environment().at(name).set(value))?;
        Ok(())
    }
}
