//! What of a world cannot be looked at: the probes of areas, made in that very world.

use std::collections::BTreeSet;

use marslab_live::{Live, Snapshot};
use marslab_model::host::{Account, FileError, Files as _, System as _};
use marslab_model::{Diagnosis, WinPath};
use marslab_scenario::catalogue::{Area, AreaId, Catalogue};
use marslab_scenario::scenario::Group;

use super::{Performance, Stop};
use crate::judge;

impl Performance<'_> {
    /// The areas that are out of reach in a world, of those on which the judgement of a diagnosis depends: those that it
    /// leaves unchecked, and those of the groups that it did not find.
    pub(super) async fn out_of_reach(
        &self,
        about: &Snapshot,
        diagnosis: &Diagnosis,
        groups: &[Group],
    ) -> Result<BTreeSet<AreaId>, Stop> {
        let catalogue = Catalogue::embedded();
        let unchecked = diagnosis.unchecked.iter().filter_map(|it| catalogue.area(&it.what));
        let missed = groups.iter().filter(|group| !judge::is_found(group, diagnosis));
        let of_missed =
            missed.flat_map(judge::areas_of).filter_map(|id| catalogue.area(id.as_str()));
        let mut areas: Vec<&Area> = unchecked.chain(of_missed).collect();
        areas.sort_by_key(|area| &area.id);
        areas.dedup_by_key(|area| &area.id);
        let mut out_of_reach = BTreeSet::new();
        for area in areas {
            // Probes may take world time, and count for impairments: each area has a world of its own.
            let live = Live::resume(about.clone(), &self.start(PROBE)).await?;
            let area = area.in_world(&about.world.cast).map_err(super::PlayError::Area)?;
            if !is_in_reach(&live, &area, about).await {
                out_of_reach.insert(area.id);
            }
            super::no_trouble(&live)?;
        }
        Ok(out_of_reach)
    }
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
