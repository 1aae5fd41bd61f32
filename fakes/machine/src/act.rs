//! Everything else that can be done.

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use marslab_model::host::{
    Account, AttachError, CertificateInfo, Due, FileError, HostControl, LaunchError, ServiceError,
    SnapshotError,
};
use marslab_model::world::{
    Browser, Certificate, Content, EventRecord, RegValue, ServiceState, StartType,
};
use marslab_model::{Address, KeyPath, Name, WinPath};

use super::FakeMachine;
use super::access::{self, Purpose, is_watched};

#[async_trait]
impl HostControl for FakeMachine {
    fn write_file(
        &self,
        who: &Account,
        path: &WinPath,
        content: &[u8],
        size: u64,
    ) -> Result<(), FileError> {
        self.write(who, path, content, size)
    }

    fn remove_file(&self, who: &Account, path: &WinPath) -> Result<(), FileError> {
        self.remove(who, path)
    }

    fn temporary_file(&self, who: &Account, folder: &WinPath) -> Result<WinPath, FileError> {
        self.make_temporary(who, folder)
    }

    fn set_registry_value(&self, who: &Account, key: &KeyPath, name: &Name, value: RegValue) {
        self.set_value(who, key, name, value);
    }

    fn remove_registry_value(&self, who: &Account, key: &KeyPath, name: &Name) {
        self.remove_value(who, key, name);
    }

    fn start_service(&self, name: &Name) -> Result<(), ServiceError> {
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

    fn stop_service(&self, name: &Name) -> Result<(), ServiceError> {
        let there =
            self.look(|machine| machine.services().at(name).map(|service| *service.state().get()));
        there.flatten().ok_or(ServiceError::Missing)?;
        self.edit(|machine| machine.services().at(name).state().set(ServiceState::Stopped));
        Ok(())
    }

    fn launch(&self, who: &Account, program: &WinPath) -> Result<(), LaunchError> {
        let launched = self.look(|machine| {
            match access::check(&machine, who, program, Purpose::Look) {
                Ok(()) => {}
                Err(FileError::AccessDenied) => return Err(LaunchError::Blocked),
                Err(_) => return Err(LaunchError::NotFound),
            }
            let file = machine.clone().files().at(program).ok_or(LaunchError::NotFound)?;
            file.size().get();
            if is_watched(&machine, program) { Err(LaunchError::Blocked) } else { Ok(()) }
        });
        launched.unwrap_or(Err(LaunchError::NotFound))
    }

    fn log_event(&self, log: &Name, source: &str, id: u32, message: &str) {
        let (source, message) = (source.to_owned(), message.to_owned());
        let record = EventRecord { at: self.stamp().here, id, source, message };
        self.edit(|machine| {
            machine.events().at_or_insert(log.clone(), Vec::new()).push(record, EVENTS_MAX);
        });
    }

    fn make_rsa_key(&self) -> Vec<u8> {
        self.running.rsa_key().to_vec()
    }

    fn install_certificate(&self, certificate: &CertificateInfo, key: &[u8]) {
        let stored = Certificate {
            subject: certificate.subject.clone(),
            der: certificate.der.as_slice().into(),
            key: key.into(),
        };
        self.edit(|machine| {
            machine.certificates().insert(certificate.thumbprint.clone(), stored);
        });
    }

    fn remove_certificate(&self, thumbprint: &Name) {
        self.edit(|machine| machine.certificates().remove(thumbprint));
    }

    fn private_key(&self, thumbprint: &Name) -> Option<Vec<u8>> {
        let key = self.look(|machine| {
            let certificate = machine.certificates().at(thumbprint)?;
            Some(certificate.key().get().clone())
        });
        key.flatten().as_ref().map(Content::bytes).filter(|key| !key.is_empty()).map(<[u8]>::to_vec)
    }

    fn random(&self, bytes: &mut [u8]) {
        self.running.random(bytes);
    }

    fn wait(&self, seconds: u32) {
        self.running.wait(i64::from(seconds));
    }

    fn keep_portal_session(&self, user: &Name, session: &str) {
        self.edit(|machine| {
            let empty = Browser { cache: BTreeMap::new(), portal_session: String::new() };
            machine.browsers().at_or_insert(user.clone(), empty).portal_session().set(session);
        });
    }

    async fn let_tasks_run(&self, seconds: u32) -> Option<Due> {
        self.run_tasks(seconds)
    }

    fn take_snapshot(&self, volumes: &BTreeSet<Name>) -> Result<(), SnapshotError> {
        self.snapshot(volumes)
    }

    async fn attach_volume(&self, portal: &Address, target: &str) -> Result<Name, AttachError> {
        self.attach(portal, target).await
    }

    fn detach_volume(&self, letter: &Name) {
        self.edit(|machine| machine.mounts().remove(letter));
    }
}

/// How many records a log keeps, the newest ones: a play writes some ten.
const EVENTS_MAX: usize = 2_000;
