use super::AgentEvent;
use crate::testing::{events, installed};

#[test]
fn events_have_their_numbers() {
    let host = installed();
    for event in [
        AgentEvent::BackupStarted,
        AgentEvent::BackupCompleted,
        AgentEvent::BackupCompletedWithWarnings,
        AgentEvent::BackupFailed,
        AgentEvent::UpgradeRequired,
        AgentEvent::ScheduledBackupFailed,
    ] {
        event.record(&host);
    }
    assert_eq!(events(&host), [1, 3, 10, 11, 14, 18]);
}
