//! The healthy world that every scenario starts from: one server with the agent installed and not yet registered,
//! a second one beside it, direct access to the internet, one tenant, one subscription, two vaults.
//!
//! Facts are those of mars-facts 4.6 and 5. Addresses outside the two documented ranges are from the ranges that are
//! reserved for documentation (RFC 5737); nothing is ever sent there.

use std::collections::BTreeSet;
use std::net::IpAddr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::{SignedDuration, Timestamp};
use marslab_model::Map;
use marslab_model::names::{HostName, KeyPath, Name, WinPath};
use marslab_model::world::{
    Antivirus, Application, Boot, Browser, Cast, ClientSecret, Clock, Cloud, Content, Device,
    DeviceStatus, Endpoint, File, IfRunning, Language, Machine, Network, Os, Platform, Refusal,
    RegValue, Resolver, ResourceGroup, Role, ServerCertificate, Service, ServiceState, Software,
    StartType, StorageAccount, Subscription, SubscriptionState, Task, Tenant, TlsVersion, Trigger,
    Update, User, UserAccount, Vault, Volume, World, Zone,
};

mod aliases;
pub mod azure;
mod furniture;
mod limits;
pub mod policies;

pub use limits::Limits;

/// The machine that complains.
pub const MACHINE: &str = "SRV01";
/// A machine beside it, where the agent works, too.
pub const OTHER_MACHINE: &str = "SRV02";
/// The administrator's account on both machines.
pub const ADMIN: &str = "CORP\\admin";
/// The administrator at the login service.
pub const ADMIN_UPN: &str = "admin@contoso.example";
/// The client id of the application of the customer's own scripts.
pub const APPLICATION: &str = "3d9a1f60-72c4-4b8e-8f15-6e0b7a2c9d43";
/// The tenant.
pub const TENANT: &str = "5a2e7c1d-9f43-4b06-8a57-c3d0e1f29b64";
/// The subscription.
pub const SUBSCRIPTION: &str = "c0ffee00-1b2d-4e3f-9a8b-7c6d5e4f3a21";
/// The vault that the administrator uses.
pub const VAULT: &str = "vault-east";
/// Another vault of the same subscription.
pub const OTHER_VAULT: &str = "vault-west";
/// The resource group of both vaults.
pub const RESOURCE_GROUP: &str = "rg-backup";
/// The folder that is backed up.
pub const DATA: &str = r"D:\Data";
/// Where the agent is installed (mars-facts 5.1).
pub const INSTALL: &str = r"C:\Program Files\Microsoft Azure Recovery Services Agent";
/// The root certification authority of every endpoint (mars-facts 5.8).
pub const ROOT: &str = "Baltimore CyberTrust Root";
/// The agent's current version (mars-facts 5.1).
pub const AGENT_VERSION: &str = "2.0.9169.0";

/// The healthy plain world at the true time `now`.
pub fn healthy(now: Timestamp) -> World {
    healthy_within(Cast::plain(), &Limits::default(), now)
}

/// The healthy world of this cast at the true time `now`, as it would be with these limits.
pub fn healthy_within(cast: Cast, limits: &Limits, now: Timestamp) -> World {
    let named = |name: &Name| {
        let mut machine = machine(name, &cast, now, limits);
        furniture::put(&mut machine, name, &cast, now);
        (name.clone(), machine)
    };
    let machines = [&cast.machine, &cast.other_machine].map(named).into();
    let network = network(&cast);
    World { now, machines, network, cloud: cloud(&cast, limits, now), cast }
}

fn network(cast: &Cast) -> Network {
    let resolved = |it: &[&str]| it.iter().flat_map(|ip| ip.parse()).collect();
    let mut names: Map<HostName, Vec<IpAddr>> =
        servers(cast).map(|(host, ip, _)| (host, resolved(&[ip]))).collect();
    names.insert(PROBED_NAME.0.into(), resolved(&PROBED_NAME.1));
    let (proxies, portals) = (Map::new(), Map::new());
    let resolver = Resolver::plain();
    let aliases = aliases::of(cast).collect();
    Network { names, aliases, resolver, firewall: Map::new(), proxies, portals }
}

