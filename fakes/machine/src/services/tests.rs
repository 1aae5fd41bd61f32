use marslab_model::host::{HostControl as _, RpcError, ServiceError, System as _};
use marslab_model::world::{Service, ServiceState, Software, StartType};
use marslab_model::{Name, World};

use super::super::tests::{of, with};
use super::FakeMachine;

const ENGINE: &str = "obengine";

fn name(name: &str) -> Name {
    Name::new(name)
}

fn service<'a>(world: &'a mut World, name: &str) -> &'a mut Service {
    of(world).services.get_mut(&Name::new(name)).unwrap()
}

fn state(machine: &FakeMachine, service: &str) -> ServiceState {
    machine.service(&name(service)).unwrap().unwrap().state
}

/// The numbers of what Windows wrote to its log.
fn logged(machine: &FakeMachine) -> Vec<u32> {
    machine.events(&name("System")).unwrap().iter().map(|record| record.id).collect()
}

/// For how many seconds of world time something lasts.
fn lasts<T>(machine: &FakeMachine, what: impl FnOnce() -> T) -> (T, i64) {
    let before = machine.now();
    (what(), machine.now().duration_since(before).as_secs())
}

#[test]
fn services_start_and_stop() {
    let machine = with(|world| {
        let engine = service(world, ENGINE);
        (engine.state, engine.start) = (ServiceState::Stopped, StartType::Disabled);
    });
    assert_eq!(machine.start_service(&name(ENGINE)), Err(ServiceError::Disabled));
    assert_eq!(machine.stop_service(&name(ENGINE)), Ok(()));
    assert_eq!(machine.start_service(&name("no")), Err(ServiceError::Missing));
    assert_eq!(machine.stop_service(&name("no")), Err(ServiceError::Missing));
}

#[test]
fn a_service_that_hangs_is_said_to_run_until_it_is_called() {
    let machine = with(|world| service(world, "MSiSCSI").responding = false);
    let initiator = name("msiscsi");
    assert_eq!(state(&machine, "msiscsi"), ServiceState::Running);
    let asked = lasts(&machine, || machine.interrogate_service(&initiator).map(drop));
    assert_eq!(asked, (Err(ServiceError::RequestTimeout), 30));
    let called = lasts(&machine, || machine.call_service(&initiator));
    assert_eq!(called, (Err(RpcError::Cancelled), 60));
    assert_eq!(logged(&machine), [0_u32; 0]);

    // Starting it again succeeds, and changes nothing.
    assert_eq!(machine.start_service(&initiator), Ok(()));
    assert_eq!(machine.call_service(&initiator), Err(RpcError::Cancelled));
    assert_eq!(machine.stop_service(&initiator), Ok(()));
    assert_eq!(machine.start_service(&initiator), Ok(()));
    let asked = lasts(&machine, || machine.interrogate_service(&initiator).map(drop));
    assert_eq!(asked, (Ok(()), 0));
    assert_eq!(lasts(&machine, || machine.call_service(&initiator)), (Ok(()), 0));
}

#[test]
fn nobody_answers_for_a_service_that_does_not_run() {
    let machine = with(|world| service(world, ENGINE).state = ServiceState::Stopped);
    for (service, error) in [(ENGINE, ServiceError::NotActive), ("no", ServiceError::Missing)] {
        assert_eq!(machine.interrogate_service(&name(service)), Err(error));
        assert_eq!(machine.call_service(&name(service)), Err(RpcError::ServerUnavailable));
    }
    assert_eq!(logged(&machine), [0_u32; 0]);
}

#[test]
fn an_old_driver_of_file_sync_brings_the_engine_down() {
    let with_driver = |version: &str, state| {
        with(|world| {
            let driver = Service { state, ..service(world, ENGINE).clone() };
            of(world).services.insert(name("StorageSync"), driver);
            let program = Software { version: version.to_owned() };
            of(world).software.insert(name("Azure File Sync Agent"), program);
        })
    };
    let (running, stopped) = (ServiceState::Running, ServiceState::Stopped);
    for (version, state, expected) in [
        ("4.3.0.0", running, Err(RpcError::CallFailed)),
        ("4.3.0.0", stopped, Ok(())),
        ("5.0.2.0", running, Ok(())),
        ("newest", running, Ok(())),
    ] {
        let machine = with_driver(version, state);
        assert_eq!(machine.call_service(&name("MSiSCSI")), Ok(()), "{version}");
        assert_eq!(machine.call_service(&name(ENGINE)), expected, "{version} {state:?}");
    }
    let machine = with_driver("4.3.0.0", running);
    for _ in 0..2 {
        assert_eq!(machine.call_service(&name(ENGINE)), Err(RpcError::CallFailed));
        assert_eq!(state(&machine, ENGINE), stopped);
        assert_eq!(machine.call_service(&name(ENGINE)), Err(RpcError::ServerUnavailable));
        // To start it helps until the next call.
        machine.start_service(&name(ENGINE)).unwrap();
    }
    assert_eq!(logged(&machine), [7034, 7034]);
}
