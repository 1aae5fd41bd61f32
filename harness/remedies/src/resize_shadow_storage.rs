//! Remedy `resize-shadow-storage`.

use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_actions::value_types::DriveLetter;
use marslab_live::Live;
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<ResizeShadowStorage>(
    "resize-shadow-storage",
    "raises the maximum space for a volume's shadow copies (`vssadmin resize shadowstorage`)",
    r#"{ volume = "D:", mib = 10240 }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ResizeShadowStorage {
    /// The volume: a letter and a colon.
    volume: DriveLetter,
    /// The new maximum, in MiB.
    mib: u32,
}

#[async_trait]
impl Remedy for ResizeShadowStorage {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        let letter = self.volume.as_name().clone();
        let storage = edit::machine_field(&world).volumes().at(letter).shadow_storage();
        live.apply(&storage.set(Some(u64::from(self.mib) << 20)))?;
        Ok(())
    }
}
