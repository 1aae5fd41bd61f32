//! Fault `access-list`: whom Windows keeps from a file or folder.

use std::collections::BTreeSet;

use marslab_model::{Change, Name, World};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::edit;
use crate::error::NotApplicable;
use crate::fault::Fault;
use crate::value_types::{FilePath, NonEmptyVec};

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<AccessList>(
    "access-list",
    "the access list of a file or folder keeps accounts out",
    r#"{ path = 'D:\Data\scans.vhdx', denies = ["SYSTEM"] }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct AccessList {
    /// The file or folder; or name the folder by `newest-in`.
    path: Option<FilePath>,
    /// The folder whose newest file has the list.
    newest_in: Option<FilePath>,
    /// The accounts that may neither read nor write it.
    denies: NonEmptyVec<Name>,
}

impl Fault for AccessList {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let machine = edit::machine(world)?;
        let path = edit::named_or_newest(machine, self.path.as_ref(), self.newest_in.as_ref())?;
        let denied: BTreeSet<Name> = self.denies.as_slice().iter().cloned().collect();
        Ok(vec![edit::machine_field().denied().at(path).set(denied)])
    }
}
