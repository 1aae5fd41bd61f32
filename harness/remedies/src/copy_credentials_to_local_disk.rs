//! Remedy `copy-credentials-to-local-disk`.

use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::{NotApplicable, RemedyError};
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use marslab_model::host::{Files, HostControl};
use marslab_model::world::VolumeKind;
use marslab_model::{Account, WinPath};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> =
    ActionSpec::<dyn Remedy>::new::<CopyCredentialsToLocalDisk>(
        "copy-credentials-to-local-disk",
        "copies the vault credentials file from the network to the local Downloads folder",
        "{}",
    );

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct CopyCredentialsToLocalDisk {}

#[async_trait]
impl Remedy for CopyCredentialsToLocalDisk {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        let machine = edit::machine(&world)?;
        let is_share = |path: &WinPath| {
            let volume = path.volume().and_then(|letter| machine.volumes.get(&letter));
            path.is_network() || volume.is_some_and(|volume| volume.kind == VolumeKind::Network)
        };
        let is_meant = |path: &WinPath| {
            let extension = path.extension().unwrap_or_default();
            extension.eq_ignore_ascii_case(EXTENSION) && is_share(path)
        };
        let files = machine.files.iter().filter(|(path, _)| is_meant(path));
        let newest = files.max_by_key(|(_, file)| file.modified);
        let (path, file) = newest
            .ok_or(NotApplicable::State("there is no vault credentials file on the network"))?;
        let user = Account::User(live.intent().user.clone());
        let copy = world.cast.downloads().join(path.file_name());
        let failed = |error| RemedyError::file("copy", path, error);
        let bytes = live.host().read_file(&user, path).map_err(failed)?;
        live.host().write_file(&user, &copy, &bytes, file.size).map_err(failed)
    }
}

/// mars-facts 3.4; Windows compares it without case.
const EXTENSION: &str = "VaultCredentials";
