//! The operations, one file each.

use jiff::Timestamp;
use marslab_model::HostControl;

use crate::config::Registration;
use crate::log::{Log, Progress};
use crate::messages::{Message, ProxyAsks};
use crate::places::Places;
use crate::service::Service;
use crate::step_error::StepError;
use crate::web::Web;
use crate::{Intent, Limits};

pub(crate) mod activate;
pub(crate) mod backup;
pub(crate) mod download_credentials;
pub(crate) mod register;
pub(crate) mod restore;
pub(crate) mod scheduled_backup;
pub(crate) mod set_passphrase;
pub(crate) mod unregister;

/// The agent during one operation.
pub(crate) struct Agent<'a> {
    pub(crate) host: &'a dyn HostControl,
    pub(crate) intent: &'a Intent,
    pub(crate) limits: &'a Limits,
    pub(crate) places: Places,
    pub(crate) log: Log,
    /// Whether a backup job has begun and not ended.
    pub(crate) in_job: bool,
}

impl<'a> Agent<'a> {
    /// The agent at the start of an operation.
    pub(crate) fn new(host: &'a dyn HostControl, intent: &'a Intent, limits: &'a Limits) -> Self {
        let (places, log) = (Places::read(host), Log::begin(host));
        Self { host, intent, limits, places, log, in_job: false }
    }

    /// Logs a success.
    pub(crate) fn success(&mut self, text: &str) {
        self.log.success(self.host.now(), text);
    }

    /// Logs the progress of a backup job.
    pub(crate) fn progress(&mut self, progress: Progress) {
        self.log.progress(self.host.now(), progress);
    }

    /// Logs the failure of a step, and of the backup job that it was part of.
    pub(crate) fn report(&mut self, error: &StepError) {
        let now = self.host.now();
        self.log.failure(now, error);
        if self.in_job {
            self.log.job_failed(now, error);
        }
    }

    /// Connects to the vault's service as the registered machine.
    pub(crate) async fn service(&mut self, machine: &Registration) -> Result<Service<'a>, Failure> {
        let web = Web::of_agent(self.host).map_err(Failure::connection)?;
        let token = self.connect_machine(&web, machine).await.map_err(Failure::connection)?;
        Ok(Service::new(web, &machine.endpoint, token))
    }

    /// The machine's registration.
    pub(crate) fn registration(&self) -> Result<Registration, Failure> {
        let found = Registration::read(self.host);
        found.ok_or_else(|| Failure::new(Message::NotConfigured, StepError::NotRegistered))
    }

    /// The machine's time.
    pub(crate) fn now(&self) -> Timestamp {
        self.host.now()
    }
}

/// How an operation failed.
#[derive(Debug)]
pub(crate) struct Failure {
    /// What the console shows.
    pub(crate) message: Message,
    /// The step that failed.
    pub(crate) error: StepError,
}

impl Failure {
    pub(crate) fn new(message: Message, error: StepError) -> Self {
        Self { message, error }
    }

    /// The failure of the first check of every operation: the engine cannot be called.
    pub(crate) fn engine(error: StepError) -> Self {
        Self::new(Message::EngineUnreachable, error)
    }

    /// 100050, with its second line where a proxy asked for credentials.
    pub(crate) fn connection(error: StepError) -> Self {
        let proxy_asks =
            if error.is_proxy_asking() { ProxyAsks::Credentials } else { ProxyAsks::Nothing };
        Self::new(Message::NoConnection { proxy_asks }, error)
    }

    /// `message` where the service refused what it was asked for, else 100050.
    pub(crate) fn refused(message: Message, error: StepError) -> Self {
        if error.is_refusal() { Self::new(message, error) } else { Self::connection(error) }
    }
}
