//! What can only be asked for by name, and which names there are.

use std::collections::BTreeSet;
use std::net::IpAddr;

use marslab_model::world::{Machine, RegValue};
use marslab_model::{Address, HostName, Name, WinPath, World};
use marslab_wire::http::Url;

/// The names by which a census asks. Those of several worlds are put together, so that each is asked for what there is
/// in any other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    pub(super) accounts: BTreeSet<Name>,
    pub(super) services: BTreeSet<Name>,
    pub(super) tasks: BTreeSet<Name>,
    pub(super) computers: BTreeSet<Name>,
    pub(super) files: BTreeSet<WinPath>,
    pub(super) logs: BTreeSet<Name>,
    /// Folders whose files Windows does not list one by one, and shares.
    pub(super) folders: BTreeSet<WinPath>,
    pub(super) extensions: BTreeSet<String>,
    pub(super) hosts: BTreeSet<HostName>,
    pub(super) addresses: BTreeSet<IpAddr>,
    pub(super) proxies: BTreeSet<Address>,
    pub(super) pages: BTreeSet<Url>,
    pub(super) tenants: BTreeSet<Name>,
    pub(super) vaults: BTreeSet<Vault>,
}

/// A vault as the resource manager names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Vault {
    pub(super) subscription: Name,
    pub(super) group: String,
    pub(super) name: Name,
}

impl Names {
    /// Adds the names that occur in a world.
    pub fn add(&mut self, world: &World) {
        world.machines.values().for_each(|machine| self.add_machine(machine));
        self.computers.extend(world.machines.keys().cloned());
        self.hosts.extend(world.network.names.keys().cloned());
        self.addresses.extend(world.network.names.values().flatten());
        let proxies = world.network.proxies.keys().filter_map(|name| name.as_str().parse().ok());
        self.proxies.extend(proxies);
        // A core that follows a script asks where it leads.
        world.network.proxies.values().for_each(|proxy| self.add_words(&proxy.script));
        let probes = world.cloud.probes.keys().filter_map(|at| format!("http://{at}").parse().ok());
        self.pages.extend(probes);
        self.pages.extend(VERSION_PAGE.parse::<Url>());
        self.tenants.extend(world.cloud.tenants.keys().cloned());
        self.vaults.extend(world.cloud.vaults.iter().map(|(name, vault)| Vault {
            subscription: vault.subscription.clone(),
            group: vault.resource_group.clone(),
            name: name.clone(),
        }));
    }

    fn add_machine(&mut self, machine: &Machine) {
        self.accounts.extend(machine.accounts.keys().cloned());
        self.services.extend(machine.services.keys().cloned());
        self.tasks.extend(machine.tasks.keys().cloned());
        self.logs.extend(machine.events.keys().cloned());
        self.folders.extend(machine.series.keys().cloned());
        self.extensions.extend(machine.series.values().map(|series| series.extension.clone()));
        self.files.extend(machine.files.keys().cloned());
        self.folders.extend(machine.files.keys().filter_map(share));
        let cached = machine.browsers.values().flat_map(|browser| browser.cache.keys());
        self.pages.extend(cached.filter_map(|url| url.as_str().parse().ok()));
        for value in machine.registry.values().flat_map(|key| key.iter()) {
            self.add_value(value);
            self.add_moved(value, machine);
        }
    }

    /// A core asks for the files of a folder where the registry says that it was moved.
    fn add_moved(&mut self, (_, value): (&Name, &RegValue), machine: &Machine) {
        let RegValue::Text(text) = value else { return };
        let folder = WinPath::new(text);
        let is_moved = |path: &&WinPath| {
            path.parent().is_some_and(|old| old.file_name() == folder.file_name())
        };
        let files = machine.files.keys().filter(is_moved);
        self.files.extend(files.map(|path| folder.join(path.file_name())));
    }

    /// A core that reads a value may follow what it names.
    fn add_value(&mut self, (_, value): (&Name, &RegValue)) {
        let text = match value {
            RegValue::Text(text) => text.clone(),
            RegValue::Binary(content) => String::from_utf8_lossy(content.bytes()).into_owned(),
            RegValue::Number(_) => return,
        };
        self.pages.extend(text.parse::<Url>());
        self.add_words(&text);
    }

    fn add_words(&mut self, text: &str) {
        let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || ".:-".contains(c)));
        self.proxies.extend(words.filter_map(|word| word.parse::<Address>().ok()));
    }
}

/// The share of another machine in which a file lies (`\\server\share`).
fn share(path: &WinPath) -> Option<WinPath> {
    let mut parts = path.is_network().then(|| path.as_str().split('\\'))?.skip(2);
    Some(WinPath::new(format!(r"\\{}\{}", parts.next()?, parts.next()?)))
}

/// The page that tells the agent's latest version (the articles, troubleshoot-restore-issues).
const VERSION_PAGE: &str = "https://go.microsoft.com/fwlink/?linkid=229525";
