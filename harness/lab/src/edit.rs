//! Changes and places that more than one fault, setting or remedy needs.

use std::collections::BTreeMap;

use marslab_model::world::{Browser, CachedAnswer, Machine, Manners, Proxy, RegValue};
use marslab_model::{Address, Change, Field, KeyPath, Name, WinPath, World};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::base::{ADMIN, MACHINE};
use crate::faults::NotApplicable;
use crate::param::{FilePath, HostAndPort};

pub(crate) mod registration;
pub(crate) mod secure_channel;
pub(crate) mod selection;
pub(crate) mod time_zone;
pub(crate) mod zones;

/// The machine that complains.
pub(crate) fn machine(world: &World) -> Result<&Machine, NotApplicable> {
    let machine = world.machines.get(&Name::new(MACHINE));
    machine.ok_or_else(|| NotApplicable(format!("there is no machine `{MACHINE}`")))
}

/// The field of the machine that complains.
pub(crate) fn machine_field() -> Field<Machine> {
    Field::world().machines().at(MACHINE)
}

/// The path that a fault names, or that of the newest file in a folder.
pub(crate) fn named_or_newest(
    machine: &Machine,
    path: Option<&FilePath>,
    newest_in: Option<&FilePath>,
) -> Result<WinPath, NotApplicable> {
    match (path, newest_in) {
        (Some(path), None) => Ok(path.as_path().clone()),
        (None, Some(folder)) => {
            let folder = folder.as_path();
            let within =
                machine.files.iter().filter(|(path, _)| path.parent().as_ref() == Some(folder));
            let newest = within.max_by_key(|(_, file)| file.modified).map(|(path, _)| path.clone());
            newest.ok_or_else(|| NotApplicable(format!("`{folder}` holds no file")))
        }
        _ => Err(NotApplicable("name either `path` or `newest-in`".to_owned())),
    }
}

/// The field of the browser of the administrator.
pub(crate) fn browser(world: &World) -> Result<Field<Browser>, NotApplicable> {
    let known = machine(world)?.browsers.contains_key(&Name::new(ADMIN));
    let unknown = || NotApplicable(format!("{ADMIN} has no browser"));
    known.then(|| machine_field().browsers().at(ADMIN)).ok_or_else(unknown)
}

/// Leaves the browser of the administrator without a cache and without cookies.
pub(crate) fn empty_browser(world: &World) -> Result<[Change; 2], NotApplicable> {
    let browser = browser(world)?;
    Ok([
        browser.clone().cache().set(BTreeMap::<Name, CachedAnswer>::new()),
        browser.portal_session().set(""),
    ])
}

/// The full DNS name of `machine`, which is called `name`.
pub(crate) fn full_name(machine: &Machine, name: &str) -> Name {
    Name::new(format!("{name}.{}", machine.domain))
}

/// Sets values of a registry key of `machine`, which is called `name`. A key that does not exist is made.
pub(crate) fn registry<'a>(
    machine: &Machine,
    name: &str,
    key: KeyPath,
    values: impl IntoIterator<Item = (&'a str, RegValue)>,
) -> Vec<Change> {
    let registry = Field::world().machines().at(name).registry();
    let values = values.into_iter().map(|(name, value)| (Name::new(name), value));
    if machine.registry.contains_key(&key) {
        let key = registry.at(key);
        return values.map(|(name, value)| key.clone().at(name).set(value)).collect();
    }
    vec![registry.at(key).set(values.collect::<BTreeMap<_, _>>())]
}

/// The address of the proxy that is named, or of the only one that there is.
pub(crate) fn proxy(world: &World, named: Option<&HostAndPort>) -> Result<Name, NotApplicable> {
    let proxies = &world.network.proxies;
    if let Some(named) = named {
        let named = Name::new(named.as_address().to_string());
        let is_known = proxies.contains_key(&named);
        let unknown = || NotApplicable(format!("the network has no proxy at {named}"));
        return is_known.then(|| named.clone()).ok_or_else(unknown);
    }
    let mut names = proxies.keys();
    match (names.next(), names.next()) {
        (Some(only), None) => Ok(only.clone()),
        (None, _) => Err(NotApplicable("the network has no proxy".to_owned())),
        (Some(_), Some(_)) => {
            Err(NotApplicable("the network has several proxies; name one".to_owned()))
        }
    }
}

/// The field of the proxy that is named, or of the only one that there is.
pub(crate) fn proxy_field(
    world: &World,
    named: Option<&HostAndPort>,
) -> Result<Field<Proxy>, NotApplicable> {
    Ok(Field::world().network().proxies().at(proxy(world, named)?))
}

