//! Security zones that do not let SYSTEM download from the required sites.
//!
//! A site is asked for under the settings of its zone: of the trusted sites where it is one, else of the internet.

use marslab_model::Finding;
use marslab_model::host::Account;
use marslab_wire::http::Url;

use super::{AGENT, Rule};
use crate::config::number;
use crate::facts::{DOWNLOAD_POLICY, INTERNET_SETTINGS, INTERNET_ZONE, SYSTEM_HIVE};
use crate::rule_output::RuleOutput;
use crate::scene::Scene;
use crate::survey::Place;

pub(super) const RULE: Rule = Rule { during: AGENT, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let places = scene.places();
    let is_shut = |place: &&Place| !allows_download(scene, zone(scene, &place.url));
    let shut: Vec<&str> = places.iter().filter(is_shut).map(|place| place.name.as_str()).collect();
    if shut.is_empty() {
        return RuleOutput::default();
    }
    let is_listed = |place: &Place| zone(scene, &place.url) != INTERNET_ZONE;
    // Whoever began a list of sites wanted downloads from these alone.
    let found = if places.iter().any(is_listed) {
        Finding::cause("trusted-sites-missing", "add-trusted-sites")
    } else {
        Finding::cause("file-download-disabled", "enable-file-download")
    };
    found
        .with_evidence(format!(
            "the security zones of SYSTEM do not allow downloads from {}",
            shut.join(", ")
        ))
        .into()
}

fn allows_download(scene: &Scene<'_>, zone: u32) -> bool {
    let (action, disabled) = DOWNLOAD_POLICY;
    setting(scene, &format!(r"Zones\{zone}"), action) != Some(disabled)
}

/// The zone that the site, or a domain that it is in, was put into. A site below a domain is listed under its whole
/// name or as a key below the domain's.
fn zone(scene: &Scene<'_>, url: &Url) -> u32 {
    let host = url.host.to_string();
    let listed = |site: &str| {
        let key = format!(r"ZoneMap\Domains\{site}");
        let own = setting(scene, &key, &url.scheme.to_string());
        own.or_else(|| setting(scene, &key, "*"))
    };
    let domains = host.match_indices('.').filter_map(|(at, _)| {
        let (below, domain) = (host.get(..at)?, host.get(at + 1..)?);
        domain
            .contains('.')
            .then(|| listed(&format!(r"{domain}\{below}")).or_else(|| listed(domain)))
    });
    [listed(&host)].into_iter().chain(domains).flatten().next().unwrap_or(INTERNET_ZONE)
}

fn setting(scene: &Scene<'_>, key: &str, name: &str) -> Option<u32> {
    let key = format!(r"{SYSTEM_HIVE}\{INTERNET_SETTINGS}\{key}");
    number(scene.host, &Account::System, &key, name)
}

#[cfg(test)]
mod tests;
