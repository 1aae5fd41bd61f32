//! Security zones: the zone of a URL, and whether it allows file downloads, as urlmon decides it for an account.
//!
//! Both are below the `Internet Settings` of the account's hive (mars-facts 5.8; KB 182569 of Microsoft has the keys):
//! `ZoneMap\Domains` lists sites with their zones, `Zones\{zone}` has a policy for each action.

use marslab_model::host::{Account, Registry as _, RegistryValue, UrlPolicy};
use marslab_model::{KeyPath, Name};

use super::FakeMachine;

impl FakeMachine {
    /// The policy for file downloads in the zone of a URL; without a value they are allowed.
    pub(super) fn policy(&self, who: &Account, url: &str) -> UrlPolicy {
        let zone = self.zone_of(who, url);
        match self.setting(who, &format!(r"Zones\{zone}"), FILE_DOWNLOAD) {
            Some(1) => UrlPolicy::Query,
            Some(3) => UrlPolicy::Disallow,
            _ => UrlPolicy::Allow,
        }
    }

    /// The zone in which the site of a URL is listed, else the internet.
    fn zone_of(&self, who: &Account, url: &str) -> u32 {
        let (scheme, rest) = url.split_once("://").unwrap_or_default();
        let host = rest.split(['/', ':', '?']).next().unwrap_or_default().to_ascii_lowercase();
        let keys = site_keys(&host);
        keys.iter().find_map(|key| self.listed(who, key, scheme)).unwrap_or(INTERNET_ZONE)
    }

    fn listed(&self, who: &Account, site: &str, scheme: &str) -> Option<u32> {
        let key = format!(r"ZoneMap\Domains\{site}");
        self.setting(who, &key, scheme).or_else(|| self.setting(who, &key, "*"))
    }

    fn setting(&self, who: &Account, key: &str, name: &str) -> Option<u32> {
        let key = KeyPath::new(format!(r"{INTERNET_SETTINGS}\{key}"));
        match self.registry_value(who, &key, &Name::new(name)).ok()?? {
            RegistryValue::Number(number) => Some(number),
            RegistryValue::Text(_) | RegistryValue::Binary(_) => None,
        }
    }
}

/// The keys in which a site can be listed, most specific first: `login.windows.net`, `windows.net\login`, `windows.net`. A
/// domain stands for all sites below it.
fn site_keys(host: &str) -> Vec<String> {
    let mut keys = vec![host.to_owned()];
    for (dot, _) in host.match_indices('.') {
        let (Some(below), Some(domain)) = (host.get(..dot), host.get(dot + 1..)) else { continue };
        if domain.contains('.') {
            keys.extend([format!(r"{domain}\{below}"), domain.to_owned()]);
        }
    }
    keys
}

const INTERNET_SETTINGS: &str = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Internet Settings";

/// `URLACTION_SHELL_FILE_DOWNLOAD`, "File download" among the actions of a zone.
const FILE_DOWNLOAD: &str = "1803";

/// The zone of every site that is listed in no other (`URLZONE_INTERNET`).
const INTERNET_ZONE: u32 = 3;

#[cfg(test)]
mod tests;
