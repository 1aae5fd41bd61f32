//! Remedy `delete-temp-files`.

use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use marslab_model::host::HostControl;
use marslab_model::{Account, WinPath};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<DeleteTempFiles>(
    "delete-temp-files",
    "deletes the .tmp files in the Windows Temp folder",
    "{}",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct DeleteTempFiles {}

#[async_trait]
impl Remedy for DeleteTempFiles {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        let machine = edit::machine(&world)?;
        let folder = WinPath::new(r"C:\Windows\Temp");
        let is_temporary =
            |extension: Option<&str>| extension.is_some_and(|it| it.eq_ignore_ascii_case("tmp"));
        let series = machine.series.get(&folder);
        if series.is_some_and(|series| is_temporary(Some(series.extension.as_str()))) {
            live.apply(&machine.field().series().at(folder.clone()).removed())?;
        }
        let listed = machine.files.keys().filter(|path| {
            path.parent().as_ref() == Some(&folder) && is_temporary(path.extension())
        });
        for path in listed {
            let removed = live.host().remove_file(&Account::System, path);
            removed.map_err(|error| RemedyError::file("delete", path, error))?;
        }
        Ok(())
    }
}
