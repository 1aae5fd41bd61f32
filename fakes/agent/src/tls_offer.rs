//! Which TLS versions are offered: what .NET has as its default and SCHANNEL allows (mars-facts 5.8).

use marslab_model::HostControl;
use marslab_model::world::TlsVersion;

use crate::Limits;
use crate::places::number;

/// What the agent offers: the defaults of .NET, less what SCHANNEL has switched off.
pub(crate) fn of_agent(host: &dyn HostControl, limits: &Limits) -> Vec<TlsVersion> {
    let release = number(host, DOTNET_KEY, "Release").unwrap_or(0);
    let setting = |name, from: u32| {
        let value = number(host, DOTNET_TLS_KEY, name);
        value.map_or(release >= from, |value| value != 0)
    };
    let follows_windows = setting("SystemDefaultTlsVersions", limits.windows_tls_release);
    let is_strong = setting("SchUseStrongCrypto", limits.newer_tls_release);
    let mut versions = of_browser(host);
    if !follows_windows && !is_strong {
        versions.retain(|version| *version == TlsVersion::V1_0);
    }
    versions
}

/// What a browser offers: what SCHANNEL has not switched off.
pub(crate) fn of_browser(host: &dyn HostControl) -> Vec<TlsVersion> {
    let named = [(TlsVersion::V1_0, "1.0"), (TlsVersion::V1_1, "1.1"), (TlsVersion::V1_2, "1.2")];
    let enabled = named.iter().filter(|(_version, name)| is_enabled(host, name));
    enabled.map(|(version, _name)| *version).collect()
}

/// A version without settings is enabled: so it is on Windows Server 2012 R2 and later.
fn is_enabled(host: &dyn HostControl, version: &str) -> bool {
    let key = format!(r"{SCHANNEL_KEY}\TLS {version}\Client");
    let enabled = number(host, &key, "Enabled").is_none_or(|value| value != 0);
    let by_default = number(host, &key, "DisabledByDefault").unwrap_or(0) == 0;
    enabled && by_default
}

const SCHANNEL_KEY: &str =
    r"HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols";
const DOTNET_KEY: &str = r"HKLM\SOFTWARE\Microsoft\NET Framework Setup\NDP\v4\Full";
const DOTNET_TLS_KEY: &str = r"HKLM\SOFTWARE\Microsoft\.NETFramework\v4.0.30319";

#[cfg(test)]
mod tests;
