//! What the tests of this crate share: a machine without a network, as plain maps.

use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::net::IpAddr;
use std::sync::Mutex;

use async_trait::async_trait;
use jiff::Timestamp;
use marslab_model::host::{
    Account, AttachError, CertificateInfo, Cmdlet, Due, FileError, FileInfo, Files, HostControl,
    LaunchError, Network, Registry, ServiceError, SnapshotError, System,
};
use marslab_model::world::{
    AccountFacts, Antivirus, BitLocker, Device, EventRecord, FileAttribute, Language, Os, Platform,
    RegValue, Service, ServiceState, StartType, Task, Volume, VolumeKind, Zone,
};
use marslab_model::{Address, Connection, DialError, HostName, KeyPath, Name, WinPath};

use crate::Intent;
use crate::places::{CONFIG_KEY, PRODUCT, PROVIDER_KEY};

/// A file: its bytes, its size, its attributes.
#[derive(Clone, Default)]
pub(crate) struct Stored {
    pub(crate) content: Vec<u8>,
    pub(crate) size: u64,
    pub(crate) modified: Timestamp,
    pub(crate) attributes: BTreeSet<FileAttribute>,
}

/// A machine whose agent is installed; no server can be reached from it.
pub(crate) struct FakeHost {
    pub(crate) language: Language,
    pub(crate) services: BTreeMap<Name, Service>,
    pub(crate) volumes: BTreeMap<Name, Volume>,
    pub(crate) accounts: BTreeMap<Name, AccountFacts>,
    pub(crate) cmdlets: Vec<Cmdlet>,
    /// What comes of asking for a snapshot.
    pub(crate) snapshot: Result<(), SnapshotError>,
    /// What launching a program gives, where it is not success.
    pub(crate) launches: BTreeMap<WinPath, LaunchError>,
    /// What touching a path, or anything below it, gives.
    pub(crate) denied: BTreeMap<WinPath, FileError>,
    /// What reading a file gives, where it is not its content.
    pub(crate) unreadable: BTreeMap<WinPath, FileError>,
    /// The version of Azure File Sync, where it is installed.
    pub(crate) sync_agent: Option<String>,
    pub(crate) registry: Mutex<BTreeMap<(KeyPath, Name), RegValue>>,
    pub(crate) files: Mutex<BTreeMap<WinPath, Stored>>,
    pub(crate) events: Mutex<Vec<u32>>,
    pub(crate) dialled: Mutex<Vec<String>>,
    pub(crate) drawn: Mutex<u8>,
}

pub(crate) const INSTALL: &str = r"C:\Program Files\Microsoft Azure Recovery Services Agent";
pub(crate) const SCRATCH: &str =
    r"C:\Program Files\Microsoft Azure Recovery Services Agent\Scratch";
pub(crate) const NOW: &str = "2019-05-21T10:00:00.206Z";

impl FakeHost {
    pub(crate) fn new() -> Self {
        let host = Self {
            language: Language::English,
            services: [(Name::new("obengine"), service())].into(),
            volumes: [(Name::new("C:"), volume()), (Name::new("D:"), volume())].into(),
            accounts: BTreeMap::new(),
            cmdlets: Vec::new(),
            snapshot: Ok(()),
            launches: BTreeMap::new(),
            denied: BTreeMap::new(),
            unreadable: BTreeMap::new(),
            sync_agent: None,
            registry: Mutex::default(),
            files: Mutex::default(),
            events: Mutex::default(),
            dialled: Mutex::default(),
            drawn: Mutex::default(),
        };
        let host = host.with_value(CONFIG_KEY, "ScratchLocation", SCRATCH);
        let host = host.with_value(PROVIDER_KEY, "ScratchLocation", SCRATCH);
        host.with_value(CONFIG_KEY, "BackupItems", r"D:\Data").with_file(r"D:\Data\a.mdf", b"", 400)
    }