/// How the proxy that is named, or the only one that there is, is set up.
pub(crate) fn manners(
    world: &World,
    named: Option<&HostAndPort>,
) -> Result<(Field<Manners>, Manners), NotApplicable> {
    let name = proxy(world, named)?;
    let manners = world.network.proxies.get(&name).map(|proxy| proxy.manners.clone());
    let field = Field::world().network().proxies().at(name).manners();
    Ok((field, manners.unwrap_or_default()))
}

/// A proxy as the LAN settings (WinINET) have it.
#[derive(Debug)]
pub(crate) struct LanProxy {
    /// `host:port`, or one for each scheme.
    pub(crate) server: String,
    /// The hosts that are reached without it.
    pub(crate) exceptions: Vec<String>,
    /// Whether it is used.
    pub(crate) is_on: bool,
}

impl LanProxy {
    /// One for everything.
    pub(crate) fn at(address: &Address) -> Self {
        Self { server: address.to_string(), exceptions: Vec::new(), is_on: true }
    }
}

/// The LAN settings of the account with this SID.
pub(crate) fn lan_proxy(machine: &Machine, sid: &str, proxy: &LanProxy) -> Vec<Change> {
    let LanProxy { server, exceptions, is_on } = proxy;
    let key = KeyPath::new(format!(r"HKU\{sid}\{INTERNET_SETTINGS}"));
    let exceptions = (!exceptions.is_empty()).then(|| exceptions.join(";"));
    let exceptions = exceptions.map(|list| ("ProxyOverride", list.into()));
    let values =
        [("ProxyEnable", u32::from(*is_on).into()), ("ProxyServer", server.as_str().into())];
    registry(machine, MACHINE, key, values.into_iter().chain(exceptions))
}

/// The configuration script of the account with this SID: that which the proxy at `server` serves.
pub(crate) fn configuration_script(machine: &Machine, sid: &str, server: &Address) -> Vec<Change> {
    let key = KeyPath::new(format!(r"HKU\{sid}\{INTERNET_SETTINGS}"));
    let script = format!("http://{server}/proxy.pac").into();
    registry(machine, MACHINE, key, [("AutoConfigURL", script)])
}

/// What `netsh winhttp set proxy` writes: a size, a counter, flags, then the server and the exceptions, each behind its
/// length. The default is in mars-facts 5.8; † where the texts stand is Windows' habit.
pub(crate) fn winhttp_proxy(machine: &Machine, address: &Address) -> Vec<Change> {
    let server = address.to_string();
    let length = u32::try_from(server.len()).unwrap_or_default();
    let [head, length, none] = [WINHTTP_HEAD.as_slice(), &length.to_le_bytes(), &[0; 4]];
    let blob = [head, length, server.as_bytes(), none].concat();
    let value = RegValue::Binary(blob.into());
    registry(machine, MACHINE, KeyPath::new(WINHTTP), [("WinHttpSettings", value)])
}

/// Switches the proxy in the LAN settings of the account with this SID off, and removes its details.
pub(crate) fn no_lan_proxy(machine: &Machine, sid: &str) -> Vec<Change> {
    let key = KeyPath::new(format!(r"HKU\{sid}\{INTERNET_SETTINGS}"));
    let mut changes = no_values(machine, &key, &["ProxyServer", "ProxyOverride", "AutoConfigURL"]);
    changes.extend(registry(machine, MACHINE, key, [("ProxyEnable", 0.into())]));
    changes
}

/// The agent's own proxy. Credentials of an earlier one are not kept.
pub(crate) fn agent_proxy(machine: &Machine, address: &Address) -> Vec<Change> {
    let key = KeyPath::new(PROVIDER);
    let mut changes = no_values(machine, &key, &["ProxyUser", "ProxyPassword"]);
    let values = [
        ("ProxyServer", address.host.to_string().into()),
        ("ProxyPort", u32::from(address.port).into()),
    ];
    changes.extend(registry(machine, MACHINE, key, values));
    changes
}

/// Unselects the agent's own proxy.
pub(crate) fn no_agent_proxy(machine: &Machine) -> Vec<Change> {
    let names = ["ProxyServer", "ProxyPort", "ProxyUser", "ProxyPassword"];
    no_values(machine, &KeyPath::new(PROVIDER), &names)
}

/// Removes those of the values that the key has.
fn no_values(machine: &Machine, key: &KeyPath, names: &[&str]) -> Vec<Change> {
    let Some(values) = machine.registry.get(key) else { return Vec::new() };
    let names = names.iter().map(|name| Name::new(*name));
    let there = names.filter(|name| values.contains_key(name));
    let field = machine_field().registry().at(key.clone());
    there.map(|name| field.clone().at(name).removed()).collect()
}

