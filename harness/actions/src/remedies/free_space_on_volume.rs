//! Remedy `free-space-on-volume`.

use async_trait::async_trait;
use marslab_model::Name;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::edit;
use crate::error::RemedyError;
use crate::remedy::Remedy;
use marslab_live::Live;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<FreeSpaceOnVolume>(
    "free-space-on-volume",
    "removes unneeded files from a volume",
    r#"{ volume = "C:", mib = 40960 }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct FreeSpaceOnVolume {
    /// The volume: a letter and a colon.
    volume: Name,
    /// The free space afterwards, in MiB.
    mib: u64,
}

#[async_trait]
impl Remedy for FreeSpaceOnVolume {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        let volumes = edit::machine_field(&world).volumes();
        live.apply(&volumes.at(self.volume.clone()).free().set(self.mib.saturating_mul(1 << 20)))?;
        Ok(())
    }
}