    /// The same, registered with a vault; the key of its certificate is no key.
    pub(crate) fn registered() -> Self {
        let values = [
            ("MachineId", "1a2b3c"),
            ("ResourceId", "17"),
            ("ServiceResourceName", "vault-east"),
            ("SubscriptionId", "sub"),
            ("ResourceGroupName", "rg"),
            ("AadAuthority", "https://login.windows.net"),
            ("AadTenantId", "tenant"),
            ("AadAudience", "https://RecoveryServiceVault/japaneast/vault-east/17"),
            ("ServicePrincipalClientId", "client"),
            ("IdMgmtRestEndpoint", "https://example.invalid/restapi/"),
            ("CertThumbprint", "00112233445566778899AABBCCDDEEFF00112233"),
        ];
        let add =
            |host: Self, (name, value): (&str, &str)| host.with_value(CONFIG_KEY, name, value);
        values.into_iter().fold(Self::new(), add)
    }

    pub(crate) fn with_value(self, key: &str, name: &str, value: impl Into<RegValue>) -> Self {
        self.registry.lock().unwrap().insert((key.into(), name.into()), value.into());
        self
    }

    pub(crate) fn with_file(self, path: &str, content: &[u8], size: u64) -> Self {
        let stored = Stored {
            content: content.to_vec(),
            size,
            modified: NOW.parse().unwrap(),
            attributes: BTreeSet::new(),
        };
        self.files.lock().unwrap().insert(path.into(), stored);
        self
    }

    pub(crate) fn text_of(&self, path: &str) -> Option<String> {
        let files = self.files.lock().unwrap();
        files.get(&WinPath::new(path)).map(|file| String::from_utf8(file.content.clone()).unwrap())
    }

    pub(crate) fn stop_engine(mut self) -> Self {
        self.services.get_mut(&Name::new("obengine")).unwrap().state = ServiceState::Stopped;
        self
    }

    fn allowed(&self, path: &WinPath) -> Result<(), FileError> {
        let mut denied = self.denied.iter().filter(|(folder, _)| path.is_within(folder));
        denied.next().map_or(Ok(()), |(_, error)| Err(*error))
    }

    fn info(path: &WinPath, file: &Stored) -> FileInfo {
        FileInfo {
            path: path.clone(),
            folder: false,
            size: file.size,
            modified: Some(file.modified),
            attributes: file.attributes.clone(),
        }
    }
}

pub(crate) fn intent() -> Intent {
    Intent {
        user: Name::new(r"CORP\admin"),
        tenant: Name::new("tenant"),
        subscription: Name::new("sub"),
        resource_group: "rg".to_owned(),
        vault: Name::new("vault-east"),
        passphrase: "correct horse battery".to_owned(),
        restore_of: None,
    }
}

/// Runs something that waits for nothing outside of it.
#[track_caller]
pub(crate) fn play<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

pub(crate) fn service() -> Service {
    Service {
        display: String::new(),
        state: ServiceState::Running,
        start: StartType::Automatic,
        account: "LocalSystem".to_owned(),
        responding: true,
    }
}

pub(crate) fn volume() -> Volume {
    Volume {
        size: 1000,
        free: 500,
        kind: VolumeKind::Fixed,
        file_system: "NTFS".to_owned(),
        bitlocker: BitLocker::Off,
        shadow_storage: None,
        noted_for_repair: BTreeSet::new(),
    }
}

impl Files for FakeHost {
    fn read_file(&self, _who: &Account, path: &WinPath) -> Result<Vec<u8>, FileError> {
        self.allowed(path)?;
        if let Some(error) = self.unreadable.get(path) {
            return Err(*error);
        }
        let files = self.files.lock().unwrap();
        files.get(path).map(|file| file.content.clone()).ok_or(FileError::NotFound)
    }

    fn file_info(&self, who: &Account, path: &WinPath) -> Result<FileInfo, FileError> {
        self.allowed(path)?;
        if let Some(file) = self.files.lock().unwrap().get(path) {
            return Ok(Self::info(path, file));
        }
        self.list_folder(who, path).map(|_| folder(path.clone()))
    }

