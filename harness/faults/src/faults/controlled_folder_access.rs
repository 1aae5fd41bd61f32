//! Fault `controlled-folder-access`: Defender protects folders from programs that it does not trust.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit::controlled_folders::Mode;
use marslab_actions::edit::{self, controlled_folders};
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::{FilePath, NonEmptyVec};
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<ControlledFolderAccess>(
    "controlled-folder-access",
    "Defender is on, and lets only programs that it trusts change what is in folders",
    r"{ folders = ['C:\Program Files\Microsoft Azure Recovery Services Agent\Scratch'] }",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ControlledFolderAccess {
    /// The protected folders.
    folders: NonEmptyVec<FilePath>,
    /// The programs that are allowed to change them.
    #[serde(default)]
    allows: Vec<FilePath>,
    /// Whether Defender only writes down what it would keep back.
    #[serde(default)]
    audit: bool,
}

impl Fault for ControlledFolderAccess {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let machine = edit::machine(world)?;
        let paths = |it: &[FilePath]| it.iter().map(|it| it.as_path().clone()).collect::<Vec<_>>();
        let mut changes = vec![machine.field().antivirus().product().set(PRODUCT)];
        let mode = if self.audit { Mode::Audit } else { Mode::Block };
        changes.extend(controlled_folders::switch_on(machine, mode));
        changes.extend(controlled_folders::protect(machine, &paths(self.folders.as_slice())));
        if !self.allows.is_empty() {
            changes.extend(controlled_folders::allow(machine, &paths(&self.allows)));
        }
        Ok(changes)
    }
}

/// Windows' own antivirus, whose feature it is.
const PRODUCT: &str = "Microsoft Defender Antivirus";
