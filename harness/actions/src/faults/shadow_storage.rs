//! Fault `shadow-storage`: the space for a volume's shadow copies.

use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::edit;
use crate::error::NotApplicable;
use crate::fault::Fault;
use crate::value_types::DriveLetter;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<ShadowStorage>(
    "shadow-storage",
    "the maximum space for a volume's shadow copies (`vssadmin resize shadowstorage`)",
    r#"{ volume = "D:", mib = 100 }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ShadowStorage {
    /// The volume: a letter and a colon.
    volume: DriveLetter,
    /// The maximum, in MiB.
    mib: u32,
}

impl Fault for ShadowStorage {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let letter = self.volume.as_name();
        if !edit::machine(world)?.volumes.contains_key(letter) {
            return Err(NotApplicable::missing("volume", letter));
        }
        let storage = edit::machine_field(world).volumes().at(letter.clone()).shadow_storage();
        Ok(vec![storage.set(Some(u64::from(self.mib) << 20))])
    }
}
