//! The writing half of the host port: each call is carried out in its own module.

use std::collections::BTreeSet;

use async_trait::async_trait;
use marslab_model::host::{
    Account, AttachError, CertificateInfo, Due, FileError, HostControl, LaunchError, RegistryValue,
    RpcError, ServiceError, SnapshotError, TlsClient, UrlPolicy, VirtualDiskError, VolumeError,
};
use marslab_model::world::{Browser, Certificate, Content, FileAttribute, TlsVersion};
use marslab_model::{Address, KeyPath, Map, Name, WinPath};

use super::FakeMachine;
use super::access::{self, Purpose, is_blocked, is_denied, is_open};

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

    fn set_registry_value(&self, who: &Account, key: &KeyPath, name: &Name, value: RegistryValue) {
        self.set_value(who, key, name, value);
    }

    fn remove_registry_value(&self, who: &Account, key: &KeyPath, name: &Name) {
        self.remove_value(who, key, name);
    }

    fn start_service(&self, name: &Name) -> Result<(), ServiceError> {
        self.start(name)
    }

    fn stop_service(&self, name: &Name) -> Result<(), ServiceError> {
        self.stop(name)
    }

    fn call_service(&self, name: &Name) -> Result<(), RpcError> {
        self.call(name)
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
            if is_denied(&machine, who, program) || is_blocked(&machine, program) {
                return Err(LaunchError::Blocked);
            }
            if is_open(&machine, program) { Err(LaunchError::SharingViolation) } else { Ok(()) }
        });
        launched.unwrap_or(Err(LaunchError::NotFound))
    }

    fn download_policy(&self, who: &Account, url: &str) -> UrlPolicy {
        self.policy(who, url)
    }

    fn tls_versions(&self, client: TlsClient) -> Vec<TlsVersion> {
        self.offered(client)
    }

    fn log_event(&self, log: &Name, source: &str, id: u32, message: &str) {
        self.write_event(log, source, id, message);
    }

    fn make_rsa_key(&self) -> Vec<u8> {
        self.running.rsa_key().to_vec()
    }

    fn install_certificate(&self, certificate: &CertificateInfo, key: &[u8]) {
        let stored = Certificate {
            subject: certificate.subject.clone(),
            der: certificate.der.clone(),
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
            let empty = Browser { cache: Map::new(), portal_session: String::new() };
            machine.browsers().at_or_insert(user.clone(), empty).portal_session().set(session);
        });
    }

    async fn let_tasks_run(&self, seconds: u32) -> Option<Due> {
        self.run_tasks(seconds)
    }

    fn take_snapshot(&self, volumes: &BTreeSet<Name>) -> Result<(), SnapshotError> {
        self.snapshot(volumes)
    }

    fn attach_virtual_disk(&self, path: &WinPath) -> Result<(), VirtualDiskError> {
        let attributes = self.look(|machine| {
            let file = machine.files().at(path)?;
            Some(file.attributes().get().clone())
        });
        let attributes = attributes.flatten().ok_or(VirtualDiskError::NotFound)?;
        let unsupported =
            [FileAttribute::Compressed, FileAttribute::Encrypted, FileAttribute::Sparse];
        let is_limited = unsupported.iter().any(|attribute| attributes.contains(attribute));
        if is_limited { Err(VirtualDiskError::Limitation) } else { Ok(()) }
    }

    async fn attach_volume(&self, portal: &Address, target: &str) -> Result<Name, AttachError> {
        self.attach(portal, target).await
    }

    async fn read_attached_volume(&self, letter: &Name) -> Result<(), VolumeError> {
        self.read_attached(letter).await
    }

    fn detach_volume(&self, letter: &Name) {
        self.edit(|machine| machine.mounts().remove(letter));
    }
}
