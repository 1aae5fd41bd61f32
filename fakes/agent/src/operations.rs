//! The operations, one file each.

use jiff::Timestamp;
use marslab_model::HostControl;

use crate::config::Registration;
use crate::engine;
use crate::log::{Log, Progress};
use crate::messages::{Message, ProxyAsks};
use crate::places::Places;
use crate::service::Service;
use crate::step::{Step, Steps};
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
    pub(crate) steps: &'a Steps<'a>,
    /// Whether a backup job has begun and not ended.
    pub(crate) in_job: bool,
}

impl<'a> Agent<'a> {
    /// The agent at the start of an operation.
    pub(crate) fn new(
        host: &'a dyn HostControl,
        intent: &'a Intent,
        limits: &'a Limits,
        steps: &'a Steps<'a>,
    ) -> Self {
        let (places, log) = (Places::read(host), Log::begin(host));
        Self { host, intent, limits, places, log, steps, in_job: false }
    }

    /// Enters a step.
    pub(crate) fn enter(&self, step: Step) {
        self.steps.enter(step);
    }

    /// Calls the engine's service. Every operation of the agent begins with it.
    pub(crate) fn call_engine(&self) -> Result<(), Failure> {
        self.enter(Step::CallEngine);
        engine::reach(self.host).map_err(Failure::engine)
    }

    /// Starts the engine's programs.
    pub(crate) fn start_engine(&self) -> Result<(), StepError> {
        self.enter(Step::StartEngine);
        engine::start(self.host, &self.places)?;
        self.enter(Step::BuildSerializers);
        engine::build_serializers(self.host)
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
        self.enter(Step::ReadProxySettings);
        let web = Web::of_agent(self.host).map_err(Failure::connection)?;
        let token = self.connect_machine(&web, machine).await.map_err(Failure::connection)?;
        Ok(Service::new(web, &machine.endpoint, token))
    }

    /// The machine's registration.
    pub(crate) fn registration(&self) -> Result<Registration, Failure> {
        self.enter(Step::ReadRegistration);
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
    /// What the failed step reports.
    pub(crate) error: Box<StepError>,
    /// The step that failed, where it is not the last that was entered.
    pub(crate) at: Option<Step>,
}

impl Failure {
    pub(crate) fn new(message: Message, error: StepError) -> Self {
        Self { message, error: Box::new(error), at: None }
    }

    /// The same, of an earlier step than the last.
    pub(crate) fn at(self, step: Step) -> Self {
        Self { at: Some(step), ..self }
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
