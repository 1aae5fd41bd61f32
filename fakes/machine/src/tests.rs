use std::sync::Arc;

use jiff::Timestamp;
use marslab_model::host::{
    Account, FileError, Files as _, HostControl as _, Network as _, Registry as _, System as _,
};
use marslab_model::world::{Device, DeviceStatus, World};
use marslab_model::{Address, DialError, Field, HostName, KeyPath, Name, WinPath};

use super::FakeMachine;
use marslab_base::{self as base, ADMIN, Limits, MACHINE};
use marslab_network::Fidelity;
use marslab_servers::Servers;
use marslab_state::disk::{Disk, Folder};
use marslab_state::impairment::Counts;
use marslab_state::{Pace, Running, Start};

pub(super) const SYSTEM: Account = Account::System;

pub(super) fn admin() -> Account {
    Account::User(Name::new(ADMIN))
}

pub(super) fn start() -> Timestamp {
    "2019-05-21T00:00:00Z".parse().unwrap()
}

pub(super) fn healthy() -> World {
    base::healthy(start())
}

pub(super) fn of(world: &mut World) -> &mut marslab_model::world::Machine {
    world.machines.get_mut(&Name::new(MACHINE)).unwrap()
}

pub(super) fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

pub(super) fn on(disk: Disk, world: World) -> FakeMachine {
    let running = Running::new(
        world,
        Start {
            disk,
            seed: 1,
            instance: 0,
            rsa_key: (*b"key").into(),
            pace: Pace::Still,
            limits: Limits::default(),
            counts: Counts::new(),
        },
    );
    let servers = Servers::start(Arc::clone(&running), Fidelity::Memory);
    let (network, pki) = (Arc::clone(servers.network()), Arc::clone(servers.pki()));
    FakeMachine::new(running, network, pki, Name::new(MACHINE))
}

/// The healthy machine after `change`, in memory.
pub(super) fn with(change: impl FnOnce(&mut World)) -> FakeMachine {
    let mut world = healthy();
    change(&mut world);
    on(Disk::Memory, world)
}

pub(super) fn on_both_disks(world: &World, body: impl Fn(&FakeMachine)) {
    body(&on(Disk::Memory, world.clone()));
    let in_a_folder = on(Disk::Folder(Folder::new_in(None)), world.clone());
    // The folder is made on first use.
    in_a_folder.running.drive(&Name::new(MACHINE), &Name::new("C:")).unwrap();
    body(&in_a_folder);
}

pub(super) fn path(text: &str) -> WinPath {
    WinPath::new(text)
}

pub(super) fn free(machine: &FakeMachine, volume: &str) -> u64 {
    machine.volumes(&SYSTEM).unwrap()[&Name::new(volume)].free
}

/// Checks which fields of the machine an act reads.
#[track_caller]
pub(super) fn check_reads(machine: &FakeMachine, act: &dyn Fn(), expected: &[&str]) {
    machine.running.reads().begin();
    act();
    let reads = machine.running.reads().take();
    let reads = reads.iter().map(|path| path.as_str().replace("machines/SRV01/", ""));
    assert_eq!(reads.collect::<Vec<_>>(), expected);
}

#[test]
fn reads_are_recorded_as_narrowly_as_they_are_made() {
    let machine = with(|world| {
        let device = Device {
            name: String::new(),
            class: String::new(),
            hardware_ids: Vec::new(),
            status: DeviceStatus::Problem,
        };
        of(world).devices.insert(Name::new("x"), device);
    });
    let check = |act: &dyn Fn(), expected: &[&str]| check_reads(&machine, act, expected);
    check(
        &|| assert_eq!(machine.count_files(&SYSTEM, &path(r"C:\Windows\Temp"), "tmp"), Ok(0)),
        &[
            r"files/C:\Windows\Temp\~2".replace("~2", "*").as_str(),
            r"series/C:\Windows\Temp",
            "volumes/C:/bitlocker",
            "volumes/C:/mapped-by",
            "volumes/C:/online",
        ],
    );
    check(
        &|| drop(machine.service(&Name::new("VSS"))),
        &[
            "services/VSS/account",
            "services/VSS/display",
            "services/VSS/start",
            "services/VSS/state",
        ],
    );
    let key = KeyPath::new(r"HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Setup");
    check(
        &|| drop(machine.registry_value(&SYSTEM, &key, &Name::new("InstallPath"))),
        &[r"registry/HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Setup/InstallPath"],
    );
    check(
        &|| drop(machine.registry_value(&SYSTEM, &key, &Name::new("No"))),
        &[r"registry/HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Setup/No"],
    );
    // What a record is dated by is not what the caller asked for.
    check(&|| machine.log_event(&Name::new("CloudBackup"), "x", 1, "x"), &[]);
}

#[test]
fn the_network_is_the_worlds() {
    let machine = with(|_| {});
    let (name, other) = (HostName::new("login.windows.net"), HostName::new("no.example"));
    let known = healthy().network.names[&name].clone();
    assert_eq!(block_on(machine.resolve(&name)), Ok(known));
    assert_eq!(block_on(machine.resolve(&other)), Err(DialError::NoSuchHost));
    let dialled = block_on(machine.dial(&SYSTEM, &Address::new("no.example", 443)));
    assert_eq!(dialled.map(drop), Err(DialError::NoSuchHost));
    assert_eq!(machine.trusted_roots().unwrap().len(), 3);
}

#[test]
fn a_machine_that_is_gone_has_nothing() {
    let machine = with(|_| {});
    let remove = Field::world().machines().at(MACHINE).removed();
    machine.running.apply(&remove).unwrap();
    assert_eq!(machine.read_file(&SYSTEM, &path(r"C:\x")), Err(FileError::NotFound));
    assert_eq!(machine.write_file(&SYSTEM, &path(r"C:\x"), b"", 0), Err(FileError::NotFound));
    assert_eq!(machine.devices(), Ok([].into()));
    assert_eq!(machine.volumes(&SYSTEM), Ok([].into()));
    assert_eq!(block_on(machine.let_tasks_run(u32::MAX)), None);
}
