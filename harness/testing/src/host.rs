//! A machine of plain values behind the host port.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use jiff::Timestamp;
use marslab_model::host::{
    Account, AccountInfo, AntivirusStatus, AttachError, CachedAnswer, CertificateInfo, DeviceInfo,
    Due, EventRecord, FileError, FileInfo, Files, HostControl, LaunchError, Network, OsInfo,
    ReadError, Registry, RegistryValue, RpcError, ServiceError, ServiceInfo, SnapshotError, System,
    TaskInfo, TimeZoneInfo, TlsClient, UrlPolicy, VirtualDiskError, VolumeError, VolumeInfo,
};
use marslab_model::net::ViaProxy;
use marslab_model::world::{Language, Platform, ServiceState, TlsVersion};
use marslab_model::{Address, Connection, Content, DialError, HostName, KeyPath, Name, WinPath};

use crate::machine::{TestFile, TestMachine};

/// A [`TestMachine`] behind the host port. What is written to it is there afterwards, and nothing else happens.
pub struct TestHost {
    machine: Mutex<TestMachine>,
    network: Option<Box<dyn Network>>,
}

impl TestHost {
    /// The machine, without a network: no name resolves, and nothing is reached.
    pub fn new(machine: TestMachine) -> Self {
        Self { machine: Mutex::new(machine), network: None }
    }

    /// Sets the network.
    #[must_use]
    pub fn on(self, network: impl Network + 'static) -> Self {
        Self { network: Some(Box::new(network)), ..self }
    }

    /// Changes the machine.
    #[must_use]
    pub fn with(self, change: impl FnOnce(&mut TestMachine)) -> Self {
        change(&mut self.machine());
        self
    }

    /// Adds a value of the registry.
    #[must_use]
    pub fn with_value(self, key: &str, name: &str, value: impl Into<RegistryValue>) -> Self {
        self.with(|machine| machine.set_value(key, name, value))
    }

    /// Adds a file of this content and size.
    #[must_use]
    pub fn with_file(self, path: &str, content: &[u8], size: u64) -> Self {
        self.with(|machine| {
            let file = TestFile { size, ..TestFile::new(content, machine.now) };
            machine.put_file(path, file);
        })
    }

    /// The machine as it is now. Drop the guard before the host is called.
    pub fn machine(&self) -> MutexGuard<'_, TestMachine> {
        self.machine.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl TestMachine {
    fn allows(&self, path: &WinPath) -> Result<(), FileError> {
        inner(&self.barred, path).map_or(Ok(()), Err)
    }

    fn list(&self, folder: &WinPath) -> Result<Vec<FileInfo>, FileError> {
        self.allows(folder)?;
        let folder = WinPath::new(folder.as_str().trim_end_matches('\\'));
        let below = self.files.iter().filter(|(path, _)| path.is_within(&folder));
        let mut found = BTreeMap::new();
        for (path, file) in below.filter(|(path, _)| **path != folder) {
            let mut child = path.clone();
            while let Some(parent) = child.parent().filter(|parent| *parent != folder) {
                child = parent;
            }
            let is_file = child == *path;
            let info = if is_file { file.info(path) } else { self.folder(&child) };
            found.insert(child, info);
        }
        if found.is_empty() { Err(FileError::NotFound) } else { Ok(found.into_values().collect()) }
    }

    fn folder(&self, path: &WinPath) -> FileInfo {
        let attributes = self.folder_attributes.get(path).cloned().unwrap_or_default();
        FileInfo { attributes, ..FileInfo::folder(path.clone()) }
    }

    /// A key without `HKCU`, where the account is known.
    fn real_key(&self, who: &Account, key: &KeyPath) -> KeyPath {
        let sid = match who {
            Account::System => Some(SYSTEM_SID),
            Account::User(name) => self.accounts.get(name).map(|account| account.sid.as_str()),
        };
        match (key.as_str().strip_prefix("HKCU"), sid) {
            (Some(rest), Some(sid)) => KeyPath::new(format!(r"HKU\{sid}{rest}")),
            _ => key.clone(),
        }
    }
}

impl Files for TestHost {
    fn read_file(&self, _who: &Account, path: &WinPath) -> Result<Content, FileError> {
        let machine = self.machine();
        machine.allows(path)?;
        if let Some(error) = inner(&machine.unreadable, path) {
            return Err(error);
        }
        let file = machine.files.get(path).ok_or(FileError::NotFound)?;
        Ok(file.content.clone())
    }

