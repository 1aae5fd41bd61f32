//! Remedy `free-space-on-volume`.

use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::{NotApplicable, RemedyError};
use marslab_actions::remedy::Remedy;
use marslab_actions::value_types::Space;
use marslab_live::Live;
use marslab_model::Name;
use schemars::JsonSchema;
use serde::Deserialize;

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
    /// The free space afterwards, in MiB, or as a share: `"10 % of volume + 1"`.
    mib: Space,
}

#[async_trait]
impl Remedy for FreeSpaceOnVolume {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        let machine = edit::machine(&world)?;
        let missing = || NotApplicable::missing("volume", &self.volume);
        let free = self.mib.bytes(&machine, &self.volume).ok_or_else(missing)?;
        live.apply(&machine.field().volumes().at(self.volume.clone()).free().set(free))?;
        Ok(())
    }
}
