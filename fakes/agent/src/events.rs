//! The agent's event log (mars-facts 5.5).

use marslab_model::{HostControl, Name};

/// An event of the agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AgentEvent {
    /// BACKUP_START_EVENT.
    BackupStarted,
    /// BACKUP_SUCCESS_STOP_EVENT.
    BackupCompleted,
    /// BACKUP_WARNING_STOP_EVENT.
    BackupCompletedWithWarnings,
    /// BACKUP_ERROR_STOP_EVENT.
    BackupFailed,
    /// CBP_VERSION_UPGRADE_NTF_EVENT.
    UpgradeRequired,
    /// SCHEDULE_BACKUP_FAILED_EVENT.
    ScheduledBackupFailed,
}

impl AgentEvent {
    /// Writes the event to the agent's logs.
    pub(crate) fn record(self, host: &dyn HostControl) {
        let (id, message) = match self {
            Self::BackupStarted => (1, "The backup operation has started."),
            Self::BackupCompleted => (3, "The backup operation has completed."),
            Self::BackupCompletedWithWarnings => {
                (10, "The backup operation has completed with warnings.")
            }
            Self::BackupFailed => (11, "The backup operation has completed with errors."),
            Self::UpgradeRequired => (14, UPGRADE_REQUIRED),
            Self::ScheduledBackupFailed => (18, "Scheduled backup failed in initialization phase"),
        };
        for log in EVENT_LOGS {
            host.log_event(&Name::new(log), SOURCE, id, message);
        }
    }
}

/// The agent's logs. Microsoft's support scripts copy `CloudBackup.evtx`, which is the file of the log `CloudBackup`; other
/// public scripts read `CloudBackup/Operational`, whose file would be `CloudBackup%4Operational.evtx`. † Both are there and
/// have the same records, so that a script finds them under either name.
pub const EVENT_LOGS: [&str; 2] = ["CloudBackup", "CloudBackup/Operational"];

/// The text of event 14.
pub(crate) const UPGRADE_REQUIRED: &str =
    "A newer version of Windows Azure Backup Agent is required";

/// † That the source has the log's name.
const SOURCE: &str = "CloudBackup";

#[cfg(test)]
mod tests;
