//! Remedy `bring-volume-online`.

use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::{NotApplicable, RemedyError};
use marslab_actions::remedy::Remedy;
use marslab_actions::value_types::DriveLetter;
use marslab_live::Live;
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<BringVolumeOnline>(
    "bring-volume-online",
    "brings the disk of a volume online again",
    r#"{ volume = "D:" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct BringVolumeOnline {
    /// The volume: a letter and a colon.
    volume: DriveLetter,
}

#[async_trait]
impl Remedy for BringVolumeOnline {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        let (machine, letter) = (edit::machine(&world)?, self.volume.as_name());
        if !machine.volumes.contains_key(letter) {
            return Err(NotApplicable::missing("volume", letter).into());
        }
        live.apply(&machine.field().volumes().at(letter.clone()).online().set(true))?;
        Ok(())
    }
}
