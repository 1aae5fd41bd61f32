//! What is under test: a diagnostic core.

use async_trait::async_trait;
use thiserror::Error;

use crate::complaint::Complaint;
use crate::diagnosis::Diagnosis;
use crate::host::HostRead;

/// A diagnostic core: it is told a complaint, may look at the machine, and says what is wrong.
#[async_trait]
pub trait Subject: Send + Sync {
    /// Says what is wrong with the machine behind `host`.
    async fn diagnose(
        &self,
        complaint: &Complaint,
        host: &dyn HostRead,
    ) -> Result<Diagnosis, SubjectError>;
}

/// Why a subject gave no diagnosis.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SubjectError {
    /// The program could not be started.
    #[error("the subject could not be started: {0}")]
    NotStarted(String),
    /// The program did not end in time and was killed.
    #[error("the subject did not end within {seconds} s and was killed")]
    TimedOut {
        /// The limit.
        seconds: u64,
    },
    /// The program wrote more than it may.
    #[error("the subject wrote more than {bytes} bytes and was killed")]
    TooMuchOutput {
        /// The limit.
        bytes: usize,
    },
    /// The program ended with another status than 0.
    #[error("the subject ended with {status}{}", stderr_tail(.stderr))]
    Crashed {
        /// The exit status in words.
        status: String,
        /// The end of what it wrote to standard error.
        stderr: String,
    },
    /// What it wrote is not a diagnosis.
    #[error("cannot read the subject's answer as a diagnosis: {reason}")]
    Unreadable {
        /// What is wrong with the answer, and where.
        reason: String,
    },
}

fn stderr_tail(stderr: &str) -> String {
    if stderr.trim().is_empty() { String::new() } else { format!("; it said: {}", stderr.trim()) }
}
