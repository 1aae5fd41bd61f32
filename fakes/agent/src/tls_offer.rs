//! Which TLS versions are offered: what .NET has as its default and SCHANNEL allows (mars-facts 5.8).

use marslab_model::Act;
use marslab_model::world::TlsVersion;

use crate::places::number;

/// What the agent offers: the defaults of .NET, less what SCHANNEL has switched off.
pub(crate) fn of_agent(host: &dyn Act) -> Vec<TlsVersion> {
    let release = number(host, DOTNET_KEY, "Release").unwrap_or(0);
    let setting = |name, from: u32| {
        let value = number(host, DOTNET_TLS_KEY, name);
        value.map_or(release >= from, |value| value != 0)
    };
    let follows_windows = setting("SystemDefaultTlsVersions", DOTNET_4_7);
    let is_strong = setting("SchUseStrongCrypto", DOTNET_4_6_2);
    let mut versions = of_browser(host);
    if !follows_windows && !is_strong {
        versions.retain(|version| *version == TlsVersion::V1_0);
    }
    versions
}

/// What a browser offers: what SCHANNEL has not switched off.
pub(crate) fn of_browser(host: &dyn Act) -> Vec<TlsVersion> {
    let named = [(TlsVersion::V1_0, "1.0"), (TlsVersion::V1_1, "1.1"), (TlsVersion::V1_2, "1.2")];
    let enabled = named.iter().filter(|(_version, name)| is_enabled(host, name));
    enabled.map(|(version, _name)| *version).collect()
}

/// A version without settings is enabled: so it is on Windows Server 2012 R2 and later.
fn is_enabled(host: &dyn Act, version: &str) -> bool {
    let key = format!(r"{SCHANNEL_KEY}\TLS {version}\Client");
    let enabled = number(host, &key, "Enabled").is_none_or(|value| value != 0);
    let by_default = number(host, &key, "DisabledByDefault").unwrap_or(0) == 0;
    enabled && by_default
}

const SCHANNEL_KEY: &str =
    r"HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols";
const DOTNET_KEY: &str = r"HKLM\SOFTWARE\Microsoft\NET Framework Setup\NDP\v4\Full";
const DOTNET_TLS_KEY: &str = r"HKLM\SOFTWARE\Microsoft\.NETFramework\v4.0.30319";

/// The `Release` of 4.6.2. The Japanese article asks for it; that an older .NET offers TLS 1.0 alone holds for 4.5 and
/// earlier, and the lab draws the line where the article does.
const DOTNET_4_6_2: u32 = 394_802;

/// The `Release` of 4.7, from which on .NET offers what Windows offers.
const DOTNET_4_7: u32 = 460_798;

#[cfg(test)]
mod tests;
