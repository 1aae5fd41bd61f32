//! Fault `file-open`: a program has a file open.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::FilePath;
use marslab_model::{Change, Name, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<FileOpen>(
    "file-open",
    "a program has a file open and shares it with nobody",
    r#"{ path = 'C:\Windows\Temp\setup.log', program = "setup.exe" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct FileOpen {
    /// The file.
    path: FilePath,
    /// The program, by the name of its file.
    program: Name,
}

impl Fault for FileOpen {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let machine = edit::machine(world)?;
        let path = self.path.as_path();
        if !machine.files.contains_key(path) {
            return Err(NotApplicable::missing("file", path));
        }
        Ok(vec![machine.field().open_files().at(path.clone()).set(self.program.clone())])
    }
}