/// The servers of the cloud: their names, addresses and roles.
fn servers(cast: &Cast) -> impl Iterator<Item = (HostName, &'static str, Role)> {
    let fixed = SERVERS.iter().map(|(host, ip, role)| (HostName::new(*host), *ip, *role));
    let [region, other] = [&cast.region, &cast.other_region];
    let [account, other_account] = [&cast.storage_account, &cast.other_storage_account];
    let drawn = [
        (azure::backup_host(region), "198.51.100.10", Role::Backup),
        (azure::recovery_host(region), "198.51.100.11", Role::Recovery),
        (azure::PUBLIC.blob_host(account.as_str()), "198.51.100.12", Role::Storage),
        (azure::PUBLIC.queue_host(account.as_str()), "198.51.100.13", Role::Storage),
        (azure::protection_host(region), "198.51.100.15", Role::Backup),
        (azure::backup_host(other), "198.51.100.20", Role::Backup),
        (azure::recovery_host(other), "198.51.100.21", Role::Recovery),
        (azure::PUBLIC.blob_host(other_account.as_str()), "198.51.100.22", Role::Storage),
        (azure::PUBLIC.queue_host(other_account.as_str()), "198.51.100.23", Role::Storage),
        (azure::protection_host(other), "198.51.100.25", Role::Backup),
    ];
    fixed.chain(drawn)
}

/// A server that works.
pub fn endpoint(role: Role) -> Endpoint {
    Endpoint {
        role,
        root: Name::new(ROOT),
        certificate: ServerCertificate::good(),
        tls_min: TlsVersion::V1_0,
        tls_max: TlsVersion::V1_3,
        service_issue_until: None,
    }
}

fn cloud(cast: &Cast, limits: &Limits, now: Timestamp) -> Cloud {
    Cloud {
        endpoints: servers(cast).map(|(host, _, role)| (host, endpoint(role))).collect(),
        probes: texts(&[
            ("www.msftncsi.com/ncsi.txt", "Microsoft NCSI"),
            ("www.msftconnecttest.com/connecttest.txt", "Microsoft Connect Test"),
            // † Of what is really there, the title alone.
            ("login.microsoft.com/", "<!DOCTYPE html><title>Sign in to your account</title>"),
            ("portal.azure.com/", "<!DOCTYPE html><title>Microsoft Azure</title>"),
        ]),
        latest_agent: AGENT_VERSION.to_owned(),
        oldest_agent: "2.0.9083.0".to_owned(),
        credentials_hours: limits.credentials_hours,
        tenants: [(
            cast.tenant.clone(),
            Tenant {
                domains: BTreeSet::from([cast.domain.clone()]),
                users: [(cast.admin_upn.clone(), administrator(cast))].into(),
                applications: [(application_id(cast), application(cast, now))].into(),
            },
        )]
        .into(),
        subscriptions: [(cast.subscription.clone(), subscription(cast))].into(),
        vaults: [
            (
                cast.vault.clone(),
                vault(&cast.region, cast, (&cast.storage_account, PLAIN_VAULT), now),
            ),
            (
                cast.other_vault.clone(),
                vault(
                    &cast.other_region,
                    cast,
                    (&cast.other_storage_account, OTHER_PLAIN_VAULT),
                    now,
                ),
            ),
        ]
        .into(),
        storage_accounts: [
            (&cast.storage_account, &cast.region),
            (&cast.other_storage_account, &cast.other_region),
        ]
        .map(|(name, location)| (name.clone(), storage_account(name, location, cast)))
        .into(),
    }
}

