//! Writing text files.

use std::collections::VecDeque;

use marslab_model::host::{Account, FileError};
use marslab_model::{HostControl, WinPath};

/// Writes a text as an account.
pub(crate) fn write_text(
    host: &dyn HostControl,
    who: &Account,
    path: &WinPath,
    text: &str,
) -> Result<(), FileError> {
    let size = u64::try_from(text.len()).unwrap_or(u64::MAX);
    host.write_file(who, path, text.as_bytes(), size)
}

/// Appends lines to a text file of SYSTEM that keeps at most `bytes_max` bytes of the newest lines. What cannot be written
/// is lost and stops nothing.
pub(crate) fn append(host: &dyn HostControl, path: &WinPath, lines: Vec<String>, bytes_max: usize) {
    let old = host.read_file(&Account::System, path).unwrap_or_default();
    let old = String::from_utf8_lossy(&old);
    let old = old.lines().filter(|line| !line.is_empty()).map(str::to_owned);
    let mut kept: VecDeque<String> = old.chain(lines).collect();
    let mut bytes: usize = kept.iter().map(|line| line.len() + LINE_END.len()).sum();
    while bytes > bytes_max {
        let Some(oldest) = kept.pop_front() else { break };
        bytes -= oldest.len() + LINE_END.len();
    }
    let text: String = kept.iter().flat_map(|line| [line.as_str(), LINE_END]).collect();
    let _lost = write_text(host, &Account::System, path, &text);
}

const LINE_END: &str = "\r\n";

#[cfg(test)]
mod tests;
