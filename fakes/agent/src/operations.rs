//! The operations, one file each. Each gives what the console shows, and what was hit for the log.

use jiff::Timestamp;
use marslab_model::HostControl;

use crate::config::Registration;
use crate::log::{Level, Log};
use crate::messages::{Message, ProxyAsks};
use crate::places::Places;
use crate::trouble::Trouble;
use crate::{Intent, Limits};

pub(crate) mod activate;
pub(crate) mod backup;
pub(crate) mod download_credentials;
pub(crate) mod register;
pub(crate) mod restore;
pub(crate) mod scheduled_backup;
pub(crate) mod set_passphrase;
pub(crate) mod unregister;

/// The agent at work on one operation.
pub(crate) struct Agent<'a> {
    pub(crate) host: &'a dyn HostControl,
    pub(crate) intent: &'a Intent,
    pub(crate) limits: &'a Limits,
    pub(crate) places: Places,
    pub(crate) log: Log,
}

impl<'a> Agent<'a> {
    /// The agent of a machine, about to work.
    pub(crate) fn new(host: &'a dyn HostControl, intent: &'a Intent, limits: &'a Limits) -> Self {
        Self { host, intent, limits, places: Places::read(host), log: Log::begin(host) }
    }

    /// Notes a step that was done.
    pub(crate) fn note(&mut self, part: &str, what: &str) {
        self.log.note(self.host.now(), part, Level::Normal, what);
    }

    /// The machine's registration.
    pub(crate) fn registration(&self) -> Result<Registration, Failure> {
        let found = Registration::read(self.host);
        found.ok_or_else(|| Failure::new(Message::NotConfigured, Trouble::NotRegistered))
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
    /// What was hit.
    pub(crate) trouble: Trouble,
}

impl Failure {
    pub(crate) fn new(message: Message, trouble: Trouble) -> Self {
        Self { message, trouble }
    }

    /// That the engine cannot be called; the first check of every operation of the agent.
    pub(crate) fn engine(trouble: Trouble) -> Self {
        Self::new(Message::EngineUnreachable, trouble)
    }

    /// 100050, with its second line where a proxy asked for credentials.
    pub(crate) fn connection(trouble: Trouble) -> Self {
        let proxy_asks =
            if trouble.is_proxy_asking() { ProxyAsks::Credentials } else { ProxyAsks::Nothing };
        Self::new(Message::NoConnection { proxy_asks }, trouble)
    }

    /// `message` where the service refused, else 100050.
    pub(crate) fn refused(message: Message, trouble: Trouble) -> Self {
        if trouble.is_refusal() { Self::new(message, trouble) } else { Self::connection(trouble) }
    }
}
