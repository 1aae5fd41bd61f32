//! The regions of the healthy world, and the names of their servers (mars-facts 4.6).

use marslab_model::HostName;

/// The server with which machines of a region register and to which they back up; `None` for an unknown region.
pub fn backup_host(location: &str) -> Option<HostName> {
    Some(HostName::new(format!("pod01-manag1.{}.backup.windowsazure.com", code(location)?)))
}

/// The server of a region's recovery points; `None` for an unknown region.
pub fn recovery_host(location: &str) -> Option<HostName> {
    Some(HostName::new(format!("pod01-rec2.{}.backup.windowsazure.com", code(location)?)))
}

fn code(location: &str) -> Option<&'static str> {
    let known = CODES.iter().find(|(name, _)| name.eq_ignore_ascii_case(location));
    known.map(|(_, code)| *code)
}

const CODES: [(&str, &str); 2] = [("japaneast", "jpe"), ("japanwest", "jpw")];
