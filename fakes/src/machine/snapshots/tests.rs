use marslab_model::Name;
use marslab_model::host::{Act as _, SnapshotError};
use marslab_model::world::{Service, ServiceState, StartType, World};

use super::super::tests::{of, with};

fn install(world: &mut World, start: StartType) {
    let service = Service {
        display: "Block Level Backup Engine Service".to_owned(),
        state: ServiceState::Stopped,
        start,
        account: "LocalSystem".to_owned(),
        responding: true,
    };
    of(world).services.insert(Name::new("wbengine"), service);
}

#[test]
fn one_set_of_snapshots_is_made_at_a_time() {
    let machine = with(|world| install(world, StartType::Manual));
    assert_eq!(machine.take_snapshot(), Ok(()));
    assert_eq!(machine.take_snapshot(), Ok(()), "a snapshot that was taken is in nobody's way");
    assert_eq!(machine.back_up_server("start backup -quiet"), 0);
    assert_eq!(machine.take_snapshot(), Err(SnapshotError::InProgress));
    assert_eq!(machine.back_up_server("START Backup"), 0x8004_2316);
    machine.wait(59);
    assert_eq!(machine.take_snapshot(), Err(SnapshotError::InProgress));
    machine.wait(1);
    assert_eq!(machine.take_snapshot(), Ok(()));
}

#[test]
fn server_backup_needs_its_service_and_its_command() {
    let check = |start: Option<StartType>, arguments: &str, result: u32| {
        let machine = with(|world| start.into_iter().for_each(|start| install(world, start)));
        assert_eq!(machine.back_up_server(arguments), result, "{start:?} {arguments}");
        assert_eq!(machine.take_snapshot(), Ok(()));
    };
    check(None, "start backup", 0x8007_0424);
    check(Some(StartType::Disabled), "start backup", 0x8007_0422);
    check(Some(StartType::Manual), "get status", 0);
    check(Some(StartType::Manual), "", 0);
}
