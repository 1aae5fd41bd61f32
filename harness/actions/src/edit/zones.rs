//! The security zones of Windows, as the SYSTEM account has them (mars-facts 5.8).

use marslab_model::world::RegValue;
use marslab_model::{Change, KeyPath, Map, Name, Target};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{INTERNET_SETTINGS, Placed, SYSTEM_SID, registry};

/// A security zone.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Zone {
    /// Sites of the organisation.
    Intranet,
    /// Sites that were added to the trusted sites.
    TrustedSites,
    /// Every site that is in no other zone.
    Internet,
    /// Sites that were added to the restricted sites.
    RestrictedSites,
}

impl Zone {
    const fn number(self) -> u32 {
        match self {
            Self::Intranet => 1,
            Self::TrustedSites => 2,
            Self::Internet => 3,
            Self::RestrictedSites => 4,
        }
    }
}

/// What a zone does about an action.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Policy {
    /// It lets it be done.
    #[default]
    Enable,
    /// It does not.
    Disable,
}

/// Sets what a zone does about file downloads.
pub fn file_download(machine: Placed<'_>, zone: Zone, policy: Policy) -> Vec<Change> {
    let value = match policy {
        Policy::Enable => 0,
        Policy::Disable => 3,
    };
    let key = settings(&format!(r"Zones\{}", zone.number()));
    registry(machine, key, [(FILE_DOWNLOAD, value.into())])
}

/// Adds sites to the trusted sites.
pub fn trust<'t>(machine: Placed<'_>, sites: impl IntoIterator<Item = &'t Target>) -> Vec<Change> {
    let zone = || [(EVERY_SCHEME, Zone::TrustedSites.number().into())];
    let keys = sites.into_iter().filter_map(key_of);
    keys.flat_map(|key| registry(machine, key, zone())).collect()
}

/// The change that takes a site out of the trusted sites; `None` if it is not one of them.
pub fn distrust(machine: Placed<'_>, site: &Target) -> Option<Change> {
    let key = key_of(site).filter(|key| machine.registry.get(key).is_some_and(is_trusted))?;
    Some(machine.field().registry().at(key).removed())
}

fn is_trusted(values: &Map<Name, RegValue>) -> bool {
    values.get(&Name::new(EVERY_SCHEME)) == Some(&Zone::TrustedSites.number().into())
}

/// Where Windows lists a site: a domain under its own name, a host as a key below its domain's. Address ranges are
/// listed elsewhere, and the lab's agent asks for none by address.
fn key_of(site: &Target) -> Option<KeyPath> {
    let listed = match site {
        Target::Wildcard(domain) => domain.as_str().to_owned(),
        Target::Host(host) => {
            let host = host.as_str();
            let dots: Vec<usize> = host.match_indices('.').map(|(at, _)| at).collect();
            // The domain is the last two labels.
            let split = dots.iter().nth_back(1).and_then(|at| host.split_at_checked(*at));
            match split {
                Some((below, domain)) => format!(r"{}\{below}", domain.trim_start_matches('.')),
                None => host.to_owned(),
            }
        }
        Target::Any | Target::Range(_) => return None,
    };
    Some(settings(&format!(r"ZoneMap\Domains\{listed}")))
}

fn settings(key: &str) -> KeyPath {
    KeyPath::new(format!(r"HKU\{SYSTEM_SID}\{INTERNET_SETTINGS}\{key}"))
}

/// The action of a file download.
const FILE_DOWNLOAD: &str = "1803";

/// The value that lists a site whatever the scheme.
const EVERY_SCHEME: &str = "*";

#[cfg(test)]
mod tests;
