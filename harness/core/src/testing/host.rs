//! The mocked host port. What it answers, [`Machine`](super::Machine) says.

use std::net::IpAddr;

use async_trait::async_trait;
use jiff::Timestamp;
use marslab_model::host::{
    Account, CertificateInfo, FileError, FileInfo, Files, Network, Registry, System,
};
use marslab_model::world::{
    AccountFacts, Antivirus, Device, EventRecord, Language, Os, Platform, RegValue, Service, Task,
    Volume, Zone,
};
use marslab_model::{Address, Connection, DialError, HostName, KeyPath, Name, WinPath};

mockall::mock! {
    pub(crate) Host {}

    impl Files for Host {
        fn read_file(&self, who: &Account, path: &WinPath) -> Result<Vec<u8>, FileError>;
        fn file_info(&self, who: &Account, path: &WinPath) -> Result<FileInfo, FileError>;
        fn list_folder(&self, who: &Account, folder: &WinPath) -> Result<Vec<FileInfo>, FileError>;
        fn count_files(&self, who: &Account, folder: &WinPath, extension: &str) -> Result<u64, FileError>;
        fn volumes(&self) -> Vec<(Name, Volume)>;
    }

    impl Registry for Host {
        fn registry_value(&self, who: &Account, key: &KeyPath, name: &Name) -> Option<RegValue>;
        fn registry_values(&self, who: &Account, key: &KeyPath) -> Vec<(Name, RegValue)>;
        fn registry_subkeys(&self, who: &Account, key: &KeyPath) -> Vec<KeyPath>;
    }

    impl System for Host {
        fn computer_name(&self) -> Name;
        fn full_name(&self) -> Name;
        fn language(&self) -> Language;
        fn os(&self) -> Os;
        fn platform(&self) -> Platform;
        fn service(&self, name: &Name) -> Option<Service>;
        fn task(&self, path: &Name) -> Option<Task>;
        fn devices(&self) -> Vec<(Name, Device)>;
        fn software(&self) -> Vec<(Name, String)>;
        fn software_of(&self, computer: &Name) -> Option<Vec<(Name, String)>>;
        fn account(&self, name: &Name) -> Option<AccountFacts>;
        fn users(&self) -> Vec<Name>;
        fn antivirus(&self) -> Antivirus;
        fn environment(&self) -> Vec<(Name, String)>;
        fn environment_at_boot(&self) -> Vec<(Name, String)>;
        fn now(&self) -> Timestamp;
        fn zone(&self) -> Zone;
        fn events(&self, log: &Name) -> Vec<EventRecord>;
        fn certificates(&self) -> Vec<CertificateInfo>;
        fn trusted_roots(&self) -> Vec<Vec<u8>>;
        fn portal_session(&self, user: &Name) -> Option<String>;
        fn cached_answer(&self, user: &Name, url: &str) -> Option<(u32, String)>;
        fn mounts(&self) -> Vec<Name>;
    }

    #[async_trait]
    impl Network for Host {
        async fn resolve(&self, host: &HostName) -> Result<Vec<IpAddr>, DialError>;
        async fn dial(&self, who: &Account, to: &Address) -> Result<Connection, DialError>;
    }
}