/// The subscription, in which the administrator and the customer's scripts may do whatever backups need.
fn subscription(cast: &Cast) -> Subscription {
    let role = "Backup Contributor".to_owned();
    let group = ResourceGroup { location: cast.region.clone(), tags: Map::new() };
    Subscription {
        state: SubscriptionState::Enabled,
        tenant: cast.tenant.clone(),
        roles: [cast.admin_upn.clone(), application_id(cast)]
            .map(|who| (who, BTreeSet::from([role.clone()])))
            .into(),
        custom_roles: Map::new(),
        resource_groups: [(Name::new(&cast.resource_group), group)].into(),
    }
}

/// The administrator at the login service.
fn administrator(cast: &Cast) -> User {
    let (object_id, password) = match cast.seed {
        None => ("0b1c2d3e-4f50-4617-8293-a4b5c6d7e8f9".to_owned(), PLAIN_PASSWORD.to_owned()),
        Some(_) => (
            cast.guid("the administrator"),
            format!("Pw-{}", cast.number("the administrator's password")),
        ),
    };
    User { object_id, password }
}

/// The client id of an application with which the customer's own scripts look after the vaults.
fn application_id(cast: &Cast) -> Name {
    let plain = || APPLICATION.to_owned();
    Name::new(cast.seed.map_or_else(plain, |_| cast.guid("the application")))
}

/// It has a secret; who wants it to sign in with a certificate adds one.
fn application(cast: &Cast, now: Timestamp) -> Application {
    let (key_id, value) = match cast.seed {
        None => ("a6c1e2d8-05b7-4f39-9c84-1d7e3b5f0a92".to_owned(), PLAIN_SECRET.to_owned()),
        Some(_) => (
            cast.guid("the application's key"),
            format!("Sc-{}", cast.guid("the application's secret")),
        ),
    };
    // Two years, the longest that the portal offers.
    let expires_at = now.saturating_add(SignedDuration::from_hours(24 * 730)).unwrap_or(now);
    let secrets = [(Name::new(key_id), ClientSecret { value, expires_at })].into();
    Application { certificates: Map::new(), secrets }
}

/// The account of a service, with an access key as long as real ones (64 bytes) that nobody is told.
pub fn storage_account(name: &Name, location: &str, cast: &Cast) -> StorageAccount {
    let half = |number| cast.guid(&format!("half {number} of the key of {name}")).replace('-', "");
    StorageAccount {
        subscription: None,
        resource_group: String::new(),
        location: location.to_owned(),
        key: STANDARD.encode(format!("{}{}", half(1), half(2))),
        containers: Map::new(),
    }
}

fn vault(
    location: &str,
    cast: &Cast,
    (account, plain): (&Name, (i64, &str)),
    now: Timestamp,
) -> Vault {
    let (resource_id, client_id) = match cast.seed {
        None => (plain.0, plain.1.to_owned()),
        // Positive, as real ones are.
        Some(_) => {
            let of = format!("the vault in {location}");
            (i64::try_from(cast.number(&of) >> 1).unwrap_or(i64::MAX), cast.guid(&of))
        }
    };
    Vault {
        subscription: cast.subscription.clone(),
        resource_group: cast.resource_group.clone(),
        location: location.to_owned(),
        resource_id,
        sku: "Standard".to_owned(),
        tags: Map::new(),
        modified: earlier(now, 60),
        redundancy: "GeoRedundant".to_owned(),
        soft_delete: true,
        extended_info: Content::default(),
        policies: policies::of_new_vault(),
        blob_host: azure::PUBLIC.blob_host(account.as_str()),
        queue_host: azure::PUBLIC.queue_host(account.as_str()),
        client_id: Name::new(client_id),
        private_endpoint_state: None,
        private_host: None,
        public_network_access: true,
        latest_certificate: String::new(),
        issued_at: None,
        machines: Map::new(),
        recovery_points: Map::new(),
    }
}

