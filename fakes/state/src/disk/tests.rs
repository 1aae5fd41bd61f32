use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use marslab_model::world::{Content, File, RegValue, Service, ServiceState, World};
use marslab_model::{Change, Field, Map, Name, WinPath};
use proptest::prelude::*;

use super::{Disk, Folder};
use crate::impairment::Counts;
use crate::pace::Pace;
use crate::running::{Running, RunningError, Start};
use marslab_base::{self as base, Limits, MACHINE};

fn healthy() -> World {
    base::healthy("2019-05-21T00:00:00Z".parse().unwrap())
}

fn running(world: &World, disk: Disk) -> Arc<Running> {
    Running::new(
        world.clone(),
        Start {
            disk,
            seed: 1,
            instance: 0,
            rsa_key: (*b"key").into(),
            pace: Pace::Still,
            limits: Limits::default(),
            counts: Counts::new(),
        },
    )
}

fn folder() -> Disk {
    Disk::Folder(Folder::new_in(None))
}

fn machine() -> Name {
    Name::new(MACHINE)
}

fn drive(running: &Running) -> PathBuf {
    running.drive(&machine(), &Name::new("c:")).unwrap().unwrap()
}

fn of(world: &World) -> &marslab_model::world::Machine {
    &world.machines[&machine()]
}

const LOG: &str = r"C:\Windows\Temp\setup.log";

#[test]
fn the_folder_is_the_drive() {
    let running = running(&healthy(), folder());
    let log = drive(&running).join("Windows").join("Temp").join("setup.log");
    assert_eq!(fs::read(log).unwrap(), b"ok");
    let of = |volume| running.drive(&machine(), &Name::new(volume)).unwrap();
    assert!(of("D:").unwrap().is_dir());
    assert_eq!(of(".."), None);
    assert_eq!(
        self::running(&healthy(), Disk::Memory).drive(&machine(), &Name::new("C:")).unwrap(),
        None
    );
}

#[test]
fn a_path_in_another_case_leads_to_the_same_folder() {
    let mut world = healthy();
    let files = &mut world.machines.get_mut(&machine()).unwrap().files;
    let file = files[&WinPath::new(LOG)].clone();
    files.insert(WinPath::new(r"c:\WINDOWS\temp\more\other.log"), file);
    let running = running(&world, folder());
    let named = |entry: std::io::Result<fs::DirEntry>| entry.unwrap().file_name();
    let names = fs::read_dir(drive(&running)).unwrap().map(named);
    assert_eq!(names.filter(|name| name.eq_ignore_ascii_case("windows")).count(), 1);
    assert_eq!(running.snapshot().unwrap(), world);
}

#[test]
fn what_is_done_in_the_folder_is_seen() {
    let before = healthy();
    let running = running(&before, folder());
    let temp = drive(&running).join("Windows").join("Temp");
    let free = |world: &World| of(world).volumes[&Name::new("C:")].free;

    fs::write(temp.join("setup.log"), "changed").unwrap();
    fs::create_dir_all(temp.join("New Folder")).unwrap();
    fs::write(temp.join("New Folder").join("größe%41%zz.txt"), "12345").unwrap();
    let world = running.snapshot().unwrap();
    let file = &of(&world).files[&WinPath::new(LOG)];
    assert_eq!((file.content.bytes(), file.size), (b"changed".as_slice(), 7));
    let added = &of(&world).files[&WinPath::new(r"C:\Windows\Temp\New Folder\größeA%zz.txt")];
    assert_eq!((added.content.bytes(), added.size), (b"12345".as_slice(), 5));
    assert_eq!(free(&world), free(&before) - 10);
    // Nothing else has changed, and asking twice gives the same, however late.
    running.wait(60);
    let mut later = running.snapshot().unwrap();
    later.now = world.now;
    assert_eq!(later, world);

    // A change from outside is made upon what is in the folder now.
    let stop = Field::world().machines().at(MACHINE).services().at("VSS").state();
    running.apply(&stop.set(ServiceState::Stopped)).unwrap();
    fs::remove_file(temp.join("setup.log")).unwrap();
    fs::remove_dir_all(temp.join("New Folder")).unwrap();
    let world = running.snapshot().unwrap();
    assert!(!of(&world).files.contains_key(&WinPath::new(LOG)));
    assert_eq!(free(&world), free(&before) + 2);
    let data = &of(&world).files[&WinPath::new(r"D:\Data\orders.mdf")];
    assert_eq!(data.size, 60 << 30);
}