    fn file_info(&self, _who: &Account, path: &WinPath) -> Result<FileInfo, FileError> {
        let machine = self.machine();
        machine.allows(path)?;
        match machine.files.get(path) {
            Some(file) => Ok(file.info(path)),
            None => machine.list(path).map(|_| machine.folder(path)),
        }
    }

    fn list_folder(&self, _who: &Account, path: &WinPath) -> Result<Vec<FileInfo>, FileError> {
        self.machine().list(path)
    }

    fn count_files(&self, _: &Account, path: &WinPath, _: &str) -> Result<u64, FileError> {
        Ok(self.machine().counts.get(path).copied().unwrap_or(0))
    }

    fn denied_accounts(&self, path: &WinPath) -> Result<BTreeSet<Name>, FileError> {
        Ok(self.machine().denied.get(path).cloned().unwrap_or_default())
    }

    fn file_users(&self, path: &WinPath) -> Result<BTreeSet<Name>, ReadError> {
        Ok(self.machine().file_users.get(path).cloned().unwrap_or_default())
    }

    fn volumes(&self, _who: &Account) -> Result<BTreeMap<Name, VolumeInfo>, ReadError> {
        Ok(self.machine().volumes.clone())
    }
}

impl Registry for TestHost {
    fn registry_value(
        &self,
        who: &Account,
        key: &KeyPath,
        name: &Name,
    ) -> Result<Option<RegistryValue>, ReadError> {
        let machine = self.machine();
        let key = machine.real_key(who, key);
        Ok(machine.registry.get(&(key, name.clone())).cloned())
    }

    fn registry_values(
        &self,
        who: &Account,
        key: &KeyPath,
    ) -> Result<BTreeMap<Name, RegistryValue>, ReadError> {
        let machine = self.machine();
        let key = machine.real_key(who, key);
        let values = machine.registry.iter().filter(|((found, _), _)| *found == key);
        Ok(values.map(|((_, name), value)| (name.clone(), value.clone())).collect())
    }

    fn registry_subkeys(
        &self,
        who: &Account,
        key: &KeyPath,
    ) -> Result<BTreeSet<KeyPath>, ReadError> {
        let machine = self.machine();
        let prefix = format!(r"{}\", machine.real_key(who, key));
        let child = |(found, _): &(KeyPath, Name)| {
            let rest = found.as_str().strip_prefix(&prefix)?;
            let name = rest.split('\\').next().unwrap_or(rest);
            Some(KeyPath::new(format!("{prefix}{name}")))
        };
        Ok(machine.registry.keys().filter_map(child).collect())
    }
}

impl System for TestHost {
    fn computer_name(&self) -> Name {
        self.machine().computer_name.clone()
    }

    fn full_name(&self) -> Name {
        self.machine().full_name.clone()
    }

    fn language(&self) -> Language {
        self.machine().language
    }

    fn os(&self) -> Result<OsInfo, ReadError> {
        Ok(self.machine().os.clone())
    }

    fn platform(&self) -> Result<Platform, ReadError> {
        Ok(self.machine().platform)
    }

    fn service(&self, name: &Name) -> Result<Option<ServiceInfo>, ReadError> {
        Ok(self.machine().services.get(name).cloned())
    }

    fn interrogate_service(&self, name: &Name) -> Result<ServiceInfo, ServiceError> {
        let machine = self.machine();
        let service = machine.services.get(name).ok_or(ServiceError::Missing)?;
        match service.state {
            ServiceState::Stopped => Err(ServiceError::NotActive),
            ServiceState::Running if machine.hung.contains(name) => {
                Err(ServiceError::RequestTimeout)
            }
            ServiceState::Running => Ok(service.clone()),
        }
    }

    fn task(&self, name: &Name) -> Result<Option<TaskInfo>, ReadError> {
        Ok(self.machine().tasks.get(name).cloned())
    }

    fn devices(&self) -> Result<BTreeMap<Name, DeviceInfo>, ReadError> {
        Ok(self.machine().devices.clone())
    }

