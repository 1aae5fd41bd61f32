//! A machine seen through glasses: what somebody sees who looks in a wrong way.

use std::net::IpAddr;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use marslab_model::host::{
    Account, CertificateInfo, FileError, FileInfo, Files, HostRead, Network, Registry, System,
};
use marslab_model::world::{
    AccountFacts, Antivirus, Device, EventRecord, Language, Os, Platform, RegValue, Service, Task,
    Volume, Zone,
};
use marslab_model::{Address, Connection, DialError, HostName, KeyPath, Name, WinPath};

/// In what way one looks wrongly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Glasses {
    /// Everything is looked at as SYSTEM.
    OneAccount,
    /// What is configured is taken for what runs: services for what they got at boot.
    Configured,
    /// What the clock on the wall says is taken for UTC.
    WallClock,
    /// What is set is taken for switched on.
    Switches,
    /// Free space is free space, on whichever volume.
    OneVolume,
}

/// The machine behind the glasses.
pub(crate) struct Seen<'a> {
    pub(crate) host: &'a dyn HostRead,
    pub(crate) through: Glasses,
}

impl Seen<'_> {
    fn who(&self, who: &Account) -> Account {
        if self.through == Glasses::OneAccount { Account::System } else { who.clone() }
    }
}

impl Files for Seen<'_> {
    fn read_file(&self, who: &Account, path: &WinPath) -> Result<Vec<u8>, FileError> {
        self.host.read_file(&self.who(who), path)
    }

    fn file_info(&self, who: &Account, path: &WinPath) -> Result<FileInfo, FileError> {
        self.host.file_info(&self.who(who), path)
    }

    fn list_folder(&self, who: &Account, folder: &WinPath) -> Result<Vec<FileInfo>, FileError> {
        self.host.list_folder(&self.who(who), folder)
    }

    fn count_files(&self, who: &Account, folder: &WinPath, with: &str) -> Result<u64, FileError> {
        self.host.count_files(&self.who(who), folder, with)
    }

    fn volumes(&self) -> Vec<(Name, Volume)> {
        let mut volumes = self.host.volumes();
        if self.through == Glasses::OneVolume {
            let least = volumes.iter().map(|(_, volume)| volume.free).min().unwrap_or_default();
            volumes.iter_mut().for_each(|(_, volume)| volume.free = least);
        }
        volumes
    }
}

impl Registry for Seen<'_> {
    fn registry_value(&self, who: &Account, key: &KeyPath, name: &Name) -> Option<RegValue> {
        if self.through == Glasses::Switches && *name == Name::new("ProxyEnable") {
            return Some(RegValue::Number(1));
        }
        self.host.registry_value(&self.who(who), key, name)
    }

    fn registry_values(&self, who: &Account, key: &KeyPath) -> Vec<(Name, RegValue)> {
        self.host.registry_values(&self.who(who), key)
    }

    fn registry_subkeys(&self, who: &Account, key: &KeyPath) -> Vec<KeyPath> {
        self.host.registry_subkeys(&self.who(who), key)
    }
}

impl System for Seen<'_> {
    fn computer_name(&self) -> Name {
        self.host.computer_name()
    }

    fn full_name(&self) -> Name {
        self.host.full_name()
    }

    fn language(&self) -> Language {
        self.host.language()
    }

    fn os(&self) -> Os {
        self.host.os()
    }

    fn platform(&self) -> Platform {
        self.host.platform()
    }

    fn service(&self, name: &Name) -> Option<Service> {
        self.host.service(name)
    }

    fn task(&self, path: &Name) -> Option<Task> {
        self.host.task(path)
    }

    fn devices(&self) -> Vec<(Name, Device)> {
        self.host.devices()
    }

    fn software(&self) -> Vec<(Name, String)> {
        self.host.software()
    }

    fn software_of(&self, computer: &Name) -> Option<Vec<(Name, String)>> {
        self.host.software_of(computer)
    }

    fn account(&self, name: &Name) -> Option<AccountFacts> {
        self.host.account(name)
    }

    fn users(&self) -> Vec<Name> {
        self.host.users()
    }

    fn antivirus(&self) -> Antivirus {
        self.host.antivirus()
    }

    fn environment(&self) -> Vec<(Name, String)> {
        self.host.environment()
    }

    fn environment_at_boot(&self) -> Vec<(Name, String)> {
        if self.through == Glasses::Configured {
            return self.host.environment();
        }
        self.host.environment_at_boot()
    }

    fn now(&self) -> Timestamp {
        if self.through != Glasses::WallClock {
            return self.host.now();
        }
        let ahead = i64::from(self.host.zone().utc_offset_minutes) * 60;
        self.host.now() + SignedDuration::from_secs(ahead)
    }

    fn zone(&self) -> Zone {
        self.host.zone()
    }

    fn events(&self, log: &Name) -> Vec<EventRecord> {
        self.host.events(log)
    }

    fn certificates(&self) -> Vec<CertificateInfo> {
        self.host.certificates()
    }

    fn trusted_roots(&self) -> Vec<Vec<u8>> {
        self.host.trusted_roots()
    }

    fn portal_session(&self, user: &Name) -> Option<String> {
        self.host.portal_session(user)
    }

    fn cached_answer(&self, user: &Name, url: &str) -> Option<(u32, String)> {
        self.host.cached_answer(user, url)
    }

    fn mounts(&self) -> Vec<Name> {
        self.host.mounts()
    }
}

#[async_trait]
impl Network for Seen<'_> {
    async fn resolve(&self, host: &HostName) -> Result<Vec<IpAddr>, DialError> {
        self.host.resolve(host).await
    }

    async fn dial(&self, who: &Account, to: &Address) -> Result<Connection, DialError> {
        self.host.dial(&self.who(who), to).await
    }
}
