//! Time zones of Windows.

use marslab_model::world::Zone;
use schemars::JsonSchema;
use serde::Deserialize;

/// A time zone by the name that Windows has for it. The lab's zones have no daylight saving.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
pub enum TimeZone {
    /// UTC-8.
    #[serde(rename = "Pacific Standard Time")]
    Pacific,
    /// UTC.
    #[serde(rename = "UTC")]
    Utc,
    /// UTC+1.
    #[serde(rename = "W. Europe Standard Time")]
    WestEurope,
    /// UTC+8.
    #[serde(rename = "Taipei Standard Time")]
    Taipei,
    /// UTC+9.
    #[serde(rename = "Tokyo Standard Time")]
    Tokyo,
    /// UTC+9.
    #[serde(rename = "Korea Standard Time")]
    Korea,
}

impl TimeZone {
    /// The zone as a machine's clock has it.
    pub fn zone(self) -> Zone {
        let (id, hours) = match self {
            Self::Pacific => ("Pacific Standard Time", -8),
            Self::Utc => ("UTC", 0),
            Self::WestEurope => ("W. Europe Standard Time", 1),
            Self::Taipei => ("Taipei Standard Time", 8),
            Self::Tokyo => ("Tokyo Standard Time", 9),
            Self::Korea => ("Korea Standard Time", 9),
        };
        Zone { id: id.to_owned(), utc_offset_minutes: hours * 60 }
    }
}
