//! Fault `file-missing`: a file is gone.

use marslab_model::{Change, Field, Name, World};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Fault, NotApplicable};
use crate::base::MACHINE;
use crate::kind::Kind;
use crate::param::FilePath;

pub(super) const KIND: Kind<dyn Fault> = Kind::<dyn Fault>::new::<FileMissing>(
    "file-missing",
    "a file of the machine is gone",
    r"{ path = 'C:\Windows\Temp\setup.log' }",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct FileMissing {
    /// The file.
    path: FilePath,
}

impl Fault for FileMissing {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let machine = Name::new(MACHINE);
        let path = self.path.as_path();
        if !world.machines.get(&machine).is_some_and(|machine| machine.files.contains_key(path)) {
            return Err(NotApplicable(format!("{machine} has no file `{path}`")));
        }
        Ok(vec![Field::world().machines().at(machine).files().at(path.clone()).removed()])
    }
}
