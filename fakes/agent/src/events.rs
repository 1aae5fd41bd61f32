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
    /// SCHEDULE_BACKUP_FAILED_EVENT.
    ScheduledBackupFailed,
}

impl AgentEvent {
    /// Writes the event to the log `CloudBackup`.
    pub(crate) fn record(self, host: &dyn HostControl) {
        let (id, message) = match self {
            Self::BackupStarted => (1, "The backup operation has started."),
            Self::BackupCompleted => (3, "The backup operation has completed."),
            Self::BackupCompletedWithWarnings => {
                (10, "The backup operation has completed with warnings.")
            }
            Self::BackupFailed => (11, "The backup operation has completed with errors."),
            Self::ScheduledBackupFailed => (18, "Scheduled backup failed in initialization phase"),
        };
        host.log_event(&Name::new(EVENT_LOG), EVENT_LOG, id, message);
    }
}

/// The log's name; that the source has the same name is the lab's own †.
pub const EVENT_LOG: &str = "CloudBackup";

#[cfg(test)]
mod tests;
