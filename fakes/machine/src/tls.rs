//! The TLS versions that programs offer: what SCHANNEL allows, and for managed programs what .NET chooses of it (mars-facts
//! 5.8).

use marslab_model::host::{Account, Registry as _, RegistryValue, TlsClient};
use marslab_model::world::TlsVersion;
use marslab_model::{KeyPath, Name};

use super::FakeMachine;

impl FakeMachine {
    /// The versions that a program of a kind offers, oldest first.
    pub(super) fn offered(&self, client: TlsClient) -> Vec<TlsVersion> {
        let mut versions: Vec<TlsVersion> = VERSIONS
            .into_iter()
            .filter(|(_, name)| self.schannel_allows(name))
            .map(|(version, _)| version)
            .collect();
        if client == TlsClient::Managed && !self.dotnet_uses_newer_tls() {
            versions.retain(|version| *version == TlsVersion::V1_0);
        }
        versions
    }

    /// A version without settings is allowed, as on Windows Server 2012 R2 and later.
    fn schannel_allows(&self, version: &str) -> bool {
        let key = format!(r"{SCHANNEL}\TLS {version}\Client");
        self.number(&key, "Enabled") != Some(0)
            && self.number(&key, "DisabledByDefault").unwrap_or(0) == 0
    }

    /// Whether .NET offers more than TLS 1.0: it follows Windows, or uses strong cryptography. Each can be set in the
    /// registry, and is on by itself from a release on.
    fn dotnet_uses_newer_tls(&self) -> bool {
        let release = self.number(DOTNET, "Release").unwrap_or(0);
        let is_on = |name, since: u32| {
            self.number(DOTNET_SETTINGS, name).map_or(release >= since, |value| value != 0)
        };
        let limits = self.running.limits();
        is_on("SystemDefaultTlsVersions", limits.windows_tls_release)
            || is_on("SchUseStrongCrypto", limits.newer_tls_release)
    }

    fn number(&self, key: &str, name: &str) -> Option<u32> {
        let value = self.registry_value(&Account::System, &KeyPath::new(key), &Name::new(name));
        match value.ok()?? {
            RegistryValue::Number(number) => Some(number),
            RegistryValue::Text(_) | RegistryValue::Binary(_) => None,
        }
    }
}

const VERSIONS: [(TlsVersion, &str); 3] =
    [(TlsVersion::V1_0, "1.0"), (TlsVersion::V1_1, "1.1"), (TlsVersion::V1_2, "1.2")];

const SCHANNEL: &str =
    r"HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols";
const DOTNET: &str = r"HKLM\SOFTWARE\Microsoft\NET Framework Setup\NDP\v4\Full";
const DOTNET_SETTINGS: &str = r"HKLM\SOFTWARE\Microsoft\.NETFramework\v4.0.30319";

#[cfg(test)]
mod tests;
