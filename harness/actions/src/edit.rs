//! Changes and places that more than one fault, setting or remedy needs.

use std::collections::BTreeMap;
use std::ops::Deref;

use marslab_model::world::{Browser, CachedAnswer, File, Machine, RegValue};
use marslab_model::{Change, Field, KeyPath, Name, WinPath, World};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::error::NotApplicable;
use crate::value_types::FilePath;
pub use required_sites::{required, required_sites};

pub mod controlled_folders;
pub mod credentials;
pub mod delivery;
pub mod private_endpoint;
pub mod proxy;
pub mod registration;
mod required_sites;
pub mod secure_channel;
pub mod selection;
pub mod time_zone;
pub mod tls_server;
pub mod zones;

/// The hosts file of Windows.
pub const HOSTS_FILE: &str = r"C:\Windows\System32\drivers\etc\hosts";

/// The registry value that says which edition of Windows is installed.
pub const INSTALLATION_TYPE: (&str, &str) =
    (r"HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion", "InstallationType");

/// A machine of a world, with the name under which the world has it.
#[derive(Clone, Copy, Debug)]
pub struct Placed<'w> {
    name: &'w Name,
    machine: &'w Machine,
}

impl<'w> Placed<'w> {
    /// The name under which the world has it, whatever it calls itself.
    pub const fn name(self) -> &'w Name {
        self.name
    }

    /// Its field.
    pub fn field(self) -> Field<Machine> {
        Field::world().machines().at(self.name.clone())
    }

    /// The machine, for as long as the world lives.
    pub const fn get(self) -> &'w Machine {
        self.machine
    }
}

impl Deref for Placed<'_> {
    type Target = Machine;

    fn deref(&self) -> &Machine {
        self.machine
    }
}

/// The machine that complains.
pub fn machine(world: &World) -> Result<Placed<'_>, NotApplicable> {
    named_machine(world, &world.cast.machine)
}

/// The machine of this name.
pub fn named_machine<'w>(world: &'w World, name: &Name) -> Result<Placed<'w>, NotApplicable> {
    let found = world.machines.get_key_value(name);
    let found = found.map(|(name, machine)| Placed { name, machine });
    found.ok_or_else(|| NotApplicable::missing("machine", name))
}

/// The field of the machine that complains.
pub fn machine_field(world: &World) -> Field<Machine> {
    Field::world().machines().at(world.cast.machine.clone())
}

/// The drive letter of a folder, which no volume of the machine has yet.
pub fn free_letter(machine: Placed<'_>, folder: &WinPath) -> Result<Name, NotApplicable> {
    let letter = folder.volume();
    let letter = letter.ok_or_else(|| NotApplicable::unsuitable(folder, "is not on a volume"))?;
    if machine.volumes.contains_key(&letter) {
        return Err(NotApplicable::exists("machine", "volume", &letter));
    }
    Ok(letter)
}

/// The path that a fault names, or that of the newest file in a folder.
pub fn named_or_newest(
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
            newest.ok_or_else(|| NotApplicable::unsuitable(folder, "contains no file"))
        }
        _ => Err(NotApplicable::Parameters("give either `path` or `newest-in`")),
    }
}

/// The change after which a file of a machine contains exactly this text. It is created if missing, and keeps its attributes.
pub fn text_file(world: &World, machine: Placed<'_>, path: WinPath, text: &str) -> Change {
    let there = machine.files.get(&path);
    let file = File {
        content: text.into(),
        size: u64::try_from(text.len()).unwrap_or(u64::MAX),
        modified: world.now,
        attributes: there.map(|file| file.attributes.clone()).unwrap_or_default(),
    };
    machine.field().files().at(path).set(file)
}

/// The field of the browser of the administrator.
pub fn browser(world: &World) -> Result<Field<Browser>, NotApplicable> {
    let admin = &world.cast.admin;
    let machine = machine(world)?;
    let unknown = || NotApplicable::unsuitable(admin, "has no browser");
    let is_known = machine.browsers.contains_key(admin);
    is_known.then(|| machine.field().browsers().at(admin.clone())).ok_or_else(unknown)
}

/// Leaves the browser of the administrator without a cache and without cookies.
pub fn empty_browser(world: &World) -> Result<[Change; 2], NotApplicable> {
    let browser = browser(world)?;
    Ok([
        browser.clone().cache().set(BTreeMap::<Name, CachedAnswer>::new()),
        browser.portal_session().set(""),
    ])
}

