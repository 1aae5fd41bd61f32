//! The engine's log and its event log (mars-facts 5.4 and 5.5). No token, password or passphrase gets here.

use std::collections::VecDeque;
use std::fmt;

use jiff::Timestamp;
use marslab_model::host::Account;
use marslab_model::{HostControl, Name, WinPath};

use crate::random::{guid, random};

/// The lines of one operation; they are written to the file when it ends.
pub(crate) struct Log {
    /// The process, the thread and the pointer that every line shows.
    stamp: Stamp,
    lines: Vec<String>,
}

struct Stamp {
    process: String,
    thread: String,
    pointer: String,
    task: String,
}

/// How grave a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    Normal,
    Warning,
}

impl Log {
    /// A log without lines, for an operation that begins.
    pub(crate) fn begin(host: &dyn HostControl) -> Self {
        let [a, b, c, d, pointer @ ..] = random::<8>(host);
        let stamp = Stamp {
            process: hex::encode_upper([a, b]),
            thread: hex::encode_upper([c, d]),
            pointer: format!("00000000{}", hex::encode_upper(pointer)),
            task: format!("{:X}", guid(host)),
        };
        Self { stamp, lines: Vec::new() }
    }

    /// Notes what a part of the engine did at `at`, in the machine's time.
    pub(crate) fn note(&mut self, at: Timestamp, part: &str, level: Level, what: &str) {
        let Stamp { process, thread, pointer, task } = &self.stamp;
        let line = self.lines.len() + 1;
        let day = at.strftime("%m/%d");
        let time = at.strftime("%H:%M:%S.%3f");
        // A tab or the end of a line would begin a new column or record.
        let what: String = what.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        self.lines.push(format!(
            "{process}\t{thread}\t{day}\t{time}\t{COMPONENT}\t{part}.cpp({line})\t[{pointer}]\t{task}\t\t{level}\t{what}"
        ));
    }

    /// Appends the lines to the file; the oldest lines make room. A log that cannot be written stops nothing.
    pub(crate) fn write(self, host: &dyn HostControl, path: &WinPath) {
        append(host, path, self.lines, LOG_BYTES_MAX);
    }
}

/// Appends lines to a text file of SYSTEM that keeps at most `bytes_max` bytes of the newest lines.
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
    // A full volume or a held file costs the lines, not the operation.
    let _lost = host.write_file(&Account::System, path, text.as_bytes(), size(&text));
}

/// The size of a text as a file.
pub(crate) fn size(text: &str) -> u64 {
    u64::try_from(text.len()).unwrap_or(u64::MAX)
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Normal => "NORMAL",
            Self::Warning => "WARNING",
        })
    }
}

/// An event of the agent (mars-facts 5.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AgentEvent {
    /// BACKUP_START_EVENT.
    BackupStarted,
    /// BACKUP_SUCCESS_STOP_EVENT.
    BackupCompleted,
    /// BACKUP_WARNING_STOP_EVENT.
    BackupCompletedWithWarnings,
    /// BACKUP_ERROR_STOP_EVENT.
    BackupFailed,
    /// SCHEDULE_BACKUP_FAILED_EVENT.
    ScheduledBackupFailed,
}

impl AgentEvent {
    /// Writes the event to the log `CloudBackup`.
    pub(crate) fn record(self, host: &dyn HostControl) {
        let (id, message) = match self {
            Self::BackupStarted => (1, "The backup operation has started."),
            Self::BackupCompleted => (3, "The backup operation has completed."),
            Self::BackupCompletedWithWarnings => {
                (10, "The backup operation has completed with warnings.")
            }
            Self::BackupFailed => (11, "The backup operation has completed with errors."),
            Self::ScheduledBackupFailed => (18, "Scheduled backup failed in initialization phase"),
        };
        host.log_event(&Name::new(EVENT_LOG), EVENT_LOG, id, message);
    }
}

/// The log's name; that the source has the same name is the lab's own.
const EVENT_LOG: &str = "CloudBackup";

/// The component's number in the known line (mars-facts 5.4).
const COMPONENT: u32 = 18;

const LINE_END: &str = "\r\n";

/// Some hundred operations; the product starts a new file at a size that no source gives.
const LOG_BYTES_MAX: usize = 64 << 10;

#[cfg(test)]
mod tests;
