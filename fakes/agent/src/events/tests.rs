use super::AgentEvent;
use crate::testing::FakeHost;

#[test]
fn events_have_their_numbers() {
    let host = FakeHost::new();
    for event in [
        AgentEvent::BackupStarted,
        AgentEvent::BackupCompleted,
        AgentEvent::BackupCompletedWithWarnings,
        AgentEvent::BackupFailed,
        AgentEvent::ScheduledBackupFailed,
    ] {
        event.record(&host);
    }
    assert_eq!(*host.events.lock().unwrap(), [1, 3, 10, 11, 18]);
}
