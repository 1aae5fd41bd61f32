//! The history of backup jobs. The columns are those of mars-facts 5.5; that it is a file is the lab's own.

use jiff::Timestamp;
use marslab_model::HostControl;

use crate::log::append;
use crate::places::Places;
use crate::random::guid;

/// A job that has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Job {
    pub(crate) start: Timestamp,
    pub(crate) end: Timestamp,
    pub(crate) bytes: u64,
    pub(crate) end_state: JobEnd,
}

/// How a job ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum JobEnd {
    Completed,
    /// But for some files: with the error that the console shows, and what was hit.
    CompletedWithWarning {
        error: &'static str,
        detail: String,
    },
    /// With the error that the console shows, and what was hit.
    Aborted {
        error: &'static str,
        detail: String,
    },
}

impl Job {
    /// Appends the job to the history.
    pub(crate) fn record(&self, host: &dyn HostControl, places: &Places) {
        let row = self.row(&guid(host).to_string());
        append(host, &places.job_history(), vec![row], HISTORY_BYTES_MAX);
    }

    /// JobType, Start, End, State, Data Transfer (MB), Name, JobId, DetailedErrorCode, ErrorCode, ErrorParameterInfo.
    fn row(&self, id: &str) -> String {
        let (state, error, detail) = match &self.end_state {
            JobEnd::Completed => ("Completed", "0", ""),
            JobEnd::CompletedWithWarning { error, detail } => {
                ("CompletedWithWarning", *error, detail.as_str())
            }
            JobEnd::Aborted { error, detail } => ("Aborted", *error, detail.as_str()),
        };
        let [start, end] =
            [self.start, self.end].map(|at| at.strftime("%Y-%m-%d %H:%M:%S").to_string());
        let megabytes = (self.bytes / BYTES_PER_MEGABYTE).to_string();
        let code = detailed_code(error);
        let columns = ["Backup", &start, &end, state, &megabytes, POLICY, id, &code, error, detail];
        columns.map(|column| column.replace(char::is_control, " ")).join("\t")
    }
}

/// The error's number in hexadecimal without a prefix; 0 where it has none.
fn detailed_code(error: &str) -> String {
    let number = match error.strip_prefix("0x") {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => error.parse(),
    };
    format!("{:X}", number.unwrap_or(0))
}

const BYTES_PER_MEGABYTE: u64 = 1 << 20;

/// The job's name; what the product shows there is not known.
const POLICY: &str = "Microsoft-OnlineBackup";

/// Some hundred jobs.
const HISTORY_BYTES_MAX: usize = 32 << 10;

#[cfg(test)]
mod tests;
