//! The hosts file of Windows, which names are looked up in before a DNS server is asked.

use std::net::IpAddr;

use marslab_model::host::Account;
use marslab_model::{HostName, HostRead, WinPath};

use crate::facts::HOSTS_FILE;

/// The first address that the file gives a name. A line is an address and its names, up to `#`.
pub(super) fn address(host: &dyn HostRead, name: &HostName) -> Option<IpAddr> {
    let file = host.read_file(&Account::System, &WinPath::new(HOSTS_FILE)).ok()?;
    String::from_utf8_lossy(&file).lines().find_map(|line| {
        let mut words = line.split('#').next()?.split_whitespace();
        let ip = words.next()?.parse().ok()?;
        words.any(|word| HostName::new(word) == *name).then_some(ip)
    })
}