/// The full DNS name of a machine.
pub fn full_name(machine: Placed<'_>) -> Name {
    Name::new(format!("{}.{}", machine.name(), machine.domain))
}

/// Sets values of a registry key of a machine. A key that does not exist is made.
pub fn registry<'a>(
    machine: Placed<'_>,
    key: KeyPath,
    values: impl IntoIterator<Item = (&'a str, RegValue)>,
) -> Vec<Change> {
    let registry = machine.field().registry();
    let values = values.into_iter().map(|(name, value)| (Name::new(name), value));
    if machine.registry.contains_key(&key) {
        let key = registry.at(key);
        return values.map(|(name, value)| key.clone().at(name).set(value)).collect();
    }
    vec![registry.at(key).set(values.collect::<BTreeMap<_, _>>())]
}

/// Removes those of the values that the key has.
fn no_values(machine: Placed<'_>, key: &KeyPath, names: &[&str]) -> Vec<Change> {
    let Some(values) = machine.registry.get(key) else { return Vec::new() };
    let names = names.iter().map(|name| Name::new(*name));
    let there = names.filter(|name| values.contains_key(name));
    let field = machine.field().registry().at(key.clone());
    there.map(|name| field.clone().at(name).removed()).collect()
}

/// Installs this version of PowerShell in place of the one that is there. Version 3.0 and later have a key of their
/// own beside that of version 2.0 (mars-facts 5.8).
pub fn powershell(machine: Placed<'_>, version: &str) -> Result<Vec<Change>, NotApplicable> {
    let is_version = version.split('.').count() > 1
        && version.split('.').all(|part| part.parse::<u32>().is_ok());
    let major = version.split('.').next().and_then(|major| major.parse::<u32>().ok());
    let Some(major) = major.filter(|_| is_version) else {
        return Err(NotApplicable::BadVersion(version.to_owned()));
    };
    let [old, new] = POWERSHELL.map(KeyPath::new);
    let value = |version: &str| [("PowerShellVersion", version.into())];
    let mut changes = Vec::new();
    if major < 3 {
        if machine.registry.contains_key(&new) {
            changes.push(machine.field().registry().at(new).removed());
        }
        changes.extend(registry(machine, old, value(version)));
    } else {
        changes.extend(registry(machine, old, value("2.0")));
        changes.extend(registry(machine, new, value(version)));
    }
    let program = Name::new("Windows PowerShell");
    if machine.software.contains_key(&program) {
        changes.push(machine.field().software().at(program).version().set(version));
    }
    Ok(changes)
}

/// A PowerShell execution policy.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
pub enum ExecutionPolicy {
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
    pub const fn name(self) -> &'static str {
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
pub const CONFIG: &str = r"HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Config";

/// Where the agent keeps its own proxy, among others (mars-facts 5.2).
pub const PROVIDER: &str =
    r"HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Config\CloudBackupProvider";

/// Where PowerShell keeps the policy of the scope LocalMachine (mars-facts 5.8).
pub const SHELL: &str = r"HKLM\SOFTWARE\Microsoft\PowerShell\1\ShellIds\Microsoft.PowerShell";

/// The account SYSTEM's.
pub const SYSTEM_SID: &str = "S-1-5-18";

const INTERNET_SETTINGS: &str = r"Software\Microsoft\Windows\CurrentVersion\Internet Settings";

/// The value of both keys that names the scratch folder (mars-facts 5.2).
pub const SCRATCH: &str = "ScratchLocation";

/// The keys of PowerShell up to 2.0, and from 3.0 on (mars-facts 5.8).
const POWERSHELL: [&str; 2] = [
    r"HKLM\SOFTWARE\Microsoft\PowerShell\1\PowerShellEngine",
    r"HKLM\SOFTWARE\Microsoft\PowerShell\3\PowerShellEngine",
];

/// The agent's PowerShell module, as the articles print its place (mars-facts E7, 5).
pub const MODULE: &str =
    r"C:\Program Files\Microsoft Azure Recovery Services Agent\bin\Modules\MSOnlineBackup";

/// The task of the agent's scheduled backup (mars-facts 5.7).
pub const BACKUP_TASK: &str = r"\Microsoft\OnlineBackup\Microsoft-OnlineBackup";

/// The task of Windows Server Backup (mars-facts 5.7).
pub const SERVER_BACKUP_TASK: &str = r"\Microsoft\Windows\Backup\Microsoft-Windows-WindowsBackup";

/// Azure PowerShell in the list of installed programs; the lab's short form of its names, which end in a month.
pub const AZURE_POWERSHELL: &str = "Microsoft Azure PowerShell";
