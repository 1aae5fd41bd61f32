//! The regions that the lab knows, and the names of their servers (mars-facts 4.6).

use marslab_model::HostName;

/// The server that machines of a region register with and back up to.
pub(super) fn backup_host(location: &str) -> Option<HostName> {
    Some(HostName::new(format!("pod01-manag1.{}.backup.windowsazure.com", code(location)?)))
}

/// The server that serves the recovery points of a region.
pub(super) fn recovery_host(location: &str) -> Option<HostName> {
    Some(HostName::new(format!("pod01-rec2.{}.backup.windowsazure.com", code(location)?)))
}

fn code(location: &str) -> Option<&'static str> {
    let known = CODES.iter().find(|(name, _)| name.eq_ignore_ascii_case(location));
    known.map(|(_, code)| *code)
}

const CODES: [(&str, &str); 2] = [("japaneast", "jpe"), ("japanwest", "jpw")];
