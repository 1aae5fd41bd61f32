//! Fault `file-damaged`: the end of a file is missing.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::{FilePath, Whole};
use marslab_model::world::{File, Machine};
use marslab_model::{Change, WinPath, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<FileDamaged>(
    "file-damaged",
    "the end of a file is missing",
    r"{ path = 'C:\Windows\Temp\setup.log', keep-percent = 60 }",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct FileDamaged {
    /// The file. Give either `path` or `newest-in`.
    path: Option<FilePath>,
    /// A folder; its newest file is damaged.
    newest_in: Option<FilePath>,
    /// How much of the file is left, in percent.
    keep_percent: Whole<u8, 0, 99>,
}

impl FileDamaged {
    fn find<'w>(&self, machine: &'w Machine) -> Option<(&'w WinPath, &'w File)> {
        let path = self.path.as_ref().map(FilePath::as_path);
        let folder = self.newest_in.as_ref().map(FilePath::as_path);
        let is_meant = |path_there: &WinPath| {
            path.is_none_or(|path| path == path_there)
                && folder.is_none_or(|folder| path_there.parent().as_ref() == Some(folder))
        };
        let meant = machine.files.iter().filter(|(path, _)| is_meant(path));
        meant.max_by_key(|(_, file)| file.modified)
    }
}

impl Fault for FileDamaged {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        if self.path.is_some() == self.newest_in.is_some() {
            return Err(NotApplicable::Parameters("give either `path` or `newest-in`"));
        }
        let machine = edit::machine(world)?;
        let found = self.find(&machine);
        let (path, file) = found.ok_or(NotApplicable::State("no file matches"))?;
        let bytes = file.content.bytes();
        let kept = bytes.len() * usize::from(self.keep_percent.get()) / 100;
        let bytes = bytes.get(..kept).unwrap_or_default();
        let size = u64::try_from(bytes.len()).unwrap_or(file.size);
        let damaged = File { content: bytes.to_vec().into(), size, ..file.clone() };
        let files = machine.field().files();
        Ok(vec![files.at(path.clone()).set(damaged)])
    }
}
