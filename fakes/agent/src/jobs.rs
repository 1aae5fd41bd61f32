//! The history of backup jobs. It has the columns of mars-facts 5.5; that it is a file is the lab's own †.

use jiff::Timestamp;
use marslab_model::HostControl;

use crate::files::append;
use crate::places::Places;
use crate::random::guid;
use crate::step_error::StepError;

/// A job that has ended.
#[derive(Debug)]
pub(crate) struct Job<'a> {
    pub(crate) start: Timestamp,
    pub(crate) end: Timestamp,
    pub(crate) bytes: u64,
    pub(crate) state: JobState<'a>,
}

/// How a job ended (mars-facts 5.5).
#[derive(Debug)]
pub(crate) enum JobState<'a> {
    Completed,
    CompletedWithWarning(JobFailure<'a>),
    Aborted(JobFailure<'a>),
}

/// Why a job failed, or left something out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct JobFailure<'a> {
    pub(crate) error: &'a StepError,
    /// The number of the message on the console.
    pub(crate) code: u32,
}

impl Job<'_> {
    /// Appends the job to the history.
    pub(crate) fn record(&self, host: &dyn HostControl, places: &Places) {
        let row = self.row(&guid(host).to_string());
        append(host, &places.job_history(), vec![row], HISTORY_BYTES_MAX);
    }

    /// JobType, Start, End, State, Data Transfer (MB), Name, JobId, DetailedErrorCode, ErrorCode, ErrorParameterInfo.
    fn row(&self, id: &str) -> String {
        let (state, failure) = match self.state {
            JobState::Completed => ("Completed", None),
            JobState::CompletedWithWarning(failure) => ("CompletedWithWarning", Some(failure)),
            JobState::Aborted(failure) => ("Aborted", Some(failure)),
        };
        let [start, end] =
            [self.start, self.end].map(|at| at.strftime("%Y-%m-%d %H:%M:%S").to_string());
        let megabytes = (self.bytes / BYTES_PER_MEGABYTE).to_string();
        let detailed_code = format!("{:X}", failure.map_or(0, |failure| failure.error.hresult()));
        let code = failure.map_or(0, |failure| failure.code).to_string();
        let info = failure.map(|failure| failure.error.text()).unwrap_or_default();
        let columns =
            ["Backup", &start, &end, state, &megabytes, POLICY, id, &detailed_code, &code, &info];
        columns.map(|column| column.replace(char::is_control, " ")).join("\t")
    }
}

const BYTES_PER_MEGABYTE: u64 = 1 << 20;

/// † The job's name; no source shows the product's.
const POLICY: &str = "Microsoft-OnlineBackup";

/// Some hundred jobs.
const HISTORY_BYTES_MAX: usize = 32 << 10;

#[cfg(test)]
mod tests;