    fn list_folder(&self, _who: &Account, top: &WinPath) -> Result<Vec<FileInfo>, FileError> {
        self.allowed(top)?;
        let files = self.files.lock().unwrap();
        let beginning = format!("{}\\", top.as_str().trim_end_matches('\\'));
        let mut inside = BTreeMap::new();
        for (path, file) in files.iter() {
            let Some(rest) = path.as_str().strip_prefix(&beginning) else { continue };
            let (child, info) = match rest.split_once('\\') {
                Some((name, _)) => (top.join(name), folder(top.join(name))),
                None => (path.clone(), Self::info(path, file)),
            };
            inside.insert(child, info);
        }
        if inside.is_empty() {
            Err(FileError::NotFound)
        } else {
            Ok(inside.into_values().collect())
        }
    }

    fn count_files(&self, _: &Account, _: &WinPath, _: &str) -> Result<u64, FileError> {
        Ok(0)
    }

    fn volumes(&self) -> Vec<(Name, Volume)> {
        self.volumes.clone().into_iter().collect()
    }
}

fn folder(path: WinPath) -> FileInfo {
    FileInfo { path, folder: true, size: 0, modified: None, attributes: BTreeSet::new() }
}

impl Registry for FakeHost {
    fn registry_value(&self, who: &Account, key: &KeyPath, name: &Name) -> Option<RegValue> {
        let values = self.registry_values(who, key);
        values.into_iter().find_map(|(found, value)| (found == *name).then_some(value))
    }

    fn registry_values(&self, _who: &Account, key: &KeyPath) -> Vec<(Name, RegValue)> {
        let registry = self.registry.lock().unwrap();
        let values = registry.iter().filter(|((found, _), _)| found == key);
        values.map(|((_, name), value)| (name.clone(), value.clone())).collect()
    }

    fn registry_subkeys(&self, _: &Account, _: &KeyPath) -> Vec<KeyPath> {
        Vec::new()
    }
}

impl System for FakeHost {
    fn computer_name(&self) -> Name {
        Name::new("SRV01")
    }
    fn full_name(&self) -> Name {
        Name::new("SRV01.contoso.example")
    }
    fn language(&self) -> Language {
        self.language
    }
    fn os(&self) -> Os {
        Os { caption: String::new(), build: 0, missing_updates: BTreeSet::new() }
    }
    fn platform(&self) -> Platform {
        Platform::OnPremises
    }
    fn service(&self, name: &Name) -> Option<Service> {
        self.services.get(name).cloned()
    }
    fn task(&self, _path: &Name) -> Option<Task> {
        None
    }
    fn devices(&self) -> Vec<(Name, Device)> {
        Vec::new()
    }
    fn software(&self) -> Vec<(Name, String)> {
        let sync =
            self.sync_agent.clone().map(|version| (Name::new("Azure File Sync Agent"), version));
        [(Name::new(PRODUCT), "2.0.9169.0".to_owned())].into_iter().chain(sync).collect()
    }
    fn software_of(&self, _computer: &Name) -> Option<Vec<(Name, String)>> {
        None
    }
    fn account(&self, name: &Name) -> Option<AccountFacts> {
        self.accounts.get(name).cloned()
    }
    fn users(&self) -> Vec<Name> {
        Vec::new()
    }
    fn antivirus(&self) -> Antivirus {
        Antivirus { product: String::new(), watches: BTreeSet::new(), exclusions: BTreeSet::new() }
    }
    fn environment(&self) -> Vec<(Name, String)> {
        Vec::new()
    }
    fn environment_at_boot(&self) -> Vec<(Name, String)> {
        Vec::new()
    }
    fn now(&self) -> Timestamp {
        NOW.parse().unwrap()
    }
    fn zone(&self) -> Zone {
        Zone { id: "UTC".to_owned(), utc_offset_minutes: 0 }
    }
    fn events(&self, _log: &Name) -> Vec<EventRecord> {
        Vec::new()
    }
    fn certificates(&self) -> Vec<CertificateInfo> {
        Vec::new()
    }
    fn trusted_roots(&self) -> Vec<Vec<u8>> {
        Vec::new()
    }
    fn portal_session(&self, _user: &Name) -> Option<String> {
        None
    }
    fn cached_answer(&self, _user: &Name, _url: &str) -> Option<(u32, String)> {
        None
    }
    fn mounts(&self) -> Vec<Name> {
        Vec::new()
    }
}

