//! [`Area`]: what a diagnosis can leave unchecked, and the probes that show whether it could have been checked.

use marslab_model::Name;
use marslab_model::host::{Account, Call};
use marslab_model::world::Cast;
use serde::{Deserialize, Serialize};

use super::AreaId;

/// Something that a diagnosis can leave unchecked. Texts of its probes name what differs from world to world by roles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Area {
    /// Its id.
    pub id: AreaId,
    /// What is there, in one line.
    pub title: String,
    /// As whom the URLs are asked for and the files opened.
    #[serde(default)]
    pub accounts: Vec<AreaAccount>,
    /// URLs whose hosts have to answer.
    #[serde(default)]
    pub get: Vec<String>,
    /// Whether one of the URLs is enough.
    #[serde(default)]
    pub any: bool,
    /// Whether the URLs are asked for in the account's session of the portal, and have to be allowed.
    #[serde(default)]
    pub session: bool,
    /// Files and folders. All that is there has to be readable.
    #[serde(default)]
    pub open: Vec<String>,
    /// Calls of the host port that have to find something.
    #[serde(default)]
    pub calls: Vec<Call>,
}

impl Area {
    /// The area with its probes as they are made in a world of this cast.
    pub fn in_world(&self, cast: &Cast) -> Result<Self, serde_json::Error> {
        let mut area = serde_json::to_value(self)?;
        cast.fill_json(&mut area);
        serde_json::from_value(area)
    }
}

/// An account as which probes are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AreaAccount {
    /// The machine's own.
    System,
    /// The administrator's.
    Administrator,
}

impl AreaAccount {
    /// The account in a world.
    pub fn of(self, administrator: &Name) -> Account {
        match self {
            Self::System => Account::System,
            Self::Administrator => Account::User(administrator.clone()),
        }
    }
}
