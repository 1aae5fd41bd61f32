use marslab_model::host::{AttachError, HostControl as _, System as _, VolumeError};
use marslab_model::net::Stream;
use marslab_model::world::{DeviceStatus, Mount, ServiceState, World};
use marslab_model::{Address, Name};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, duplex};

use super::super::tests::{block_on, of, start, with};
use super::{free_letter, initiator, login, read_all};

#[track_caller]
fn attach(change: impl FnOnce(&mut World), waited: i64, expected: AttachError) {
    let machine = with(change);
    let portal = Address::new("nowhere.example", 3260);
    assert_eq!(block_on(machine.attach_volume(&portal, "iqn.x")), Err(expected));
    let now = machine.running.now();
    assert_eq!(now.duration_since(start()).as_secs(), waited, "{expected:?}");
    assert!(machine.mounts().unwrap().is_empty());
}

fn service(world: &mut World) -> &mut marslab_model::world::Service {
    of(world).services.get_mut(&Name::new("MSiSCSI")).unwrap()
}

fn device(world: &mut World) -> &mut marslab_model::world::Device {
    of(world).devices.get_mut(&Name::new(r"ROOT\ISCSIPRT\0000")).unwrap()
}

#[test]
fn each_missing_piece_is_told_apart() {
    attach(|world| of(world).devices.clear(), 0, AttachError::NoInitiator);
    attach(|world| device(world).class.clear(), 0, AttachError::NoInitiator);
    attach(|world| device(world).status = DeviceStatus::Problem, 0, AttachError::NoInitiator);
    attach(|world| device(world).hardware_ids.clear(), 0, AttachError::NoInitiator);
    attach(|world| service(world).state = ServiceState::Stopped, 0, AttachError::ServiceNotStarted);
    attach(|world| of(world).services.clear(), 0, AttachError::ServiceNotStarted);
    attach(|world| service(world).responding = false, 60, AttachError::NotResponding);
    let machine = with(|_| {});
    let portal = Address::new("nowhere.example", 3260);
    let unreachable = block_on(machine.attach_volume(&portal, "iqn.x"));
    assert!(matches!(unreachable, Err(AttachError::Unreachable(_))), "{unreachable:?}");
}

#[test]
fn a_restart_helps_the_device_that_waits_for_it() {
    for (status, helps) in [(DeviceStatus::RestartNeeded, true), (DeviceStatus::Problem, false)] {
        attach(|world| device(world).status = status, 0, AttachError::NoInitiator);
        let machine = with(|world| {
            device(world).status = status;
            let now = world.now;
            of(world).restart(now);
        });
        let works = machine.look(|machine| initiator(&machine)).unwrap();
        assert_eq!(works != Err(AttachError::NoInitiator), helps, "{status:?}");
    }
}

#[track_caller]
fn says(answer: &str, target: &str, expected: Result<(), AttachError>) {
    let (near, mut far) = duplex(64);
    let (outcome, heard) = block_on(async {
        let portal = async {
            let mut heard = vec![0; 32];
            let length = far.read(&mut heard).await.unwrap_or(0);
            heard.truncate(length);
            drop(far.write_all(answer.as_bytes()).await);
            drop(far);
            heard
        };
        let client = async {
            let mut near: Box<dyn Stream> = Box::new(near);
            login(&mut near, target).await
        };
        tokio::join!(client, portal)
    });
    assert_eq!(outcome, expected, "{answer:?}");
    let line = if target.contains('\n') { String::new() } else { format!("LOGIN {target}\n") };
    assert_eq!(heard, line.as_bytes());
}

#[test]
fn the_portal_answers_one_line() {
    says("OK\n", "iqn.x", Ok(()));
    says("OK\r\nmore", "iqn.x", Ok(()));
    says("REFUSED\n", "iqn.x", Err(AttachError::Refused));
    says("", "iqn.x", Err(AttachError::Refused));
    says("OKOKOKOKOKOKOKOKOKOKOKOKOK", "iqn.x", Err(AttachError::Refused));
    says("OK\n", "iqn.x\nLOGIN iqn.y", Err(AttachError::Refused));
}

#[track_caller]
fn gives(answer: &'static str, expected: Result<(), VolumeError>) {
    let (near, mut far) = duplex(64);
    let seen = block_on(async {
        let portal = async {
            let mut heard = vec![0; 11];
            far.read_exact(&mut heard).await.unwrap();
            assert_eq!(heard, b"READ iqn.x\n");
            drop(far.write_all(answer.as_bytes()).await);
            drop(far);
        };
        tokio::join!(read_all(Box::new(near), "iqn.x"), portal).0
    });
    assert_eq!(seen, expected, "{answer:?}");
}

#[test]
fn a_volume_is_read_to_its_end_or_not_at_all() {
    gives("OK 4\nabcd", Ok(()));
    gives("OK 4\nabcdef", Ok(()));
    gives("OK 0\n", Ok(()));
    for broken in ["OK 4\nabc", "OK 4\n", "", "OK", "OK x\nabcd", "REFUSED"] {
        gives(broken, Err(VolumeError::Device));
    }
}

#[test]
fn only_an_attached_volume_is_read() {
    let read = |target: &str| {
        let machine = with(|world| {
            let mount = Mount { target: target.to_owned(), since: start() };
            of(world).mounts.insert(Name::new("F:"), mount);
        });
        let read = |letter: &str| block_on(machine.read_attached_volume(&Name::new(letter)));
        (read("F:"), read("G:"))
    };
    let none = Err(VolumeError::NotAttached);
    assert_eq!(read("nowhere.example:3260 iqn.x"), (Err(VolumeError::Device), none));
    assert_eq!(read("nowhere.example:3260"), (none, none));
    assert_eq!(read("nowhere iqn.x"), (none, none));
}

#[test]
fn letters_are_given_in_order() {
    let mount = || Mount { target: String::new(), since: start() };
    let letter = |taken: std::ops::RangeInclusive<char>| {
        let machine = with(|world| {
            let letters = taken.map(|letter| Name::from(format!("{letter}:")));
            of(world).mounts.extend(letters.map(|letter| (letter, mount())));
        });
        machine.look(|machine| free_letter(&machine)).flatten()
    };
    assert_eq!(letter('F'..='G'), Some(Name::new("E:")));
    assert_eq!(letter('E'..='G'), Some(Name::new("H:")));
    assert_eq!(letter('E'..='Z'), None);
}
