use marslab_model::Name;
use marslab_model::host::{HostControl as _, System as _};

use crate::tests::with;

#[test]
fn a_log_keeps_its_newest_records() {
    let machine = with(|_| {});
    let log = Name::new("CloudBackup");
    assert_eq!(machine.events(&log), Ok(Vec::new()));
    for id in 0..2_010 {
        machine.log_event(&log, "CloudBackup", id, "x");
    }
    let events = machine.events(&log).unwrap();
    assert_eq!((events.len(), events[0].id, events[1_999].id), (2_000, 10, 2_009));
}
