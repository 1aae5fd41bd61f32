//! The operations, one file each.

use jiff::Timestamp;
use marslab_model::HostControl;

use crate::config::Registration;
use crate::console::Console;
use crate::engine;
use crate::log::{Log, Progress};
use crate::places::{Places, WINDOWS_KEY, text};
use crate::service::Service;
use crate::step::Step;
use crate::step_error::StepError;
use crate::steps::Steps;
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
    pub(crate) console: &'a Console<'a>,
    /// Whether a backup job has begun and not ended.
    pub(crate) in_job: bool,
    /// Whether the service supports no agents as old as this one, once the page with the versions was read.
    pub(crate) is_unsupported: bool,
}

impl<'a> Agent<'a> {
    /// The agent at the start of an operation.
    pub(crate) fn new(
        console: &'a Console<'a>,
        intent: &'a Intent,
        limits: &'a Limits,
        steps: &'a Steps<'a>,
    ) -> Self {
        let host = console.host;
        let (places, log) = (Places::read(host), Log::begin(host));
        let (in_job, is_unsupported) = (false, false);
        Self { host, intent, limits, places, log, steps, console, in_job, is_unsupported }
    }

    /// Enters a step, and checks its preconditions.
    pub(crate) async fn enter(&self, step: Step) -> Result<(), StepError> {
        self.steps.enter(step).await
    }

    /// Calls the engine's service. Every operation of the agent begins with it.
    pub(crate) async fn call_engine(&self) -> Result<(), StepError> {
        self.enter(Step::CallEngine).await?;
        engine::reach(self.host)
    }

    /// Starts the engine's programs. The engine logs † on which edition of Windows it runs.
    pub(crate) async fn start_engine(&mut self) -> Result<(), StepError> {
        self.enter(Step::StartEngine).await?;
        engine::start(self.host, &self.places)?;
        let edition = text(self.host, WINDOWS_KEY, "InstallationType").unwrap_or_default();
        self.success(&format!("StartEngine | Params: {{InstallationType = {edition}}}"));
        self.enter(Step::BuildSerializers).await?;
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
    pub(crate) async fn service(
        &mut self,
        machine: &Registration,
    ) -> Result<Service<'a>, StepError> {
        self.enter(Step::ReadProxySettings).await?;
        let web = Web::of_agent(self.host)?;
        let token = self.connect_machine(&web, machine).await?;
        Ok(Service::new(web, &machine.endpoint, token))
    }

    /// The machine's registration.
    pub(crate) async fn registration(&self) -> Result<Registration, StepError> {
        self.enter(Step::ReadRegistration).await?;
        Registration::read(self.host).ok_or(StepError::NotRegistered)
    }

    /// The step at which the operation stops by this error: the one that was entered last, unless the error is of an earlier
    /// one.
    pub(crate) fn stopped_at(&self, error: &StepError) -> Option<Step> {
        self.steps.stopped_at(error)
    }

    /// The machine's time.
    pub(crate) fn now(&self) -> Timestamp {
        self.host.now()
    }
}
