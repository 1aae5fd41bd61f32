//! Fault `file-content`: a file contains exactly this text.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::FilePath;
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<FileContent>(
    "file-content",
    "a file contains exactly this text; it is created if missing",
    r"{ path = 'C:\Windows\Temp\setup.log', text = 'half of what was to be writ' }",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct FileContent {
    /// The file. Give either `path` or `newest-in`.
    path: Option<FilePath>,
    /// A folder; its newest file is changed.
    newest_in: Option<FilePath>,
    /// The text.
    text: String,
}

impl Fault for FileContent {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let machine = edit::machine(world)?;
        let path = edit::named_or_newest(&machine, self.path.as_ref(), self.newest_in.as_ref())?;
        Ok(vec![edit::text_file(world, machine, path, &self.text)])
    }
}
