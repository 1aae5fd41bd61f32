//! Fault `scratch-moved`: the registry names another scratch folder, to which some files were copied.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::FilePath;
use marslab_model::world::RegValue;
use marslab_model::{Change, KeyPath, Name, WinPath, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<ScratchMoved>(
    "scratch-moved",
    "both `ScratchLocation` values name another folder, to which only some files of the scratch folder were copied",
    r"{ to = 'D:\Scratch', files = [] }",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ScratchMoved {
    /// The new folder.
    to: FilePath,
    /// The names of the files that were copied.
    files: Vec<String>,
    /// Whether the old folder was deleted afterwards.
    #[serde(default)]
    deletes: bool,
}

impl Fault for ScratchMoved {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let machine = edit::machine(world)?;
        let to = self.to.as_path();
        let absent = to.volume().filter(|letter| !machine.volumes.contains_key(letter));
        if let Some(letter) = absent {
            return Err(NotApplicable::missing("volume", &letter));
        }
        let value = machine.registry.get(&KeyPath::new(edit::PROVIDER));
        let Some(RegValue::Text(from)) = value.and_then(|it| it.get(&Name::new(edit::SCRATCH)))
        else {
            return Err(NotApplicable::State("the registry names no scratch folder"));
        };
        let from = WinPath::new(from.trim_end_matches('\\'));
        let files = machine.field().files();
        let mut changes = Vec::new();
        for name in &self.files {
            let path = from.join(name);
            let file = machine.files.get(&path);
            let file = file.ok_or_else(|| NotApplicable::missing("file", &path))?;
            changes.push(files.clone().at(to.join(name)).set(file.clone()));
        }
        if self.deletes {
            let old = machine.files.keys().filter(|path| path.is_within(&from));
            changes.extend(old.map(|path| files.clone().at(path.clone()).removed()));
        }
        for key in [edit::CONFIG, edit::PROVIDER] {
            let value = [(edit::SCRATCH, to.as_str().into())];
            changes.extend(edit::registry(machine, key.into(), value));
        }
        Ok(changes)
    }
}
