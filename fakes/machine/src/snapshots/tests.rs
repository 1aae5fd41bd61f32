use std::collections::BTreeSet;

use marslab_model::Name;
use marslab_model::host::{HostControl as _, SnapshotError};
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

fn data() -> BTreeSet<Name> {
    [Name::new("D:")].into()
}

#[test]
fn a_snapshot_needs_the_service_and_room_for_it() {
    let check = |change: fn(&mut World), expected| {
        assert_eq!(with(change).take_snapshot(&data()), expected);
    };
    fn vss(world: &mut World) -> &mut Service {
        of(world).services.get_mut(&Name::new("VSS")).unwrap()
    }
    fn storage(world: &mut World, letter: &str, mib: u64) {
        let volume = of(world).volumes.get_mut(&Name::new(letter)).unwrap();
        volume.shadow_storage = Some(mib << 20);
    }
    // It is started when it is needed.
    check(|world| vss(world).state = ServiceState::Stopped, Ok(()));
    let disabled = |world: &mut World| {
        *vss(world) = Service {
            state: ServiceState::Stopped,
            start: StartType::Disabled,
            ..vss(world).clone()
        };
    };
    check(disabled, Err(SnapshotError::ServiceDisabled));
    check(|world| storage(world, "D:", 320), Ok(()));
    check(|world| storage(world, "D:", 319), Err(SnapshotError::InsufficientStorage));
    check(|world| storage(world, "C:", 1), Ok(()));
}

#[test]
fn one_set_of_snapshots_is_made_at_a_time() {
    let machine = with(|world| install(world, StartType::Manual));
    assert_eq!(machine.take_snapshot(&data()), Ok(()));
    assert_eq!(
        machine.take_snapshot(&data()),
        Ok(()),
        "a finished snapshot does not block another"
    );
    assert_eq!(machine.back_up_server("start backup -quiet"), 0);
    assert_eq!(machine.take_snapshot(&data()), Err(SnapshotError::InProgress));
    assert_eq!(machine.back_up_server("START Backup"), 0x8004_2316);
    machine.wait(59);
    assert_eq!(machine.take_snapshot(&data()), Err(SnapshotError::InProgress));
    machine.wait(1);
    assert_eq!(machine.take_snapshot(&data()), Ok(()));
}

#[test]
fn server_backup_needs_its_service_and_its_command() {
    let check = |start: Option<StartType>, arguments: &str, result: u32| {
        let machine = with(|world| start.into_iter().for_each(|start| install(world, start)));
        assert_eq!(machine.back_up_server(arguments), result, "{start:?} {arguments}");
        assert_eq!(machine.take_snapshot(&data()), Ok(()));
    };
    check(None, "start backup", 0x8007_0424);
    check(Some(StartType::Disabled), "start backup", 0x8007_0422);
    check(Some(StartType::Manual), "get status", 0);
    check(Some(StartType::Manual), "", 0);
}