#[expect(clippy::too_many_lines, reason = "one flat record, a line or a few for each field")]
fn machine(name: &Name, cast: &Cast, now: Timestamp, limits: &Limits) -> Machine {
    let environment = texts(&[
        ("ComSpec", r"C:\Windows\system32\cmd.exe"),
        ("PSModulePath", MODULE_PATH),
        ("SystemRoot", r"C:\Windows"),
        ("TEMP", r"C:\Windows\Temp"),
    ]);
    Machine {
        computer_name: name.as_str().to_owned(),
        domain: cast.domain.clone(),
        language: Language::English,
        platform: Platform::OnPremises,
        os: Os {
            caption: "Microsoft Windows Server 2016 Standard".to_owned(),
            build: 14_393,
            missing_updates: BTreeSet::new(),
            installed_updates: installed_updates(now),
        },
        volumes: [
            (Name::new("C:"), Volume::ntfs(100 * cast.unit, 40 * cast.unit)),
            (
                cast.data.volume().unwrap_or_default(),
                Volume::ntfs(500 * cast.unit, 300 * cast.unit),
            ),
        ]
        .into(),
        files: files(cast, now, limits),
        denied: Map::new(),
        open_files: Map::new(),
        folder_attributes: Map::new(),
        series: Map::new(),
        registry: registry(cast),
        environment: environment.clone(),
        services: services(),
        tasks: [(Name::new(r"\Microsoft\OnlineBackup\Microsoft-OnlineBackup"), task())].into(),
        devices: [
            (Name::new(r"ROOT\ISCSIPRT\0000"), initiator()),
            (Name::new(r"PCI\VEN_8086&DEV_100F\0000"), network_adapter()),
        ]
        .into(),
        software: [
            ("Microsoft Azure Recovery Services Agent", AGENT_VERSION),
            ("Windows PowerShell", "5.1.14393.2848"),
        ]
        .map(|(name, version)| (Name::new(name), Software { version: version.to_owned() }))
        .into(),
        accounts: accounts(cast),
        antivirus: Antivirus {
            product: String::new(),
            blocked: BTreeSet::new(),
            exclusions: BTreeSet::new(),
            refusal: Refusal::SharingViolation,
        },
        certificates: Map::new(),
        trusted_roots: [ROOT, "DigiCert Global Root CA", "DigiCert Global Root G2"]
            .map(Name::new)
            .into(),
        browsers: [(
            cast.admin.clone(),
            Browser { cache: Map::new(), portal_session: String::new() },
        )]
        .into(),
        clock: Clock {
            ahead_seconds: 9 * 3600,
            zone: Zone { id: "Tokyo Standard Time".to_owned(), utc_offset_minutes: 540 },
        },
        boot: Boot { id: 1, at: earlier(now, 30), environment },
        mounts: Map::new(),
        snapshot_sets: Map::new(),
        // A log of Windows itself, empty until Defender has something to say.
        events: [(Name::new(DEFENDER_LOG), Vec::new())].into(),
    }
}

fn files(cast: &Cast, now: Timestamp, limits: &Limits) -> Map<WinPath, File> {
    let small =
        SMALL_FILES.iter().map(|(path, content)| (WinPath::new(*path), small_file(content, now)));
    let customers = cast.data.join("customers.mdf");
    let data = [
        (&customers, 120),
        (&cast.database, 60),
        (&cast.disk_image, 15),
        (&cast.old_disk_image, 5),
    ];
    let data = data.map(|(path, units)| (path.clone(), file("", units * cast.unit, now)));
    let manifest = small_file(&manifest(limits.powershell_major), now);
    small.chain([(WinPath::new(MANIFEST), manifest)]).chain(data).collect()
}

fn small_file(content: &str, now: Timestamp) -> File {
    file(content, u64::try_from(content.len()).unwrap_or(0).max(1), now)
}

fn file(content: &str, size: u64, now: Timestamp) -> File {
    let content = content.as_bytes().into();
    File { content, size, modified: earlier(now, 60), attributes: BTreeSet::new() }
}