    fn software(&self) -> Result<BTreeMap<Name, String>, ReadError> {
        Ok(self.machine().software.clone())
    }

    fn software_of(&self, name: &Name) -> Result<Option<BTreeMap<Name, String>>, ReadError> {
        Ok(self.machine().software_of.get(name).cloned())
    }

    fn account(&self, name: &Name) -> Result<Option<AccountInfo>, ReadError> {
        Ok(self.machine().accounts.get(name).cloned())
    }

    fn users(&self) -> Result<BTreeSet<Name>, ReadError> {
        Ok(self.machine().users.clone())
    }

    fn antivirus(&self) -> Result<AntivirusStatus, ReadError> {
        Ok(self.machine().antivirus.clone())
    }

    fn environment(&self) -> Result<BTreeMap<Name, String>, ReadError> {
        Ok(self.machine().environment.clone())
    }

    fn environment_at_boot(&self) -> Result<BTreeMap<Name, String>, ReadError> {
        Ok(self.machine().environment_at_boot.clone())
    }

    fn now(&self) -> Timestamp {
        self.machine().now
    }

    fn zone(&self) -> TimeZoneInfo {
        self.machine().zone.clone()
    }

    fn events(&self, name: &Name) -> Result<Vec<EventRecord>, ReadError> {
        Ok(self.machine().events.get(name).cloned().unwrap_or_default())
    }

    fn certificates(&self) -> Result<Vec<CertificateInfo>, ReadError> {
        Ok(self.machine().certificates.clone())
    }

    fn trusted_roots(&self) -> Result<Vec<Content>, ReadError> {
        Ok(self.machine().trusted_roots.clone())
    }

    fn portal_session(&self, name: &Name) -> Result<Option<String>, ReadError> {
        Ok(self.machine().sessions.get(name).cloned())
    }

    fn cached_answer(&self, _name: &Name, url: &str) -> Result<Option<CachedAnswer>, ReadError> {
        Ok(self.machine().cached.get(url).cloned())
    }

    fn mounts(&self) -> Result<BTreeSet<Name>, ReadError> {
        Ok(self.machine().mounts.clone())
    }
}

#[async_trait]
impl Network for TestHost {
    async fn resolve(&self, name: &HostName) -> Result<Vec<IpAddr>, DialError> {
        match &self.network {
            Some(network) => network.resolve(name).await,
            None => Err(DialError::NoSuchHost),
        }
    }

    async fn query_dns(&self, name: &HostName) -> Result<Vec<IpAddr>, DialError> {
        match &self.network {
            Some(network) => network.query_dns(name).await,
            None => Err(DialError::NoSuchHost),
        }
    }

    async fn server_tls_versions(
        &self,
        who: &Account,
        to: &Address,
        proxy: &ViaProxy,
    ) -> Result<BTreeSet<TlsVersion>, DialError> {
        match &self.network {
            Some(network) => network.server_tls_versions(who, to, proxy).await,
            None => Err(DialError::NoSuchHost),
        }
    }

    async fn dial(&self, who: &Account, to: &Address) -> Result<Connection, DialError> {
        self.machine().dialled.push(to.to_string());
        match &self.network {
            Some(network) => network.dial(who, to).await,
            None => Err(DialError::NoSuchHost),
        }
    }
}

#[async_trait]
impl HostControl for TestHost {
    fn write_file(
        &self,
        _who: &Account,
        path: &WinPath,
        content: &[u8],
        size: u64,
    ) -> Result<(), FileError> {
        let mut machine = self.machine();
        machine.allows(path)?;
        let file = TestFile { size, ..TestFile::new(content, machine.now) };
        machine.files.insert(path.clone(), file);
        Ok(())
    }

    fn remove_file(&self, _who: &Account, path: &WinPath) -> Result<(), FileError> {
        self.machine().files.remove(path).map(drop).ok_or(FileError::NotFound)
    }

    fn temporary_file(&self, _who: &Account, folder: &WinPath) -> Result<WinPath, FileError> {
        self.machine().allows(folder)?;
        Ok(folder.join("tmp1.tmp"))
    }

    fn set_registry_value(&self, who: &Account, key: &KeyPath, name: &Name, value: RegistryValue) {
        let mut machine = self.machine();
        let key = machine.real_key(who, key);
        machine.registry.insert((key, name.clone()), value);
    }

