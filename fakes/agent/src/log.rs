//! The engine's log, `CBEngineCurr.errlog` (mars-facts 5.4). No token, password or passphrase is written there.
//!
//! The columns and these lines are published: `Backup Progress: …` and `Failed: Hr: = […]` of `backupasync.cpp` (Microsoft's
//! articles on slow backups and on offline seeding), `BackupRead failed on file(…)` of `mtffile.cpp` (issue 36684 of
//! azure-docs), `Exception in … | Params: {Data = }{Message = …` of managed code (Microsoft Japan's support blog). That
//! `HResult` follows the message is the lab's own †, as are the other lines of managed code.

use jiff::Timestamp;
use marslab_model::{HostControl, WinPath};

use crate::files::append;
use crate::random::{guid, random};
use crate::step_error::StepError;

/// The lines of one operation; they are written to the file when it ends.
pub(crate) struct Log {
    process: String,
    thread: String,
    pointer: String,
    task: String,
    lines: Vec<String>,
}

/// The part of the engine that writes a line.
#[derive(Clone, Copy)]
enum Part {
    /// Native code: the component's number, the file and line. It shows a pointer, too.
    Native(u32, &'static str),
    /// Managed code.
    Managed,
}

/// How far a backup job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Progress {
    /// The job has begun.
    PrebackupStarted,
    /// The engine's programs run.
    PrebackupFinished,
    /// The engine connects to the vault, and takes the space that it needs.
    StorageStarted,
    /// It is ready to send.
    StorageFinished,
    /// The data is sent.
    TransferStarted,
    /// The data is in the vault.
    TransferFinished,
    /// The job has ended.
    Succeeded,
}

impl Log {
    /// A log without lines, for an operation that begins.
    pub(crate) fn begin(host: &dyn HostControl) -> Self {
        let [a, b, c, d, pointer @ ..] = random::<8>(host);
        Self {
            process: hex::encode_upper([a, b]),
            thread: hex::encode_upper([c, d]),
            pointer: format!("[00000000{}]", hex::encode_upper(pointer)),
            task: format!("{:X}", guid(host)),
            lines: Vec::new(),
        }
    }

    /// Adds a line of managed code. `at` is the machine's time, here and below.
    pub(crate) fn success(&mut self, at: Timestamp, text: &str) {
        self.line(at, Part::Managed, "NORMAL", text);
    }

    /// Adds the line for the progress of a backup job.
    pub(crate) fn progress(&mut self, at: Timestamp, progress: Progress) {
        let (place, text) = match progress {
            Progress::PrebackupStarted => ("backupasync.cpp(1279)", "Prebackup started."),
            Progress::PrebackupFinished => ("backupasync.cpp(1281)", "Prebackup finished."),
            Progress::StorageStarted => ("backupasync.cpp(1292)", "Initialize Storage started."),
            Progress::StorageFinished => ("backupasync.cpp(1295)", "Initialize Storage finished."),
            Progress::TransferStarted => ("backupasync.cpp(1299)", "Data transfer started."),
            Progress::TransferFinished => ("backupasync.cpp(1302)", "Data transfer finished"),
            Progress::Succeeded => ("backupasync.cpp(1338)", "Succeeded"),
        };
        self.line(at, Part::Native(71, place), "NORMAL", &format!("Backup Progress: {text}"));
    }

    /// Adds the line for the failure of a backup job.
    pub(crate) fn job_failed(&mut self, at: Timestamp, error: &StepError) {
        let text = format!("Failed: Hr: = [0x{:08x}] Backup Progress: Failed", error.hresult());
        self.line(at, Part::Native(71, "backupasync.cpp(1184)"), "WARNING", &text);
    }

    /// Adds the line for the failure of a step.
    pub(crate) fn failure(&mut self, at: Timestamp, error: &StepError) {
        let code = error.hresult();
        let (part, text) = match error {
            StepError::LeftOut { path, .. }
            | StepError::UnsupportedVolume { path }
            | StepError::UnsupportedFile { path } => (
                Part::Native(18, "mtffile.cpp(1372)"),
                format!("Failed: Hr: = [0x{code:08x}] BackupRead failed on file({path})"),
            ),
            _ => {
                let (call, text) = (error.call(), error.text());
                let params = format!("{{Data = }}{{Message = {text}}}{{HResult = 0x{code:08x}}}");
                (Part::Managed, format!("Exception in {call} | Params: {params}"))
            }
        };
        self.line(at, part, "WARNING", &text);
    }

    /// Appends the lines to the file; the oldest lines make room.
    pub(crate) fn write(self, host: &dyn HostControl, path: &WinPath) {
        if !self.lines.is_empty() {
            append(host, path, self.lines, LOG_BYTES_MAX);
        }
    }

    fn line(&mut self, at: Timestamp, part: Part, level: &str, text: &str) {
        let (component, place, pointer) = match part {
            Part::Native(component, place) => (component, place, self.pointer.as_str()),
            Part::Managed => (79, "CallerFileName(0)", ""),
        };
        let at = at.strftime("%m/%d\t%H:%M:%S.%3f");
        // A tab or the end of a line would begin a new column or record.
        let text = text.replace(char::is_control, " ");
        let Self { process, thread, task, .. } = &*self;
        self.lines.push(format!(
            "{process}\t{thread}\t{at}\t{component}\t{place}\t{pointer}\t{task}\t\t{level}\t{text}"
        ));
    }
}

/// Some hundred operations; the product starts a new file at a size that no source gives.
const LOG_BYTES_MAX: usize = 64 << 10;

#[cfg(test)]
mod tests;
