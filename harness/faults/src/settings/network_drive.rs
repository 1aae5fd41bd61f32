//! Setting `network-drive`: the administrator has mapped a share of another machine to a drive letter.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::setting::Setting;
use marslab_actions::value_types::DriveLetter;
use marslab_model::world::{Volume, VolumeKind};
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Setting> = ActionSpec::<dyn Setting>::new::<NetworkDrive>(
    "network-drive",
    "a drive letter is mapped to a share of another machine",
    r#"{ letter = "H:" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct NetworkDrive {
    /// The drive letter.
    letter: DriveLetter,
}

impl Setting for NetworkDrive {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let letter = self.letter.as_name();
        if edit::machine(world)?.volumes.contains_key(letter) {
            return Err(NotApplicable::exists("machine", "volume", letter));
        }
        let share = Volume {
            kind: VolumeKind::Network,
            mapped_by: Some(world.cast.admin.clone()),
            ..Volume::ntfs(SHARE_BYTES, SHARE_BYTES / 2)
        };
        Ok(vec![edit::machine_field(world).volumes().at(letter.clone()).set(share)])
    }
}

/// A tebibyte: large enough for whatever a scenario puts there.
const SHARE_BYTES: u64 = 1 << 40;