#[async_trait]
impl Network for FakeHost {
    async fn resolve(&self, _host: &HostName) -> Result<Vec<IpAddr>, DialError> {
        Err(DialError::NoSuchHost)
    }

    async fn dial(&self, _who: &Account, to: &Address) -> Result<Connection, DialError> {
        self.dialled.lock().unwrap().push(to.to_string());
        Err(DialError::NoSuchHost)
    }
}

#[async_trait]
impl HostControl for FakeHost {
    fn write_file(
        &self,
        _who: &Account,
        path: &WinPath,
        content: &[u8],
        size: u64,
    ) -> Result<(), FileError> {
        self.allowed(path)?;
        let modified = self.now();
        let stored =
            Stored { content: content.to_vec(), size, modified, attributes: BTreeSet::new() };
        self.files.lock().unwrap().insert(path.clone(), stored);
        Ok(())
    }
    fn remove_file(&self, _who: &Account, path: &WinPath) -> Result<(), FileError> {
        self.files.lock().unwrap().remove(path).map(drop).ok_or(FileError::NotFound)
    }
    fn temporary_file(&self, _who: &Account, folder: &WinPath) -> Result<WinPath, FileError> {
        self.allowed(folder)?;
        Ok(folder.join("tmp1.tmp"))
    }
    fn set_registry_value(&self, _who: &Account, key: &KeyPath, name: &Name, value: RegValue) {
        self.registry.lock().unwrap().insert((key.clone(), name.clone()), value);
    }
    fn remove_registry_value(&self, _who: &Account, key: &KeyPath, name: &Name) {
        self.registry.lock().unwrap().remove(&(key.clone(), name.clone()));
    }
    fn start_service(&self, _name: &Name) -> Result<(), ServiceError> {
        Ok(())
    }
    fn stop_service(&self, _name: &Name) -> Result<(), ServiceError> {
        Ok(())
    }
    fn launch(&self, _who: &Account, program: &WinPath) -> Result<(), LaunchError> {
        self.launches.get(program).map_or(Ok(()), |error| Err(*error))
    }
    fn log_event(&self, log: &Name, _source: &str, id: u32, _message: &str) {
        assert_eq!(*log, Name::new("CloudBackup"));
        self.events.lock().unwrap().push(id);
    }
    fn make_rsa_key(&self) -> Vec<u8> {
        Vec::new()
    }
    fn install_certificate(&self, _certificate: &CertificateInfo, _key: &[u8]) {}
    fn remove_certificate(&self, _thumbprint: &Name) {}
    fn private_key(&self, _thumbprint: &Name) -> Option<Vec<u8>> {
        Some(Vec::new())
    }
    fn random(&self, bytes: &mut [u8]) {
        let mut drawn = self.drawn.lock().unwrap();
        *drawn = drawn.wrapping_add(1);
        bytes.fill(*drawn);
    }
    fn wait(&self, _seconds: u32) {}
    fn keep_portal_session(&self, _user: &Name, _session: &str) {}
    async fn let_tasks_run(&self, seconds: u32) -> Option<Due> {
        let noon = 12 * 60 * 60;
        (noon < seconds).then(|| Due { waited: noon, ran: self.cmdlets.clone() })
    }
    fn take_snapshot(&self, _volumes: &BTreeSet<Name>) -> Result<(), SnapshotError> {
        self.snapshot
    }
    async fn attach_volume(&self, _: &Address, _: &str) -> Result<Name, AttachError> {
        Err(AttachError::NoInitiator)
    }
    fn detach_volume(&self, _letter: &Name) {}
}