/// Installs this version of PowerShell in place of the one that is there. Version 3.0 and later have a key of their
/// own beside that of version 2.0 (mars-facts 5.8).
pub(crate) fn powershell(machine: &Machine, version: &str) -> Result<Vec<Change>, NotApplicable> {
    let is_version = version.split('.').count() > 1
        && version.split('.').all(|part| part.parse::<u32>().is_ok());
    let major = version.split('.').next().and_then(|major| major.parse::<u32>().ok());
    let Some(major) = major.filter(|_| is_version) else {
        return Err(NotApplicable(format!("`{version}` is no version, such as `3.0`")));
    };
    let [old, new] = POWERSHELL.map(KeyPath::new);
    let value = |version: &str| [("PowerShellVersion", version.into())];
    let mut changes = Vec::new();
    if major < 3 {
        if machine.registry.contains_key(&new) {
            changes.push(machine_field().registry().at(new).removed());
        }
        changes.extend(registry(machine, MACHINE, old, value(version)));
    } else {
        changes.extend(registry(machine, MACHINE, old, value("2.0")));
        changes.extend(registry(machine, MACHINE, new, value(version)));
    }
    let program = Name::new("Windows PowerShell");
    if machine.software.contains_key(&program) {
        changes.push(machine_field().software().at(program).version().set(version));
    }
    Ok(changes)
}

/// A PowerShell execution policy.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
pub(crate) enum ExecutionPolicy {
    /// No script runs.
    Restricted,
    /// Signed scripts run.
    AllSigned,
    /// Local scripts run, others when they are signed.
    #[default]
    RemoteSigned,
    /// Every script runs.
    Unrestricted,
    /// Every script runs, without a question.
    Bypass,
    /// No policy is set in this scope.
    Undefined,
}

impl ExecutionPolicy {
    /// The name in the registry.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Restricted => "Restricted",
            Self::AllSigned => "AllSigned",
            Self::RemoteSigned => "RemoteSigned",
            Self::Unrestricted => "Unrestricted",
            Self::Bypass => "Bypass",
            Self::Undefined => "Undefined",
        }
    }
}

/// Where the agent keeps its registration (mars-facts 5.2).
pub(crate) const CONFIG: &str = r"HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Config";

/// Where the agent keeps its own proxy, among others (mars-facts 5.2).
pub(crate) const PROVIDER: &str =
    r"HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Config\CloudBackupProvider";

/// Where PowerShell keeps the policy of the scope LocalMachine (mars-facts 5.8).
pub(crate) const SHELL: &str =
    r"HKLM\SOFTWARE\Microsoft\PowerShell\1\ShellIds\Microsoft.PowerShell";

/// The account SYSTEM's.
pub(crate) const SYSTEM_SID: &str = "S-1-5-18";

/// Size, counter and flags: a proxy is named, and may be left out.
const WINHTTP_HEAD: [u8; 12] = [0x28, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0];

/// Where WinHTTP keeps its proxy (mars-facts 5.8).
const WINHTTP: &str =
    r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Internet Settings\Connections";

const INTERNET_SETTINGS: &str = r"Software\Microsoft\Windows\CurrentVersion\Internet Settings";

/// The value of both keys that names the scratch folder (mars-facts 5.2).
pub(crate) const SCRATCH: &str = "ScratchLocation";

/// The keys of PowerShell up to 2.0, and from 3.0 on (mars-facts 5.8).
const POWERSHELL: [&str; 2] = [
    r"HKLM\SOFTWARE\Microsoft\PowerShell\1\PowerShellEngine",
    r"HKLM\SOFTWARE\Microsoft\PowerShell\3\PowerShellEngine",
];

/// The agent's PowerShell module, as the articles print its place (mars-facts E7, 5).
pub(crate) const MODULE: &str =
    r"C:\Program Files\Microsoft Azure Recovery Services Agent\bin\Modules\MSOnlineBackup";

/// The task of the agent's scheduled backup (mars-facts 5.7).
pub(crate) const BACKUP_TASK: &str = r"\Microsoft\OnlineBackup\Microsoft-OnlineBackup";

/// The task of Windows Server Backup (mars-facts 5.7).
pub(crate) const SERVER_BACKUP_TASK: &str =
    r"\Microsoft\Windows\Backup\Microsoft-Windows-WindowsBackup";

/// Azure PowerShell in the list of installed programs; the lab's short form of its names, which end in a month.
pub(crate) const AZURE_POWERSHELL: &str = "Microsoft Azure PowerShell";
