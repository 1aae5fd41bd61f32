//! The security zones of Windows: from where SYSTEM may download files.
//!
//! The articles have file download enabled for the internet zone, or the required sites added to the trusted sites
//! (34513, 100050). That the agent's requests go through a zone's rule is the lab's way to make both matter.

use marslab_model::host::{Account, RegistryValue};
use marslab_model::{HostControl, KeyPath, Name};
use marslab_wire::http::Url;

use crate::places::number;

/// Whether SYSTEM may download from a URL.
pub(crate) fn allows_download(host: &dyn HostControl, url: &Url) -> bool {
    let zone = zone(host, url);
    number(host, &format!(r"{INTERNET_KEY}\Zones\{zone}"), FILE_DOWNLOAD) != Some(DISABLED)
}

/// The zone of a URL: that which its site was put into, else the internet.
fn zone(host: &dyn HostControl, url: &Url) -> u32 {
    let name = url.host.to_string().to_ascii_lowercase();
    let scheme = url.scheme.to_string();
    let keys = keys(&name);
    keys.iter().find_map(|key| listed(host, key, &scheme)).unwrap_or(INTERNET_ZONE)
}

/// Where a site can be listed: `Domains\login.windows.net`, `Domains\windows.net\login`, `Domains\windows.net`. The last
/// stands for the domain with all that is below it.
fn keys(name: &str) -> Vec<String> {
    let mut keys = vec![name.to_owned()];
    let mut below = String::new();
    let mut domain = name;
    while let Some((label, parent)) = domain.split_once('.') {
        if !parent.contains('.') {
            break;
        }
        below = if below.is_empty() { label.to_owned() } else { format!("{below}.{label}") };
        keys.push(format!(r"{parent}\{below}"));
        keys.push(parent.to_owned());
        domain = parent;
    }
    keys
}

fn listed(host: &dyn HostControl, key: &str, scheme: &str) -> Option<u32> {
    let key = KeyPath::new(format!(r"{INTERNET_KEY}\ZoneMap\Domains\{key}"));
    let values = host.registry_values(&Account::System, &key).unwrap_or_default();
    let zone = |wanted: &str| {
        let wanted = Name::new(wanted);
        values.iter().find_map(|(name, value)| match value {
            RegistryValue::Number(zone) if *name == wanted => Some(*zone),
            _ => None,
        })
    };
    zone(scheme).or_else(|| zone("*"))
}

/// The settings of the SYSTEM account (mars-facts 5.8).
const INTERNET_KEY: &str =
    r"HKU\S-1-5-18\Software\Microsoft\Windows\CurrentVersion\Internet Settings";

/// "File download" among the actions of a zone.
const FILE_DOWNLOAD: &str = "1803";

/// The policy that disables an action; 0 enables it.
const DISABLED: u32 = 3;

/// The zone of every site that is in no other.
const INTERNET_ZONE: u32 = 3;

#[cfg(test)]
mod tests;
