//! What Windows reports about itself: its version, devices, accounts, antivirus, time zone, event logs, certificates, caches.

use std::collections::BTreeSet;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::content::Content;
use crate::names::{Name, WinPath};
use crate::world::DeviceStatus;

/// The operating system.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct OsInfo {
    /// Its product name (`Win32_OperatingSystem.Caption`).
    pub caption: String,
    /// Its build number (`RtlGetVersion`).
    pub build: u32,
    /// Updates that are offered and not installed, by KB number (`IUpdateSearcher::Search`, `IsInstalled=0`).
    pub missing_updates: BTreeSet<String>,
}

/// A device (`Win32_PnPEntity`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct DeviceInfo {
    /// Its name in the Device Manager (`Name`).
    pub name: String,
    /// Its class, such as `SCSIAdapter` (`PNPClass`); empty for a device without a driver.
    pub class: String,
    /// Its hardware ids (`HardwareID`).
    pub hardware_ids: Vec<String>,
    /// Whether it works (`ConfigManagerErrorCode`).
    pub status: DeviceStatus,
}

/// An account of the machine or of its domain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct AccountInfo {
    /// Its security identifier (`LookupAccountNameW`).
    pub sid: String,
    /// The local groups that it is in (`NetUserGetLocalGroups`).
    pub groups: BTreeSet<Name>,
    /// Its user principal name (`TranslateNameW`); empty for an account without one.
    pub upn: String,
}

/// The antivirus program's status and settings. They do not list what it blocks: that shows when a file is opened, and
/// in its event log.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct AntivirusStatus {
    /// The name of the program whose real-time protection is on; empty if there is none
    /// (`MSFT_MpComputerStatus.RealTimeProtectionEnabled`).
    pub product: String,
    /// Excluded paths, folders and programs (`MSFT_MpPreference.ExclusionPath`, `ExclusionProcess`).
    pub exclusions: BTreeSet<WinPath>,
}

/// The machine's time zone (`DYNAMIC_TIME_ZONE_INFORMATION`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct TimeZoneInfo {
    /// The Windows id, such as `Taipei Standard Time` (`TimeZoneKeyName`).
    pub id: String,
    /// Minutes ahead of UTC (`Bias`, which counts the other way).
    pub utc_offset_minutes: i32,
}

/// A record of an event log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct EventRecord {
    /// When it was written, in machine time (`EvtSystemTimeCreated`).
    pub at: Timestamp,
    /// The event's number (`EvtSystemEventID`).
    pub id: u32,
    /// The program that wrote it (`EvtSystemProviderName`).
    pub source: String,
    /// Its text (`EvtFormatMessage`).
    pub message: String,
}

/// A certificate in the machine's store. Its private key stays where it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct CertificateInfo {
    /// SHA-1 of the DER, upper-case hexadecimal (`CERT_HASH_PROP_ID`).
    pub thumbprint: Name,
    /// The subject, such as `CN=…` (`CertNameToStrW`).
    pub subject: String,
    /// The certificate, DER (`CERT_CONTEXT.pbCertEncoded`).
    pub der: Content,
}

/// An answer in a browser's cache.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct CachedAnswer {
    /// The HTTP status (of `INTERNET_CACHE_ENTRY_INFOW.lpHeaderInfo`).
    pub status: u32,
    /// The body (of the file `lpszLocalFileName`).
    pub body: String,
}
