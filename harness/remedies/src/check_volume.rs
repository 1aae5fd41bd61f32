//! Remedy `check-volume`.

use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_actions::value_types::DriveLetter;
use marslab_live::Live;
use marslab_model::WinPath;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeSet;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<CheckVolume>(
    "check-volume",
    "runs chkdsk on a volume, which repairs the files that NTFS has marked",
    r#"{ volume = "D:" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct CheckVolume {
    /// The volume: a letter and a colon.
    volume: DriveLetter,
}

#[async_trait]
impl Remedy for CheckVolume {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        let letter = self.volume.as_name().clone();
        let noted = edit::machine_field(&world).volumes().at(letter).noted_for_repair();
        live.apply(&noted.set(BTreeSet::<WinPath>::new()))?;
        Ok(())
    }
}
