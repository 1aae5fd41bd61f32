//! Which TLS versions the agent offers: what .NET has as its default, less what SCHANNEL has switched off (mars-facts
//! 5.8). And which a browser does.

use marslab_model::HostRead;
use marslab_model::host::Account;
use marslab_model::world::TlsVersion;

use crate::config::number;
use crate::facts::{DOTNET_KEY, DOTNET_SETTINGS, SCHANNEL_PROTOCOLS};
use crate::limits::Limits;

/// What the agent offers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Offer {
    /// The versions, oldest first.
    pub(crate) versions: Vec<TlsVersion>,
    /// Whether .NET keeps it at TLS 1.0.
    pub(crate) is_old_dotnet: bool,
    /// Whether Windows keeps it from TLS 1.0.
    pub(crate) is_without_1_0: bool,
    /// What the required servers say to them. Asked only where none is current.
    pub(crate) answer: Answer,
}

/// What servers say to an offer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Answer {
    /// They were not asked.
    #[default]
    NotAsked,
    /// They take it.
    Taken,
    /// One of them refuses it.
    Refused,
    /// None of them could be reached.
    Unreached,
}

impl Offer {
    /// Reads the registry.
    pub(crate) fn read(host: &dyn HostRead, limits: &Limits) -> Self {
        let value = |key: &str, name| number(host, &Account::System, key, name);
        let release = value(DOTNET_KEY, "Release").unwrap_or(0);
        let is_on = |name, since: u32| {
            value(DOTNET_SETTINGS, name).map_or(release >= since, |value| value != 0)
        };
        let is_old_dotnet = !is_on("SystemDefaultTlsVersions", limits.windows_tls_release)
            && !is_on("SchUseStrongCrypto", limits.newer_tls_release);
        let mut offer = Self { is_old_dotnet, ..Self::of_browser(host) };
        offer.versions.retain(|version| !is_old_dotnet || *version == TlsVersion::V1_0);
        offer
    }

    /// What a user's browser offers, which has nothing to do with .NET.
    pub(crate) fn of_browser(host: &dyn HostRead) -> Self {
        let is_enabled = |version: &str| {
            let key = format!(r"{SCHANNEL_PROTOCOLS}\TLS {version}\Client");
            let value = |name| number(host, &Account::System, &key, name);
            value("Enabled") != Some(0) && value("DisabledByDefault").unwrap_or(0) == 0
        };
        let known = VERSIONS.iter().filter(|(_, name)| is_enabled(name));
        let versions = known.map(|(version, _)| *version).collect();
        Self { versions, is_without_1_0: !is_enabled("1.0"), ..Self::default() }
    }

    /// Whether a required server refuses it.
    pub(crate) fn is_refused(&self) -> bool {
        self.answer == Answer::Refused
    }

    /// Whether it has the version that every server of the cloud takes.
    pub(crate) fn is_current(&self) -> bool {
        self.versions.contains(&TlsVersion::V1_2)
    }
}

/// What Windows Server 2016 has.
const VERSIONS: [(TlsVersion, &str); 3] =
    [(TlsVersion::V1_0, "1.0"), (TlsVersion::V1_1, "1.1"), (TlsVersion::V1_2, "1.2")];

#[cfg(test)]
mod tests;
