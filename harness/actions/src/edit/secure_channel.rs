//! What decides which TLS versions a program offers: SCHANNEL, and .NET (mars-facts 5.8).

use marslab_model::world::TlsVersion;
use marslab_model::{Change, KeyPath};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Placed, registry};

/// A version of the .NET Framework.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
pub enum DotnetVersion {
    /// 4.5.1.
    #[serde(rename = "4.5.1")]
    V4_5_1,
    /// 4.5.2.
    #[serde(rename = "4.5.2")]
    V4_5_2,
    /// 4.6.
    #[serde(rename = "4.6")]
    V4_6,
    /// 4.6.1.
    #[serde(rename = "4.6.1")]
    V4_6_1,
    /// 4.6.2.
    #[serde(rename = "4.6.2")]
    V4_6_2,
    /// 4.7.
    #[serde(rename = "4.7")]
    V4_7,
    /// 4.7.2.
    #[serde(rename = "4.7.2")]
    V4_7_2,
    /// 4.8.
    #[serde(rename = "4.8")]
    V4_8,
}

impl DotnetVersion {
    /// The least number by which the registry tells the version.
    const fn release(self) -> u32 {
        match self {
            Self::V4_5_1 => 378_675,
            Self::V4_5_2 => 379_893,
            Self::V4_6 => 393_295,
            Self::V4_6_1 => 394_254,
            Self::V4_6_2 => 394_802,
            Self::V4_7 => 460_798,
            Self::V4_7_2 => 461_808,
            Self::V4_8 => 528_040,
        }
    }
}

/// Installs a version of the .NET Framework in the place of the one that is there.
pub fn install_dotnet(machine: Placed<'_>, version: DotnetVersion) -> Vec<Change> {
    let key = KeyPath::new(r"HKLM\SOFTWARE\Microsoft\NET Framework Setup\NDP\v4\Full");
    registry(machine, key, [("Release", version.release().into())])
}

/// Lets .NET use the versions of Windows, and strong cryptography.
pub fn follow_windows(machine: Placed<'_>) -> Vec<Change> {
    let key = KeyPath::new(r"HKLM\SOFTWARE\Microsoft\.NETFramework\v4.0.30319");
    let values = [("SystemDefaultTlsVersions", 1.into()), ("SchUseStrongCrypto", 1.into())];
    registry(machine, key, values)
}

/// Lets clients speak a TLS version.
pub fn enable(machine: Placed<'_>, version: TlsVersion) -> Vec<Change> {
    let values = [("Enabled", 1.into()), ("DisabledByDefault", 0.into())];
    registry(machine, client_key(version), values)
}

/// The two registry values that disable a version of TLS in SCHANNEL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OffBy {
    /// `Enabled` is 0.
    Enabled,
    /// `DisabledByDefault` is 1.
    DisabledByDefault,
}

/// Keeps clients from speaking a TLS version, by one value or by both.
pub fn disable(machine: Placed<'_>, version: TlsVersion, by: Option<OffBy>) -> Vec<Change> {
    let values = [
        (OffBy::Enabled, "Enabled", 0.into()),
        (OffBy::DisabledByDefault, "DisabledByDefault", 1.into()),
    ];
    let values = values.into_iter().filter(|(value, ..)| by.is_none_or(|by| by == *value));
    let values = values.map(|(_, name, value)| (name, value));
    registry(machine, client_key(version), values)
}

fn client_key(version: TlsVersion) -> KeyPath {
    KeyPath::new(format!(
        r"HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\TLS {version}\Client"
    ))
}
