use std::collections::BTreeSet;

use jiff::SignedDuration;
use marslab_model::world::{
    Action, BitLocker, CachedAnswer, DeviceStatus, EventRecord, FileAttribute, Language, Machine,
    Mount, Origin, Platform, Portal, Proxy, RegValue, Rule, Series, ServiceState, Software,
    SubscriptionState, TlsVersion, World, Zone,
};
use marslab_model::{KeyPath, Map, Name, Target, WinPath};

use super::{Aspect, Census, Names};
use marslab_base::{
    self as base, ADMIN, ADMIN_UPN, MACHINE, OTHER_MACHINE, SUBSCRIPTION, TENANT, VAULT,
};
use marslab_live::{Fidelity, Live, StartOptions, start_time};

#[tokio::test]
async fn it_changes_nothing() {
    let world = healthy();
    let live = start(&world);
    Census::take(live.host(), &names(&[&world])).await;
    let mut after = live.snapshot().unwrap();
    // Looking takes world time.
    after.now = world.now;
    assert_eq!(world.differences_from(&after), BTreeSet::new());
}

#[tokio::test]
async fn of_one_world_it_is_always_the_same() {
    let world = healthy();
    let names = names(&[&world]);
    assert_eq!(take(&world, &names).await, take(&world, &names).await);
}

/// One change of every kind of field that anybody on the machine can see.
#[tokio::test]
async fn it_sees_what_can_be_seen() {
    let changes = ON_THE_MACHINE.iter().chain(OF_THE_SYSTEM).chain(BEYOND_THE_MACHINE);
    for (aspect, what, change) in changes {
        let aspects = seen(*change).await;
        assert!(aspects.contains(aspect), "{what} shows by {aspects:?}");
    }
}

#[tokio::test]
async fn it_sees_nothing_else() {
    for (what, change) in HIDDEN {
        assert_eq!(seen(*change).await, BTreeSet::new(), "{what}");
    }
}

type Edit = fn(&mut World);

const ON_THE_MACHINE: &[(Aspect, &str, Edit)] = &[
    (Aspect::Registry, "a value", |it| {
        let values = Map::from([(Name::new("a"), RegValue::from(1))]);
        here(it).registry.insert(KeyPath::new(r"HKLM\SOFTWARE\Vendor"), values);
    }),
    (Aspect::Registry, "the environment", |it| {
        here(it).environment.insert(Name::new("New"), "1".to_owned());
    }),
    (Aspect::Files, "a file is gone", |it| drop(here(it).files.remove(&orders()))),
    (Aspect::Files, "a size", |it| here(it).files.get_mut(&orders()).unwrap().size = 1),
    (Aspect::Files, "attributes", |it| {
        let file = here(it).files.get_mut(&orders()).unwrap();
        file.attributes.insert(FileAttribute::Sparse);
    }),
    (Aspect::Files, "a content", |it| {
        let path = WinPath::new(r"C:\Windows\Temp\setup.log");
        here(it).files.get_mut(&path).unwrap().content = "no".into();
    }),
    (Aspect::Moments, "when a file was written", |it| {
        let now = it.now;
        here(it).files.get_mut(&orders()).unwrap().modified = now;
    }),
    (Aspect::Files, "an access list", |it| {
        here(it).denied.insert(WinPath::new(r"D:\Data"), [Name::new("CORP\\operator")].into());
    }),
    (Aspect::Files, "a file that a program has open", |it| {
        here(it).open_files.insert(orders(), Name::new("sqlservr.exe"));
    }),
    (Aspect::Files, "attributes of a folder", |it| {
        let compressed = [FileAttribute::Compressed].into();
        here(it).folder_attributes.insert(WinPath::new(r"D:\Data"), compressed);
    }),
    (Aspect::Files, "numbered files", |it| {
        let series = Series { extension: "tmp".to_owned(), count: 9 };
        here(it).series.insert(WinPath::new(r"C:\Windows\Temp"), series);
    }),
    (Aspect::Files, "a record that does not fit", |it| {
        disk(it).noted_for_repair.insert(WinPath::new(r"D:\Data\orders.mdf"));
    }),
    (Aspect::Files, "BitLocker", |it| disk(it).bitlocker = BitLocker::Locked),
    (Aspect::Volumes, "a disk that is offline", |it| disk(it).online = false),
    (Aspect::Volumes, "free space", |it| disk(it).free = 0),
    (Aspect::Volumes, "shadow storage", |it| disk(it).shadow_storage = Some(1)),
    (Aspect::Volumes, "a mounted volume", |it| {
        let mount = Mount { target: "x".to_owned(), since: it.now };
        here(it).mounts.insert(Name::new("F:"), mount);
    }),
];

