//! Asking the subject about a running world.

use std::any::Any;
use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;

use async_trait::async_trait;
use marslab_model::subject::SubjectError;
use marslab_model::{Complaint, Diagnosis, Subject};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::trace::TracedLive;

/// Runs a subject against a running world: a Rust subject, or a program that gets a door.
#[async_trait]
pub trait SubjectRunner: Send + Sync {
    /// The name in reports.
    fn name(&self) -> String;

    /// Whether the subject is isolated. The default claims the least.
    fn isolation(&self) -> Isolation {
        Isolation::InProcess
    }

    /// The same subject without a memory of earlier questions, where this one may have one. The answers of both are compared.
    fn afresh(&self) -> Option<&dyn SubjectRunner> {
        None
    }

    /// Diagnoses the machine that complains.
    async fn diagnose(
        &self,
        complaint: &Complaint,
        live: &TracedLive<'_>,
    ) -> Result<Diagnosis, SubjectError>;
}

/// What a subject could look at, other than the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Isolation {
    /// Everything: it is Rust code in the lab's own process.
    InProcess,
    /// Its user's files, other processes and the network: it is a program like any other.
    NotIsolated,
    /// At most the network, in which its door is: it runs in a container or in namespaces of its own. Who starts it declares
    /// this; the lab cannot check it.
    Isolated,
}

impl Isolation {
    /// The name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::InProcess => "in process",
            Self::NotIsolated => "not isolated",
            Self::Isolated => "isolated",
        }
    }
}

/// A subject written in Rust. A panic in it is the subject's failure, not the lab's.
pub struct RustSubject {
    name: String,
    subject: Arc<dyn Subject>,
}

impl RustSubject {
    /// A subject and its name in reports.
    pub fn new(name: impl Into<String>, subject: impl Subject + 'static) -> Self {
        Self { name: name.into(), subject: Arc::new(subject) }
    }
}

#[async_trait]
impl SubjectRunner for RustSubject {
    fn name(&self) -> String {
        self.name.clone()
    }

    async fn diagnose(
        &self,
        complaint: &Complaint,
        live: &TracedLive<'_>,
    ) -> Result<Diagnosis, SubjectError> {
        let host = live.host();
        let asked = caught(self.subject.diagnose(complaint, &host));
        let answer = tokio::time::timeout(SUBJECT_TIME, asked).await;
        answer.map_err(|_elapsed| SubjectError::TimedOut { seconds: SUBJECT_TIME.as_secs() })??
    }
}

/// Waits for a future; a panic inside becomes an error.
async fn caught<T>(future: impl Future<Output = T>) -> Result<T, SubjectError> {
    let mut future = pin!(future);
    poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
        Ok(Poll::Pending) => Poll::Pending,
        Ok(Poll::Ready(value)) => Poll::Ready(Ok(value)),
        Err(panic) => Poll::Ready(Err(SubjectError::Crashed {
            status: "a panic".to_owned(),
            stderr: panic_text(panic.as_ref()),
        })),
    })
    .await
}

fn panic_text(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}

/// A core that looks at everything once is done in well under a second of real time.
pub const SUBJECT_TIME: std::time::Duration = std::time::Duration::from_secs(30);