/// The manifest is the lab's own: no source gives the real one (mars-facts 5.6).
fn manifest(powershell_major: u32) -> String {
    format!(
        "@{{\r\n    ModuleVersion = '2.0'\r\n    PowerShellVersion = '{powershell_major}.0'\r\n    RootModule = \
         'MSOnlineBackup.dll'\r\n    CmdletsToExport = 'Get-OBJob', 'Get-OBMachineSetting', 'Get-OBPolicy', \
         'Set-OBMachineSetting', 'Start-OBBackup', 'Start-OBRegistration'\r\n}}\r\n"
    )
}

fn registry(cast: &Cast) -> Map<KeyPath, Map<Name, RegValue>> {
    let mut registry = Map::<KeyPath, Map<Name, RegValue>>::new();
    let mut set = |key: &str, name: &str, value: RegValue| {
        registry.entry(KeyPath::new(key)).or_default().insert(Name::new(name), value);
    };
    set(CONFIG_KEY, "BackupItems", cast.data.as_str().into());
    for sid in [SYSTEM_SID, &cast.admin_sid] {
        set(&format!(r"HKU\{sid}\{INTERNET_SETTINGS}"), "ProxyEnable", 0.into());
    }
    // Windows' own default stands there spelled out.
    let folders = format!(r"HKU\{}\{SHELL_FOLDERS}", cast.admin_sid);
    set(&folders, "{374DE290-123F-4565-9164-39C4925E467B}", r"%USERPROFILE%\Downloads".into());
    for (key, name, value) in TEXT_VALUES {
        registry.entry(KeyPath::new(*key)).or_default().insert(Name::new(*name), (*value).into());
    }
    for (key, name, value) in NUMBER_VALUES {
        registry.entry(KeyPath::new(*key)).or_default().insert(Name::new(*name), (*value).into());
    }
    registry
}

/// As on a server that was set up three years ago and is kept up to date †.
fn installed_updates(now: Timestamp) -> Map<Name, Update> {
    [("KB3199986", false, 1_100), ("KB4485447", true, 46), ("KB4489882", true, 45)]
        .map(|(name, security, days)| {
            let installed = now - SignedDuration::from_hours(24 * days);
            (Name::new(name), Update { security, installed })
        })
        .into()
}

fn services() -> Map<Name, Service> {
    let service = |display: &str| Service {
        display: display.to_owned(),
        state: ServiceState::Running,
        start: StartType::Automatic,
        account: "LocalSystem".to_owned(),
        responding: true,
    };
    [
        ("obengine", "Microsoft Azure Recovery Services Agent"),
        ("MSiSCSI", "Microsoft iSCSI Initiator Service"),
        ("Schedule", "Task Scheduler"),
        ("VSS", "Volume Shadow Copy"),
        ("W32Time", "Windows Time"),
        ("Dnscache", "DNS Client"),
    ]
    .map(|(name, display)| (Name::new(name), service(display)))
    .into()
}

fn task() -> Task {
    Task {
        enabled: true,
        trigger: Trigger { enabled: true, minute_of_day: 21 * 60 },
        more_triggers: Map::new(),
        if_running: IfRunning::IgnoreNew,
        account: Name::new("SYSTEM"),
        command: "powershell.exe".to_owned(),
        arguments: "-Command \"Import-Module MSOnlineBackup; Start-OBBackup -Async\"".to_owned(),
        last_run: None,
        last_result: 267_011,
    }
}

fn initiator() -> Device {
    Device {
        name: "Microsoft iSCSI Initiator".to_owned(),
        class: "SCSIAdapter".to_owned(),
        hardware_ids: vec![r"ROOT\ISCSIPRT".to_owned()],
        status: DeviceStatus::Started,
    }
}

/// A device that has nothing to do with the agent.
fn network_adapter() -> Device {
    Device {
        name: "Intel(R) PRO/1000 MT Network Connection".to_owned(),
        class: "Net".to_owned(),
        hardware_ids: vec![r"PCI\VEN_8086&DEV_100F".to_owned()],
        status: DeviceStatus::Started,
    }
}

