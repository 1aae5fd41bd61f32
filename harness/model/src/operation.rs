//! The operations of the agent that a scenario can play.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What an administrator asks of the agent, or, for the first, of the portal.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Operation {
    /// Download the vault credentials file from the portal, as a user in a browser.
    DownloadCredentials,
    /// Register the server with the vault whose credentials file was downloaded.
    Register,
    /// Set the encryption passphrase of a registered server.
    SetPassphrase,
    /// Finish the registration: prepare the scratch folder and activate the server with the service.
    Activate,
    /// Back up now, started by hand.
    Backup,
    /// Wait for the scheduled backup.
    ScheduledBackup,
    /// Restore by mounting a recovery point as a volume (Instant Restore).
    Restore,
}

impl Operation {
    /// Every operation, in the order in which an administrator meets them.
    pub const ALL: [Self; 7] = [
        Self::DownloadCredentials,
        Self::Register,
        Self::SetPassphrase,
        Self::Activate,
        Self::Backup,
        Self::ScheduledBackup,
        Self::Restore,
    ];

    /// The name in scenario files and complaints.
    pub const fn name(self) -> &'static str {
        match self {
            Self::DownloadCredentials => "download-credentials",
            Self::Register => "register",
            Self::SetPassphrase => "set-passphrase",
            Self::Activate => "activate",
            Self::Backup => "backup",
            Self::ScheduledBackup => "scheduled-backup",
            Self::Restore => "restore",
        }
    }

    /// One line on what is done.
    pub const fn summary(self) -> &'static str {
        match self {
            Self::DownloadCredentials => "download the vault credentials file from the portal",
            Self::Register => "register the server with the credentials file's vault",
            Self::SetPassphrase => "set the encryption passphrase",
            Self::Activate => "prepare the scratch folder and activate the server",
            Self::Backup => "back up now",
            Self::ScheduledBackup => "wait for the scheduled backup to run",
            Self::Restore => "mount a recovery point as a volume",
        }
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The text is not the name of an operation.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown operation `{0}`")]
pub struct UnknownOperation(pub String);

impl FromStr for Operation {
    type Err = UnknownOperation;

    fn from_str(text: &str) -> Result<Self, UnknownOperation> {
        let found = Self::ALL.into_iter().find(|operation| operation.name() == text);
        found.ok_or_else(|| UnknownOperation(text.to_owned()))
    }
}
