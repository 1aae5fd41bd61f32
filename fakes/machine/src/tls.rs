//! The TLS versions that programs offer: what SCHANNEL allows, and for managed programs what .NET chooses of it (mars-facts
//! 5.8). And those that servers take, found out by trying.

use std::collections::BTreeSet;

use marslab_model::host::{Account, Registry as _, RegistryValue, TlsClient};
use marslab_model::net::ViaProxy;
use marslab_model::world::TlsVersion;
use marslab_model::{Address, DialError, KeyPath, Name};
use marslab_wire::dial::AccountDialer;
use marslab_wire::http::{Client, HttpError, Route, Scheme, TlsConfig, Url};
use marslab_wire::tls::{self, TlsError};

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

    /// The versions with which a server completes a handshake. A program that names a version may use one that is only
    /// not offered by default.
    pub(super) async fn try_tls_versions(
        &self,
        who: &Account,
        to: &Address,
        proxy: &ViaProxy,
    ) -> Result<BTreeSet<TlsVersion>, DialError> {
        let mut taken = BTreeSet::new();
        for (version, name) in VERSIONS {
            if self.schannel_has(name) && self.is_taken(who, to, (proxy, version)).await? {
                taken.insert(version);
            }
        }
        Ok(taken)
    }

    async fn is_taken(
        &self,
        who: &Account,
        to: &Address,
        (proxy, version): (&ViaProxy, TlsVersion),
    ) -> Result<bool, DialError> {
        let route = |address: &Address| Route { address: address.clone(), credentials: None };
        // Certificates are not looked at, so neither the roots nor the clock matter.
        let tls = TlsConfig { roots: Vec::new(), now: self.stamp().here, versions: vec![version] };
        let dial = AccountDialer { host: self, who: who.clone() };
        let client = Client { dial: &dial, proxy: proxy.0.as_ref().map(route), tls };
        let Address { host, port } = to.clone();
        let url = Url { scheme: Scheme::Https, host, port, path: "/".to_owned() };
        let connection = client.connect(&url).await.map_err(|error| match error {
            HttpError::Dial { error, .. } | HttpError::ProxyDial { error, .. } => error,
            HttpError::ProxyRefused { .. } => DialError::Refused,
            _ => DialError::Reset,
        })?;
        Ok(match tls::connect(connection, &to.host, &client.tls).await {
            Ok(_) => true,
            // Only with a version in common does the client see a certificate.
            Err(error) => !matches!(
                error,
                TlsError::NothingOffered
                    | TlsError::NoCommonVersion
                    | TlsError::Closed
                    | TlsError::Malformed
            ),
        })
    }

    /// A version without settings is allowed, as on Windows Server 2012 R2 and later.
    fn schannel_allows(&self, version: &str) -> bool {
        let key = format!(r"{SCHANNEL}\TLS {version}\Client");
        self.schannel_has(version) && self.number(&key, "DisabledByDefault").unwrap_or(0) == 0
    }

    /// Whether a version is not switched off altogether.
    fn schannel_has(&self, version: &str) -> bool {
        let key = format!(r"{SCHANNEL}\TLS {version}\Client");
        self.number(&key, "Enabled") != Some(0)
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