#[test]
fn names_are_compared_as_windows_compares_them() {
    let running = running(&healthy(), folder());
    drive(&running);
    let disk = running.disk();
    let (written, asked) =
        (WinPath::new(r"C:\Lab\Ünï CON\NUL.txt"), WinPath::new(r"c:\LAB\üNÏ con\nul.TXT"));
    disk.write(&machine(), &written, &"one".into()).unwrap();
    disk.write(&machine(), &asked, &"two".into()).unwrap();
    let nothing = Content::default();
    assert_eq!(disk.read(&machine(), &written, &nothing).unwrap(), Some("two".into()));
    fs::write(drive(&running).join("Lab").join("plain é.txt"), "mine").unwrap();
    let mine = WinPath::new(r"C:\lab\PLAIN É.txt");
    assert_eq!(disk.read(&machine(), &mine, &nothing).unwrap(), Some("mine".into()));
    disk.remove(&machine(), &mine).unwrap();
    disk.remove(&machine(), &asked).unwrap();
    assert_eq!(disk.read(&machine(), &written, &nothing).unwrap(), None);
    assert!(!drive(&running).join("Lab").exists());
}

#[test]
fn links_lead_nowhere() {
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("secret"), "secret").unwrap();
    let running = running(&healthy(), folder());
    let link = drive(&running).join("link");
    #[expect(deprecated, reason = "the one call that makes a link on every system")]
    let made = fs::soft_link(outside.path(), &link);
    if made.is_err() {
        // Windows lets only privileged users make links.
        return;
    }
    let disk = running.disk();
    let secret = WinPath::new(r"C:\link\secret");
    assert_eq!(disk.read(&machine(), &secret, &Content::default()).unwrap(), None);
    assert!(disk.write(&machine(), &secret, &"x".into()).is_err());
    assert!(disk.write(&machine(), &WinPath::new(r"C:\link"), &"x".into()).is_err());
    disk.remove(&machine(), &secret).unwrap();
    assert_eq!(running.snapshot().unwrap(), healthy());
    assert_eq!(fs::read(outside.path().join("secret")).unwrap(), b"secret");
}

#[test]
fn a_change_that_the_folder_cannot_follow_is_refused() {
    let running = running(&healthy(), folder());
    drive(&running);
    let before = running.snapshot().unwrap();
    let file = of(&before).files[&WinPath::new(LOG)].clone();
    let files = Field::world().machines().at(MACHINE).files();
    let refused = running.apply(&files.at(r"C:\..\x").set(file));
    assert!(matches!(refused, Err(RunningError::Disk(_))), "{refused:?}");
    assert_eq!(running.snapshot().unwrap(), before);
}

fn file(content: &str, more: u64) -> File {
    File {
        content: content.into(),
        size: u64::try_from(content.len()).unwrap() + more,
        modified: Timestamp::UNIX_EPOCH,
        attributes: BTreeSet::new(),
    }
}

/// Folders and files never have the same name, as on a real disk.
fn paths() -> impl Strategy<Value = WinPath> {
    let name = "[aAbB%~. ]{0,3}|CON|é|ß|%41";
    let root =
        prop_oneof![Just("C:".to_owned()), Just("d:".to_owned()), Just(r"\\Nas\share".to_owned())];
    (root, prop::collection::vec(name, 0..3), name).prop_map(|(root, folders, name)| {
        let folders = folders.iter().map(|folder| format!(r"\{folder}.folder"));
        WinPath::from(format!(r"{root}{}\{name}.f", folders.collect::<String>()))
    })
}

