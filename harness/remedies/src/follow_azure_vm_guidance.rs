//! Remedy `follow-azure-vm-guidance`.

use crate::administrator;
use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit::{self, selection};
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_actions::value_types::DriveLetter;
use marslab_live::Live;
use marslab_model::host::HostControl;
use marslab_model::world::Volume;
use marslab_model::{Account, Name, WinPath};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> =
    ActionSpec::<dyn Remedy>::new::<FollowAzureVmGuidance>(
        "follow-azure-vm-guidance",
        "moves the backed-up data from the temporary disk D: to a data disk",
        r#"{ to = "F:" }"#,
    );

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct FollowAzureVmGuidance {
    /// The letter of the data disk, which is attached if missing.
    to: DriveLetter,
}

#[async_trait]
impl Remedy for FollowAzureVmGuidance {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        let machine = edit::machine(&world)?;
        let letter = self.to.as_name();
        if !machine.volumes.contains_key(letter) {
            live.apply(
                &machine
                    .field()
                    .volumes()
                    .at(letter.clone())
                    .set(Volume::ntfs(DISK_BYTES, DISK_BYTES)),
            )?;
        }
        let moved = |path: &WinPath| match path.as_str().get(TEMPORARY.len()..) {
            Some(rest) if path.volume() == Some(Name::new(TEMPORARY)) => {
                WinPath::new(format!("{letter}{rest}"))
            }
            _ => path.clone(),
        };
        let items = selection::items(&machine);
        let is_selected = |path: &WinPath| items.iter().any(|item| path.is_within(item));
        for (path, file) in machine.files.iter().filter(|(path, _)| is_selected(path)) {
            let (system, to) = (Account::System, moved(path));
            if to != *path {
                let copied = live.host().write_file(&system, &to, file.content.bytes(), file.size);
                let done = copied.and_then(|()| live.host().remove_file(&system, path));
                done.map_err(|error| RemedyError::file("move", path, error))?;
            }
        }
        let items: Vec<WinPath> = items.iter().map(moved).collect();
        administrator::make(live, &selection::select(machine, &items))
    }
}

/// The temporary disk of a virtual machine in Azure (mars-facts 5.11).
const TEMPORARY: &str = "D:";

const DISK_BYTES: u64 = 1 << 40;