fn accounts(cast: &Cast) -> Map<Name, UserAccount> {
    let account = |sid: &str, groups: &[&str], upn: &str| UserAccount {
        sid: sid.to_owned(),
        groups: groups.iter().map(|group| Name::new(*group)).collect(),
        upn: upn.to_owned(),
    };
    [
        (Name::new("SYSTEM"), account(SYSTEM_SID, &["Administrators"], "")),
        (
            cast.admin.clone(),
            account(&cast.admin_sid, &["Administrators"], cast.admin_upn.as_str()),
        ),
        (cast.operator.clone(), account(&cast.operator_sid, &["Users"], "")),
    ]
    .into()
}

fn texts(pairs: &[(&str, &str)]) -> Map<Name, String> {
    pairs.iter().map(|(name, text)| (Name::new(*name), (*text).to_owned())).collect()
}

fn earlier(now: Timestamp, days: i64) -> Timestamp {
    now.saturating_sub(SignedDuration::from_hours(24 * days)).unwrap_or(now)
}

/// The administrator's password and the application's secret in the plain world.
const PLAIN_PASSWORD: &str = "Lilacs-bloom-42";
const PLAIN_SECRET: &str = "Sc-plain-world-8f2b61";

/// The resource id and the client id of the vaults in the plain world.
const PLAIN_VAULT: (i64, &str) =
    (8_726_350_008_099_341_699, "e7a1b2c3-d4e5-4f60-8192-a3b4c5d6e7f8");
const OTHER_PLAIN_VAULT: (i64, &str) =
    (5_108_442_771_930_255_873, "f8b2c3d4-e5f6-4071-92a3-b4c5d6e7f809");

/// Host, address, role; the other servers are of a region. The agent's five documented name patterns and two ranges are each met by one host alone
/// (mars-facts E1, 4.5, 4.6); the exact host of each step is the lab's choice among the documented ones.
const SERVERS: &[(&str, &str, Role)] = &[
    ("www.msftncsi.com", "203.0.113.10", Role::Probe),
    ("www.msftconnecttest.com", "203.0.113.11", Role::Probe),
    ("go.microsoft.com", "203.0.113.20", Role::Web),
    ("login.microsoftonline.com", "40.126.1.10", Role::Discovery),
    ("login.windows.net", "20.190.129.10", Role::Login),
    ("management.azure.com", "203.0.113.30", Role::Management),
    // Where certificates of servers say that their authority publishes.
    ("www.microsoft.com", "203.0.113.40", Role::Authority),
    // Where people and other programs sign in.
    ("login.microsoft.com", "203.0.113.50", Role::Web),
    ("portal.azure.com", "203.0.113.51", Role::Web),
    ("graph.microsoft.com", "203.0.113.52", Role::Graph),
];

/// The name that Windows resolves to check DNS, and its addresses (proxy-wire 7.6). They accept no connections.
const PROBED_NAME: (&str, [&str; 2]) =
    ("dns.msftncsi.com", ["131.107.255.255", "fd3e:4f5a:5b81::1"]);

const MODULE_PATH: &str = r"C:\Windows\system32\WindowsPowerShell\v1.0\Modules\;C:\Program Files\Microsoft Azure Recovery Services Agent\bin\Modules";

/// The manifest of the agent's module.
const MANIFEST: &str = r"C:\Program Files\Microsoft Azure Recovery Services Agent\bin\Modules\MSOnlineBackup\MSOnlineBackup.psd1";