fn change() -> impl Strategy<Value = Change> {
    let at = || Field::world().machines().at(MACHINE);
    let key = || prop_oneof![Just(r"HKLM\A"), Just(r"hklm\a"), Just(r"HKU\S-1-5-18\B")];
    let service = |state| Service {
        display: "x".to_owned(),
        state,
        start: marslab_model::world::StartType::Manual,
        account: "LocalSystem".to_owned(),
        responding: true,
    };
    let state = prop_oneof![Just(ServiceState::Running), Just(ServiceState::Stopped)];
    prop_oneof![
        4 => (paths(), "\\PC{0,6}", 0..2_u64).prop_map(move |(path, content, more)| {
            at().files().at(path.as_str()).set(file(&content, more))
        }),
        2 => paths().prop_map(move |path| at().files().at(path.as_str()).removed()),
        1 => (paths(), "[ab]{0,3}").prop_map(move |(path, content)| {
            at().files().at(path.as_str()).content().set(content.as_str())
        }),
        1 => Just(at().files().at(LOG).removed()),
        1 => key().prop_map(move |key| at().registry().at(key).set(BTreeMap::new())),
        2 => (key(), "[xX]", any::<u32>()).prop_map(move |(key, name, number)| {
            at().registry().at(key).at(name.as_str()).set(RegValue::Number(number))
        }),
        2 => ("VSS|vss|new", state).prop_map(move |(name, state)| {
            at().services().at(name.as_str()).set(service(state))
        }),
        1 => Just(Change::Restart { machine: machine() }),
        1 => (0..9_u32).prop_map(|seconds| Change::Elapse { seconds }),
        1 => Just(Field::world().machines().at(base::OTHER_MACHINE).removed()),
    ]
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    prop::collection::vec(change(), 0..16)
}

/// Everything below a folder, with the files' contents.
fn tree(root: &Path) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(root).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.append(&mut tree(&path));
            found.insert(path, None);
        } else {
            found.insert(path.clone(), fs::read(&path).ok());
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_world_that_runs_is_the_world(changes in changes()) {
        let mut world = healthy();
        for change in &changes {
            drop(world.apply(change));
        }
        for disk in [Disk::Memory, folder()] {
            let running = running(&world, disk);
            // From now on the world is read back from the folder.
            running.drive(&machine(), &Name::new("C:")).unwrap();
            prop_assert_eq!(&running.snapshot().unwrap(), &world);
        }
    }

    #[test]
    fn a_change_is_the_same_before_and_after(changes in changes()) {
        let mut world = healthy();
        let (memory, disk) = (running(&world, Disk::Memory), running(&world, folder()));
        disk.drive(&machine(), &Name::new("C:")).unwrap();
        for change in &changes {
            let before = world.apply(change).is_ok();
            prop_assert_eq!(memory.apply(change).is_ok(), before);
            prop_assert_eq!(disk.apply(change).is_ok(), before, "{:?}", change);
        }
        prop_assert_eq!(&memory.snapshot().unwrap(), &world);
        prop_assert_eq!(&disk.snapshot().unwrap(), &world);
    }

    #[test]
    fn no_path_leads_out(
        machine in "SRV01|\\.{0,3}|[./\\\\a%]{0,6}|\\PC{0,5}",
        text in "(C:|\\\\\\\\|/)?[\\\\./a%:\0 ]{0,14}|([cC]:)?(\\\\(\\.\\.|\\.\\. |%2E%2E|/|a|NUL)){0,5}|\\PC{0,16}",
    ) {
        let outside = tempfile::tempdir().unwrap();
        let parent = outside.path().join("a").join("b");
        fs::create_dir_all(&parent).unwrap();
        fs::write(outside.path().join("x"), "x").unwrap();
        let folder = Folder::new_in(Some(&parent));
        folder.show(&World { machines: Map::new(), ..healthy() }).unwrap();
        let inside = folder.path().unwrap().to_owned();
        let rest = |tree: BTreeMap<PathBuf, Option<Vec<u8>>>| {
            tree.into_iter().filter(|(path, _)| !path.starts_with(&inside)).collect::<Vec<_>>()
        };
        let before = rest(tree(outside.path()));
        let disk = Disk::Folder(folder);
        let (machine, path) = (Name::from(machine), WinPath::from(text));
        let written = disk.write(&machine, &path, &"y".into()).is_ok();
        prop_assert_eq!(&rest(tree(outside.path())), &before);
        let read = disk.read(&machine, &path, &Content::default());
        prop_assert_eq!(read.ok().flatten().is_some(), written);
        drop(disk.remove(&machine, &path));
        prop_assert_eq!(&rest(tree(outside.path())), &before);
        drop(disk);
        prop_assert!(!inside.exists());
        prop_assert_eq!(tree(&parent).len(), 0);
    }
}
