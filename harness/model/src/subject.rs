//! What is under test: a diagnostic core.

use async_trait::async_trait;
use thiserror::Error;

use crate::complaint::Complaint;
use crate::diagnosis::Diagnosis;
use crate::host::HostRead;

/// A diagnostic core: it gets a complaint, inspects the machine, and reports what is wrong.
#[async_trait]
pub trait Subject: Send + Sync {
    /// Reports what is wrong with the machine behind `host`.
    async fn diagnose(
        &self,
        complaint: &Complaint,
        host: &dyn HostRead,
    ) -> Result<Diagnosis, SubjectError>;
}

/// Why a subject gave no diagnosis.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SubjectError {
    /// The program could not be started.
    #[error("cannot start the subject: {0}")]
    NotStarted(String),
    /// The program did not end in time.
    #[error("the subject was stopped: it ran for more than {seconds} s")]
    TimedOut {
        /// The limit.
        seconds: u64,
    },
    /// The program wrote more than the limit.
    #[error("the subject was stopped: it wrote more than {bytes} bytes")]
    TooMuchOutput {
        /// The limit.
        bytes: usize,
    },
    /// The program ended with a status other than 0, or panicked.
    #[error("the subject failed ({status}){}", stderr_tail(.stderr))]
    Crashed {
        /// The exit status in words.
        status: String,
        /// The end of what it wrote to standard error.
        stderr: String,
    },
    /// Its output is not a diagnosis.
    #[error("invalid diagnosis: {reason}")]
    Unreadable {
        /// What is wrong with the answer, and where.
        reason: String,
    },
}

fn stderr_tail(stderr: &str) -> String {
    if stderr.trim().is_empty() { String::new() } else { format!("; stderr: {}", stderr.trim()) }
}
