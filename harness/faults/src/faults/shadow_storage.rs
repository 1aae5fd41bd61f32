//! Fault `shadow-storage`: the space for a volume's shadow copies.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::DriveLetter;
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

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