const OF_THE_SYSTEM: &[(Aspect, &str, Edit)] = &[
    (Aspect::Services, "a service's state", |it| {
        here(it).services.get_mut(&Name::new("VSS")).unwrap().state = ServiceState::Stopped;
    }),
    (Aspect::Services, "a service that hangs", |it| {
        here(it).services.get_mut(&Name::new("VSS")).unwrap().responding = false;
    }),
    (Aspect::Tasks, "a trigger", |it| {
        here(it).tasks.values_mut().for_each(|task| task.trigger.enabled = false);
    }),
    (Aspect::Devices, "a device", |it| {
        let mut devices = here(it).devices.values_mut();
        devices.next().unwrap().status = DeviceStatus::RestartNeeded;
    }),
    (Aspect::Programs, "a program", |it| install(here(it))),
    (Aspect::Programs, "a program of another computer", |it| {
        install(it.machines.get_mut(&Name::new(OTHER_MACHINE)).unwrap());
    }),
    (Aspect::System, "the name", |it| here(it).computer_name = "SRV07".to_owned()),
    (Aspect::System, "the language", |it| here(it).language = Language::Korean),
    (Aspect::System, "the platform", |it| here(it).platform = Platform::AzureVm),
    (Aspect::System, "updates", |it| {
        here(it).os.missing_updates.insert("KB1".to_owned());
    }),
    (Aspect::System, "a group", |it| {
        let account = here(it).accounts.get_mut(&Name::new(ADMIN)).unwrap();
        account.groups.clear();
    }),
    (Aspect::System, "antivirus", |it| here(it).antivirus.product = "Contoso".to_owned()),
    (Aspect::System, "the environment of services", |it| {
        here(it).boot.environment.insert(Name::new("New"), "1".to_owned());
    }),
    (Aspect::System, "a trusted root", |it| here(it).trusted_roots.clear()),
    (Aspect::Browser, "a session", |it| browser(it).portal_session = "x".to_owned()),
    (Aspect::Browser, "a cached answer", |it| {
        let answer = CachedAnswer { status: 403, body: String::new() };
        let url = "https://management.azure.com/x";
        browser(it).cache.insert(Name::new(url), answer);
    }),
    (Aspect::Clock, "the zone", |it| {
        here(it).clock.zone = Zone { id: "UTC".to_owned(), utc_offset_minutes: 0 };
    }),
    (Aspect::Clock, "the clock", |it| here(it).clock.ahead_seconds += 1),
    (Aspect::Events, "an event", |it| {
        let record =
            EventRecord { at: it.now, id: 1, source: "x".to_owned(), message: "y".to_owned() };
        here(it).events.entry(Name::new("Log")).or_default().push(record);
    }),
];

