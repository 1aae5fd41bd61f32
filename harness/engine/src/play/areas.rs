//! What of a world cannot be looked at: the probes of areas, made in that very world.

use std::collections::BTreeSet;

use marslab_base::azure::{self, AzureCloud, PUBLIC};
use marslab_live::{Live, Snapshot};
use marslab_model::host::{Account, FileError, Files as _, System as _};
use marslab_model::world::Cast;
use marslab_model::{Diagnosis, HostName, WinPath, World};
use marslab_scenario::catalogue::{Area, AreaId, Catalogue};

use super::{Performance, PlayError, Stop, no_trouble};

impl Performance<'_> {
    /// Which of these areas are out of reach in a world.
    pub(super) async fn out_of_reach<'a>(
        &self,
        about: &Snapshot,
        areas: impl IntoIterator<Item = &'a str>,
    ) -> Result<BTreeSet<AreaId>, Stop> {
        let areas: BTreeSet<&str> = areas.into_iter().collect();
        let areas = areas.into_iter().filter_map(|id| Catalogue::known().area(id));
        let mut out_of_reach = BTreeSet::new();
        for area in areas {
            // Probes may take world time, and count for impairments: each area has a world of its own.
            let live = Live::resume(about.clone(), &self.start(PROBE))?;
            let mut area = area.in_world(&about.world.cast).map_err(PlayError::Area)?;
            area.get.iter_mut().for_each(|url| *url = in_its_cloud(url, &about.world));
            if !is_in_reach(&live, &area, about).await {
                out_of_reach.insert(area.id);
            }
            no_trouble(&live)?;
        }
        Ok(out_of_reach)
    }
}

/// A URL with the hosts that the vault of this world has in its cloud: areas name those of the public one.
fn in_its_cloud(url: &str, world: &World) -> String {
    let Cast { vault, region, storage_account, .. } = &world.cast;
    let Some(vault) = world.cloud.vaults.get(vault) else { return url.to_owned() };
    let (own, account) = (AzureCloud::of_region(&vault.location), storage_account.as_str());
    let hosts = [
        (PUBLIC.sign_in.into(), own.sign_in.into()),
        (PUBLIC.login.into(), own.login.into()),
        (PUBLIC.management.into(), own.management.into()),
        (azure::backup_host(region), azure::backup_host(&vault.location)),
        (PUBLIC.blob_host(account), vault.blob_host.clone()),
        (PUBLIC.queue_host(account), vault.queue_host.clone()),
    ];
    let at = |host: &HostName| format!("//{host}/");
    let other = hosts.iter().find(|(public, _)| url.contains(&at(public)));
    other.map_or_else(|| url.to_owned(), |(public, own)| url.replace(&at(public), &at(own)))
}

/// The areas that a diagnosis leaves unchecked.
pub(super) fn unchecked(diagnosis: &Diagnosis) -> impl Iterator<Item = &str> {
    diagnosis.unchecked.iter().map(|it| it.what.as_str())
}

/// Whether all probes of an area succeed.
async fn is_in_reach(live: &Live, area: &Area, about: &Snapshot) -> bool {
    for account in &area.accounts {
        let who = account.of(&about.intent.user);
        if !answers(live, area, &who).await || !opens(live, area, &who) {
            return false;
        }
    }
    for call in &area.calls {
        let found = call.make(live.host()).await.value();
        if found.is_none_or(|found| found.is_null()) {
            return false;
        }
    }
    true
}

/// Whether the hosts of the URLs answer an account.
async fn answers(live: &Live, area: &Area, who: &Account) -> bool {
    let mut token = None;
    if area.session {
        let Account::User(user) = who else { return false };
        token = live.host().portal_session(user).ok().flatten();
        if token.is_none() {
            return false;
        }
    }
    for url in &area.get {
        let status = match url.parse() {
            Ok(url) => live.ask_host(who, &url, token.as_deref()).await,
            Err(_) => None,
        };
        let is_good = status.is_some_and(|status| status < if area.session { 300 } else { 500 });
        if is_good == area.any {
            return is_good;
        }
    }
    !area.any || area.get.is_empty()
}

/// Whether an account can read all that is at or below the paths.
fn opens(live: &Live, area: &Area, who: &Account) -> bool {
    let mut open: Vec<WinPath> = area.open.iter().map(WinPath::new).collect();
    while let Some(path) = open.pop() {
        match live.host().list_folder(who, &path) {
            Ok(entries) => {
                for entry in entries {
                    if entry.folder {
                        open.push(entry.path);
                    } else if !is_readable(live.host().read_file(who, &entry.path).err()) {
                        return false;
                    }
                }
            }
            Err(error) if is_readable(Some(error)) => {}
            Err(_) => return false,
        }
    }
    true
}

/// What is not there can be seen not to be there; a large file that was opened is one that can be read.
const fn is_readable(error: Option<FileError>) -> bool {
    matches!(
        error,
        None | Some(
            FileError::NotFound
                | FileError::PathNotFound
                | FileError::InvalidPath
                | FileError::TooLarge
        )
    )
}

/// The number of the world in which probes are made.
const PROBE: u32 = 5;

#[cfg(test)]
mod tests;