const SMALL_FILES: &[(&str, &str)] = &[
    (r"C:\Program Files\Microsoft Azure Recovery Services Agent\bin\cbengine.exe", "MZ cbengine"),
    (
        r"C:\Program Files\Microsoft Azure Recovery Services Agent\bin\wabadmin.msc",
        "<MMC_ConsoleFile/>",
    ),
    (
        r"C:\Program Files\Microsoft Azure Recovery Services Agent\bin\Modules\MSOnlineBackup\MSOnlineBackup.dll",
        "MZ MSOnlineBackup",
    ),
    (
        r"C:\Program Files\Microsoft Azure Recovery Services Agent\bin\Modules\MSOnlineBackup\OnlineBackup_Cmdlets.xml",
        "<helpItems/>",
    ),
    (r"C:\Program Files\Internet Explorer\iexplore.exe", "MZ iexplore"),
    (r"C:\Windows\Microsoft.NET\Framework64\v2.0.50727\csc.exe", "MZ csc 2"),
    (r"C:\Windows\Microsoft.NET\Framework64\v4.0.30319\csc.exe", "MZ csc 4"),
    (r"C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe", "MZ powershell"),
    (r"C:\Windows\Temp\setup.log", "ok"),
];

/// `INSTALL` as the registry has it: Microsoft's support scripts append `Temp\*` to it, and `bin\cbengine.exe`.
const INSTALL_PATH: &str = r"C:\Program Files\Microsoft Azure Recovery Services Agent\";

const AGENT_KEY: &str = r"HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Setup";
const CONFIG_KEY: &str = r"HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Config";
const PROVIDER_KEY: &str =
    r"HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Config\CloudBackupProvider";
const SCRATCH: &str = r"C:\Program Files\Microsoft Azure Recovery Services Agent\Scratch";
const NCSI_KEY: &str = r"HKLM\SYSTEM\CurrentControlSet\Services\NlaSvc\Parameters\Internet";
const SYSTEM_SID: &str = "S-1-5-18";
const INTERNET_SETTINGS: &str = r"Software\Microsoft\Windows\CurrentVersion\Internet Settings";
const SHELL_FOLDERS: &str =
    r"Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders";

/// mars-facts 5.2, 5.8. `BackupItems`, which a cast decides, is the lab's own: where the agent keeps its selection is
/// not documented.
const TEXT_VALUES: &[(&str, &str, &str)] = &[
    (AGENT_KEY, "InstallPath", INSTALL_PATH),
    (CONFIG_KEY, "ScratchLocation", SCRATCH),
    (PROVIDER_KEY, "ScratchLocation", SCRATCH),
    // "Server Core" on an installation without Desktop Experience, "Client" on Windows 10.
    (r"HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion", "InstallationType", "Server"),
    (NCSI_KEY, "ActiveWebProbeHost", "www.msftncsi.com"),
    (NCSI_KEY, "ActiveWebProbePath", "ncsi.txt"),
    (NCSI_KEY, "ActiveWebProbeContent", "Microsoft NCSI"),
    (r"HKLM\SOFTWARE\Microsoft\PowerShell\1\PowerShellEngine", "PowerShellVersion", "2.0"),
    (
        r"HKLM\SOFTWARE\Microsoft\PowerShell\3\PowerShellEngine",
        "PowerShellVersion",
        "5.1.14393.2848",
    ),
    (
        r"HKLM\SOFTWARE\Microsoft\PowerShell\1\ShellIds\Microsoft.PowerShell",
        "ExecutionPolicy",
        "RemoteSigned",
    ),
];

/// 461814 is .NET Framework 4.7.2; action 1803 of zone 3 is file download, 0 allows it.
const NUMBER_VALUES: &[(&str, &str, u32)] = &[
    (r"HKLM\SOFTWARE\Microsoft\NET Framework Setup\NDP\v4\Full", "Release", 461_814),
    (NCSI_KEY, "EnableActiveProbing", 1),
    (
        r"HKU\S-1-5-18\Software\Microsoft\Windows\CurrentVersion\Internet Settings\Zones\3",
        "1803",
        0,
    ),
];

/// The log of Microsoft Defender Antivirus.
const DEFENDER_LOG: &str = "Microsoft-Windows-Windows Defender/Operational";
