//! Fault `path-renamed`: a file or folder has a new name.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::FilePath;
use marslab_model::{Change, WinPath, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<PathRenamed>(
    "path-renamed",
    "a file or folder was renamed",
    r"{ path = 'D:\Data', to = 'Data-old' }",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct PathRenamed {
    /// The file or folder. Give either `path` or `newest-in`.
    path: Option<FilePath>,
    /// A folder; its newest file is renamed.
    newest_in: Option<FilePath>,
    /// The new name. Give either `to` or `append`.
    to: Option<String>,
    /// A suffix to append to the name, such as `.txt`.
    append: Option<String>,
}

impl Fault for PathRenamed {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let machine = edit::machine(world)?;
        let path = edit::named_or_newest(&machine, self.path.as_ref(), self.newest_in.as_ref())?;
        let name = match (&self.to, &self.append) {
            (Some(to), None) => to.clone(),
            (None, Some(end)) => format!("{}{end}", path.file_name()),
            _ => return Err(NotApplicable::Parameters("give either `to` or `append`")),
        };
        let parent = path.parent().filter(|_| !name.is_empty() && !name.contains(['\\', '/', ':']));
        let parent = parent.ok_or_else(|| NotApplicable::BadFileName(name.clone()))?;
        let renamed = parent.join(&name);
        let old = machine.files.iter().filter(|(file, _)| file.is_within(&path));
        let files = machine.field().files();
        let moved = old.flat_map(|(file, content)| {
            let rest = file.as_str().get(path.as_str().len()..).unwrap_or_default();
            let new = WinPath::new(format!("{renamed}{rest}"));
            [files.clone().at(file.clone()).removed(), files.clone().at(new).set(content.clone())]
        });
        let changes: Vec<Change> = moved.collect();
        if changes.is_empty() {
            return Err(NotApplicable::missing("file or folder", &path));
        }
        Ok(changes)
    }
}
