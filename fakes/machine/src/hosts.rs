//! The names that the machine knows by its own file, which Windows looks at before it asks a DNS server.

use std::net::IpAddr;

use marslab_model::world::{Machine, Origin};
use marslab_model::{Address, Connection, DialError, Host, HostName, Tracked, WinPath};
use marslab_network::{Plan, Resolved};

use super::FakeMachine;

/// Where it is ("TCP/IP and NBT configuration parameters for Windows", `DataBasePath`).
const FILE: &str = r"C:\Windows\System32\drivers\etc\hosts";

impl FakeMachine {
    /// Resolves a name by the file, and by the DNS server where the file does not have it.
    pub(super) async fn resolve_name(&self, host: &HostName) -> Result<Vec<IpAddr>, DialError> {
        match self.in_file(host) {
            ips if ips.is_empty() => self.network.resolve(host).await,
            ips => Ok(ips),
        }
    }

    /// Opens a connection as a program of the machine does.
    pub(super) async fn connect(&self, to: &Address) -> Result<Connection, DialError> {
        let ips = match &to.host {
            Host::Name(name) => self.in_file(name),
            Host::Ip(_) => Vec::new(),
        };
        if ips.is_empty() {
            return self.network.dial(Origin::Machines, to).await;
        }
        let resolved = Resolved { ips, seconds: 0 };
        let plan =
            self.running.look(|world| Plan::resolved(&world, Origin::Machines, to, resolved));
        self.network.follow(plan).await
    }

    fn in_file(&self, host: &HostName) -> Vec<IpAddr> {
        self.look(|machine| addresses(&machine, host)).unwrap_or_default()
    }
}

/// The addresses that the file gives a name, in its order: a line is an address and its names, up to `#`.
fn addresses(machine: &Tracked<'_, Machine>, host: &HostName) -> Vec<IpAddr> {
    let Some(file) = machine.clone().files().at(&WinPath::new(FILE)) else { return Vec::new() };
    let text = String::from_utf8_lossy(file.content().get().bytes()).into_owned();
    let address = |line: &str| {
        let mut words = line.split('#').next()?.split_whitespace();
        let ip = words.next()?.parse().ok()?;
        words.any(|word| HostName::new(word) == *host).then_some(ip)
    };
    text.lines().filter_map(address).collect()
}
