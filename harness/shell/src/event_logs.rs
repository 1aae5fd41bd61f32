//! Logs that every Windows has.

/// Whether every Windows has a log. The lab writes to few of them, and that one is not there must not look like damage.
pub fn is_of_windows(log: &str) -> bool {
    let log = log.to_ascii_lowercase();
    ["application", "security", "setup", "system"].contains(&log.as_str())
        || log.starts_with("microsoft-windows-")
}
