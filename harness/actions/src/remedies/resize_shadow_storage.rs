//! Remedy `resize-shadow-storage`.

use async_trait::async_trait;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::edit;
use crate::error::RemedyError;
use crate::remedy::Remedy;
use crate::value_types::DriveLetter;
use marslab_live::Live;

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
