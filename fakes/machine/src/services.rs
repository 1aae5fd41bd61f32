//! Services: the Service Control Manager, which starts, stops and asks them, and calls of their own interfaces.
//!
//! A service whose process hangs still counts as running. Only who calls it notices, after a while in world time.

use marslab_model::host::{RpcError, ServiceError, ServiceInfo};
use marslab_model::world::{Service, ServiceState, StartType};
use marslab_model::{Name, Tracked};

use super::FakeMachine;
use super::events::SYSTEM_LOG;
use super::system::service_info;

impl FakeMachine {
    /// Asks a service for its status. Windows waits half a minute for the answer. The event that it logs then (7011) is
    /// left out, so that a query changes nothing.
    pub(super) fn interrogate(&self, name: &Name) -> Result<ServiceInfo, ServiceError> {
        let asked = self.look(|machine| {
            let service = machine.services().at(name)?;
            Some((service_info(&service), answers(&service)))
        });
        let (info, answers) = asked.flatten().ok_or(ServiceError::Missing)?;
        match answers {
            None => Err(ServiceError::NotActive),
            Some(true) => Ok(info),
            Some(false) => {
                self.running.wait(CONTROL_SECONDS);
                Err(ServiceError::RequestTimeout)
            }
        }
    }

    pub(super) fn start(&self, name: &Name) -> Result<(), ServiceError> {
        let state = self.look(|machine| {
            let service = machine.services().at(name)?;
            Some((*service.clone().state().get(), *service.start().get()))
        });
        match state.flatten().ok_or(ServiceError::Missing)? {
            (ServiceState::Running, _) => return Ok(()),
            (ServiceState::Stopped, StartType::Disabled) => return Err(ServiceError::Disabled),
            (ServiceState::Stopped, StartType::Automatic | StartType::Manual) => {}
        }
        self.edit(|machine| {
            machine.services().at(name).state().set(ServiceState::Running);
            // A process that has just started is not stuck yet.
            machine.services().at(name).responding().set(true);
        });
        Ok(())
    }

    pub(super) fn stop(&self, name: &Name) -> Result<(), ServiceError> {
        let there =
            self.look(|machine| machine.services().at(name).map(|service| *service.state().get()));
        there.flatten().ok_or(ServiceError::Missing)?;
        self.set_stopped(name);
        Ok(())
    }

    /// Calls the interface of a service's own. The call can be what ends the service's process.
    pub(super) fn call(&self, name: &Name) -> Result<(), RpcError> {
        let answers = self.look(|machine| answers(&machine.services().at(name)?));
        match answers.flatten() {
            None => return Err(RpcError::ServerUnavailable),
            Some(false) => {
                self.running.wait(CALL_SECONDS);
                return Err(RpcError::Cancelled);
            }
            Some(true) => {}
        }
        if self.is_brought_down(name) {
            self.end_process(name);
            return Err(RpcError::CallFailed);
        }
        Ok(())
    }

    /// Whether a driver brings down the process of a service that is at work: that of Azure File Sync did so to the
    /// engine of the MARS agent, up to some version (mars-facts 1.9). A driver filters only while it is loaded.
    fn is_brought_down(&self, name: &Name) -> bool {
        if *name != Name::new(ENGINE) {
            return false;
        }
        let filters = self.look(|machine| {
            let is_loaded = machine
                .clone()
                .services()
                .at(&Name::new(SYNC_DRIVER))
                .is_some_and(|driver| *driver.state().get() == ServiceState::Running);
            let program = is_loaded.then(|| machine.software().at(&Name::new(SYNC_AGENT)))??;
            let version = program.version().get();
            version.split('.').next().and_then(|major| major.parse::<u32>().ok())
        });
        filters.flatten().is_some_and(|major| major < self.running.limits().sync_agent_major)
    }

    /// The process of a service ends without having been asked to; Windows notes it (7034).
    fn end_process(&self, name: &Name) {
        let display = self.running.untracked(|world| {
            let service = world.machines.get(&self.name)?.services.get(name)?;
            Some(service.display.clone())
        });
        let display = display.unwrap_or_default();
        let message =
            format!("The {display} service terminated unexpectedly.  It has done this 1 time(s).");
        self.set_stopped(name);
        self.write_event(&Name::new(SYSTEM_LOG), CONTROL_MANAGER, 7034, &message);
    }

    fn set_stopped(&self, name: &Name) {
        self.edit(|machine| machine.services().at(name).state().set(ServiceState::Stopped));
    }
}

/// Whether a service answers who calls it; `None` if it does not run.
pub(super) fn answers(service: &Tracked<'_, Service>) -> Option<bool> {
    let runs = *service.clone().state().get() == ServiceState::Running;
    runs.then(|| *service.clone().responding().get())
}

/// For how long Windows waits for a service to answer a control request (ControlService: 30 seconds).
const CONTROL_SECONDS: i64 = 30;

/// For how long a program waits for a service that does not answer its call (the lab's own).
pub(super) const CALL_SECONDS: i64 = 60;

/// The service of the agent's engine (mars-facts 5.1).
const ENGINE: &str = "obengine";

/// The filter driver of Azure File Sync, `StorageSync.sys` (mars-facts 1.9).
const SYNC_DRIVER: &str = "StorageSync";

/// The program that installs it; the name in the list of programs is the lab's own.
const SYNC_AGENT: &str = "Azure File Sync Agent";

/// As whom the Service Control Manager writes to the log.
const CONTROL_MANAGER: &str = "Service Control Manager";

#[cfg(test)]
mod tests;