    fn remove_registry_value(&self, who: &Account, key: &KeyPath, name: &Name) {
        let mut machine = self.machine();
        let key = machine.real_key(who, key);
        machine.registry.remove(&(key, name.clone()));
    }

    fn start_service(&self, name: &Name) -> Result<(), ServiceError> {
        self.set_state(name, ServiceState::Running)
    }

    fn stop_service(&self, name: &Name) -> Result<(), ServiceError> {
        self.set_state(name, ServiceState::Stopped)
    }

    fn call_service(&self, name: &Name) -> Result<(), RpcError> {
        match self.interrogate_service(name) {
            Ok(_) => Ok(()),
            Err(ServiceError::RequestTimeout) => Err(RpcError::Cancelled),
            Err(_) => Err(RpcError::ServerUnavailable),
        }
    }

    fn launch(&self, _who: &Account, program: &WinPath) -> Result<(), LaunchError> {
        self.machine().launches.get(program).map_or(Ok(()), |error| Err(*error))
    }

    fn download_policy(&self, _who: &Account, _url: &str) -> UrlPolicy {
        self.machine().downloads
    }

    fn tls_versions(&self, _client: TlsClient) -> Vec<TlsVersion> {
        self.machine().tls_versions.clone()
    }

    fn log_event(&self, log: &Name, source: &str, id: u32, message: &str) {
        let mut machine = self.machine();
        let at = machine.now;
        let (source, message) = (source.to_owned(), message.to_owned());
        let records = machine.events.entry(log.clone()).or_default();
        records.push(EventRecord { at, id, source, message });
    }

    fn make_rsa_key(&self) -> Vec<u8> {
        Vec::new()
    }

    fn install_certificate(&self, certificate: &CertificateInfo, _key: &[u8]) {
        self.machine().certificates.push(certificate.clone());
    }

    fn remove_certificate(&self, thumbprint: &Name) {
        self.machine().certificates.retain(|it| it.thumbprint != *thumbprint);
    }

    /// Every certificate has a key, which is none.
    fn private_key(&self, _thumbprint: &Name) -> Option<Vec<u8>> {
        Some(Vec::new())
    }

    fn random(&self, bytes: &mut [u8]) {
        let mut machine = self.machine();
        machine.drawn = machine.drawn.wrapping_add(1);
        bytes.fill(machine.drawn);
    }

    fn wait(&self, _seconds: u32) {}

    fn keep_portal_session(&self, user: &Name, session: &str) {
        self.machine().sessions.insert(user.clone(), session.to_owned());
    }

    async fn let_tasks_run(&self, seconds: u32) -> Option<Due> {
        self.machine().due.clone().filter(|due| due.waited < seconds)
    }

    fn take_snapshot(&self, _volumes: &BTreeSet<Name>) -> Result<(), SnapshotError> {
        self.machine().snapshot
    }

    fn attach_virtual_disk(&self, _path: &WinPath) -> Result<(), VirtualDiskError> {
        self.machine().virtual_disk
    }

    async fn attach_volume(&self, _: &Address, _: &str) -> Result<Name, AttachError> {
        Err(AttachError::NoInitiator)
    }

    async fn read_attached_volume(&self, _: &Name) -> Result<(), VolumeError> {
        Err(VolumeError::NotAttached)
    }

    fn detach_volume(&self, letter: &Name) {
        self.machine().mounts.remove(letter);
    }
}

impl TestHost {
    fn set_state(&self, name: &Name, state: ServiceState) -> Result<(), ServiceError> {
        let mut machine = self.machine();
        let service = machine.services.get_mut(name).ok_or(ServiceError::Missing)?;
        service.state = state;
        Ok(())
    }
}

/// What is said of a path, or of a folder that it lies in.
fn inner(errors: &BTreeMap<WinPath, FileError>, path: &WinPath) -> Option<FileError> {
    let mut errors = errors.iter().filter(|(place, _)| path.is_within(place));
    errors.next().map(|(_, error)| *error)
}

/// The security identifier of SYSTEM on every machine.
const SYSTEM_SID: &str = "S-1-5-18";

#[cfg(test)]
mod tests;