const BEYOND_THE_MACHINE: &[(Aspect, &str, Edit)] = &[
    (Aspect::Network, "a name", |it| drop(it.network.names.remove(&"login.windows.net".into()))),
    (Aspect::Network, "a rule by name", |it| block(it, "*.windows.net")),
    (Aspect::Network, "a rule by address", |it| block(it, "131.107.255.255")),
    (Aspect::Network, "a portal", |it| {
        let portal = Portal {
            host: "portal.corp.example".into(),
            status: 200,
            location: String::new(),
            page: "Sign in".to_owned(),
        };
        it.network.portals.insert(Name::new("10.0.0.1"), portal);
        rule(it, "www.msftncsi.com", Action::Divert);
    }),
    (Aspect::Proxies, "a proxy", |it| {
        it.network.proxies.insert(Name::new("10.0.0.5:8080"), Proxy::open("squid-5"));
    }),
    (Aspect::Network, "old TLS", |it| {
        let mut servers = it.cloud.endpoints.values_mut();
        servers.next().unwrap().tls_min = TlsVersion::V1_2;
    }),
    (Aspect::Network, "another root", |it| {
        it.cloud.endpoints.values_mut().for_each(|it| it.root = Name::new("Other Root"));
    }),
    (Aspect::Network, "an interruption", |it| {
        let until = it.now.saturating_add(SignedDuration::from_hours(1)).unwrap();
        it.cloud.endpoints.values_mut().for_each(|it| it.service_issue_until = Some(until));
    }),
    (Aspect::Network, "the latest agent", |it| it.cloud.latest_agent = "9.9".to_owned()),
    (Aspect::Network, "the oldest agent", |it| it.cloud.oldest_agent = "2.0".to_owned()),
    (Aspect::Cloud, "a user", |it| {
        let tenant = it.cloud.tenants.get_mut(&Name::new(TENANT)).unwrap();
        tenant.users.remove(&Name::new(ADMIN_UPN));
    }),
    (Aspect::Cloud, "a subscription", |it| {
        let subscription = it.cloud.subscriptions.get_mut(&Name::new(SUBSCRIPTION)).unwrap();
        subscription.state = SubscriptionState::Expired;
    }),
    (Aspect::Cloud, "a role", |it| {
        let subscription = it.cloud.subscriptions.get_mut(&Name::new(SUBSCRIPTION)).unwrap();
        let role = BTreeSet::from(["Reader".to_owned()]);
        subscription.roles.insert(Name::new(ADMIN_UPN), role);
    }),
    (Aspect::Cloud, "a vault", |it| {
        it.cloud.vaults.get_mut(&Name::new(VAULT)).unwrap().location = "japanwest".to_owned();
    }),
];

/// What no program on the machine gets to see.
const HIDDEN: &[(&str, Edit)] = &[
    ("how often the machine was started", |it| here(it).boot.id = 7),
    ("the latest certificate of a vault", |it| {
        it.cloud.vaults.get_mut(&Name::new(VAULT)).unwrap().latest_certificate = "00".to_owned();
    }),
    ("the clock of another computer", |it| {
        it.machines.get_mut(&Name::new(OTHER_MACHINE)).unwrap().clock.ahead_seconds = 0;
    }),
];

fn healthy() -> World {
    base::healthy(start_time(Fidelity::Memory))
}

fn here(world: &mut World) -> &mut Machine {
    world.machines.get_mut(&Name::new(MACHINE)).unwrap()
}

fn disk(world: &mut World) -> &mut marslab_model::world::Volume {
    here(world).volumes.get_mut(&Name::new("D:")).unwrap()
}

fn browser(world: &mut World) -> &mut marslab_model::world::Browser {
    here(world).browsers.get_mut(&Name::new(ADMIN)).unwrap()
}

fn orders() -> WinPath {
    WinPath::new(r"D:\Data\orders.mdf")
}

fn install(machine: &mut Machine) {
    machine.software.insert(Name::new("New"), Software { version: "1".to_owned() });
}

fn block(world: &mut World, to: &str) {
    rule(world, to, Action::Drop);
}

fn rule(world: &mut World, to: &str, action: Action) {
    let to: Target = to.parse().unwrap();
    let rule = Rule { from: Origin::Machines, to, port: None, action };
    world.network.firewall.insert(Name::new("rule"), rule);
}

fn names(worlds: &[&World]) -> Names {
    let mut names = Names::default();
    worlds.iter().for_each(|world| names.add(world));
    names
}

fn start(world: &World) -> Live {
    Live::start(world.clone(), &StartOptions::new(Fidelity::Memory, 1)).unwrap()
}

async fn take(world: &World, names: &Names) -> Census {
    Census::take(start(world).host(), names).await
}

/// The aspects in which a change of the healthy world shows.
async fn seen(change: Edit) -> BTreeSet<Aspect> {
    let before = healthy();
    let mut after = before.clone();
    change(&mut after);
    let names = names(&[&before, &after]);
    let (before, after) = (take(&before, &names).await, take(&after, &names).await);
    before.differences(&after).into_iter().map(|question| question.aspect).collect()
}
