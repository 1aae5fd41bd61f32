//! Fault `file-edited`: a text in a file was changed.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::FilePath;
use marslab_model::world::File;
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<FileEdited>(
    "file-edited",
    "every occurrence of a text in a file is replaced",
    r"{ newest-in = 'C:\Windows\Temp', replace = 'ok', with = 'failed' }",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct FileEdited {
    /// The file. Give either `path` or `newest-in`.
    path: Option<FilePath>,
    /// A folder; its newest file is edited.
    newest_in: Option<FilePath>,
    /// The text to replace; the file must contain it.
    replace: String,
    /// The replacement.
    with: String,
}

impl Fault for FileEdited {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let machine = edit::machine(world)?;
        let path = edit::named_or_newest(&machine, self.path.as_ref(), self.newest_in.as_ref())?;
        let file = machine.files.get(&path);
        let file = file.ok_or_else(|| NotApplicable::missing("file", &path))?;
        let text = std::str::from_utf8(file.content.bytes());
        let text =
            text.map_err(|_binary| NotApplicable::unsuitable(&path, "is not a text file"))?;
        let times = text.matches(&self.replace).count();
        if times == 0 || self.replace.is_empty() {
            return Err(NotApplicable::unsuitable(&path, "does not contain the text to replace"));
        }
        if times.saturating_mul(self.with.len()) > ADDED_MAX {
            return Err(NotApplicable::TooMuchGrowth { max: ADDED_MAX });
        }
        let edited = text.replace(&self.replace, &self.with);
        let size = u64::try_from(edited.len()).unwrap_or(u64::MAX);
        let edited = File { content: edited.as_str().into(), size, ..file.clone() };
        Ok(vec![machine.field().files().at(path).set(edited)])
    }
}

/// Limits the growth of a file in which a short text occurs often and is replaced by a long one.
const ADDED_MAX: usize = 1 << 20;
