//! Fault `access-list`: who is denied access to a file or folder.

use std::collections::BTreeSet;

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::{FilePath, NonEmptyVec};
use marslab_model::{Change, Name, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<AccessList>(
    "access-list",
    "a file or folder denies access to some accounts",
    r#"{ path = 'D:\Data\scans.vhdx', denies = ["SYSTEM"] }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct AccessList {
    /// The file or folder. Give either `path` or `newest-in`.
    path: Option<FilePath>,
    /// A folder; its newest file gets the access list.
    newest_in: Option<FilePath>,
    /// The accounts that can neither read nor write it.
    denies: NonEmptyVec<Name>,
}

impl Fault for AccessList {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let machine = edit::machine(world)?;
        let path = edit::named_or_newest(&machine, self.path.as_ref(), self.newest_in.as_ref())?;
        let denied: BTreeSet<Name> = self.denies.as_slice().iter().cloned().collect();
        Ok(vec![machine.field().denied().at(path).set(denied)])
    }
}
