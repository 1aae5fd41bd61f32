//! Everything else that can be looked at.

use std::fmt;

use jiff::Timestamp;
use marslab_model::host::{CertificateInfo, System};
use marslab_model::world::{
    AccountFacts, Antivirus, Device, EventRecord, Language, Machine, Os, Platform, Service, Task,
    Zone,
};
use marslab_model::{Name, Tracked};

use super::FakeMachine;

impl System for FakeMachine {
    fn computer_name(&self) -> Name {
        Name::new(self.look(|machine| machine.computer_name().get().clone()).unwrap_or_default())
    }

    fn full_name(&self) -> Name {
        let domain = self.look(|machine| machine.domain().get().clone()).unwrap_or_default();
        let name = self.computer_name();
        if domain.is_empty() { name } else { Name::from(format!("{name}.{domain}")) }
    }

    fn language(&self) -> Language {
        self.look(|machine| *machine.language().get()).unwrap_or_default()
    }

    fn os(&self) -> Os {
        let os = self.look(|machine| machine.os().get().clone());
        os.unwrap_or_else(|| Os {
            caption: String::new(),
            build: 0,
            missing_updates: std::collections::BTreeSet::new(),
        })
    }

    fn platform(&self) -> Platform {
        self.look(|machine| *machine.platform().get()).unwrap_or(Platform::OnPremises)
    }

    fn service(&self, name: &Name) -> Option<Service> {
        self.look(|machine| machine.services().at(name).map(|service| service.get().clone()))?
    }

    fn task(&self, path: &Name) -> Option<Task> {
        self.look(|machine| machine.tasks().at(path).map(|task| task.get().clone()))?
    }

    fn devices(&self) -> Vec<(Name, Device)> {
        self.list(|machine| all(machine.devices(), Clone::clone))
    }

    fn software(&self) -> Vec<(Name, String)> {
        self.list(|machine| all(machine.software(), |program| program.version.clone()))
    }

    fn software_of(&self, computer: &Name) -> Option<Vec<(Name, String)>> {
        self.running.look(|world| {
            let other = world.machines().at(computer)?;
            Some(all(other.software(), |program| program.version.clone()))
        })
    }

    fn account(&self, name: &Name) -> Option<AccountFacts> {
        self.look(|machine| machine.accounts().at(name).map(|account| account.get().clone()))?
    }

    /// A profile is where a browser keeps its cache: an account without one never signed in.
    fn users(&self) -> Vec<Name> {
        self.list(|machine| machine.browsers().each().map(|(user, _)| user.clone()).collect())
    }

    fn antivirus(&self) -> Antivirus {
        let antivirus = self.look(|machine| machine.antivirus().get().clone());
        antivirus.unwrap_or_else(|| Antivirus {
            product: String::new(),
            watches: std::collections::BTreeSet::new(),
            exclusions: std::collections::BTreeSet::new(),
        })
    }

    fn environment(&self) -> Vec<(Name, String)> {
        self.list(|machine| all(machine.environment(), Clone::clone))
    }

    fn environment_at_boot(&self) -> Vec<(Name, String)> {
        self.list(|machine| all(machine.boot().environment(), Clone::clone))
    }

    fn now(&self) -> Timestamp {
        let now = self.running.now();
        self.look(|machine| machine.clock().get().utc(now)).unwrap_or(now)
    }

    fn zone(&self) -> Zone {
        let zone = self.look(|machine| machine.clock().zone().get().clone());
        zone.unwrap_or_else(|| Zone { id: "UTC".to_owned(), utc_offset_minutes: 0 })
    }

    fn events(&self, log: &Name) -> Vec<EventRecord> {
        self.list(|machine| {
            machine.events().at(log).map(|events| events.get().clone()).unwrap_or_default()
        })
    }

    fn certificates(&self) -> Vec<CertificateInfo> {
        self.list(|machine| {
            let each = machine.certificates().each();
            let certificates = each.map(|(thumbprint, certificate)| CertificateInfo {
                thumbprint: thumbprint.clone(),
                subject: certificate.clone().subject().get().clone(),
                der: certificate.der().get().bytes().to_vec(),
            });
            certificates.collect()
        })
    }

    fn trusted_roots(&self) -> Vec<Vec<u8>> {
        let names = self.look(|machine| machine.trusted_roots().get().clone()).unwrap_or_default();
        names.iter().filter_map(|name| self.pki.root_certificate(name)).collect()
    }

    fn portal_session(&self, user: &Name) -> Option<String> {
        let session = self.look(|machine| {
            let browser = machine.browsers().at(user)?;
            Some(browser.portal_session().get().clone())
        });
        session.flatten().filter(|session| !session.is_empty())
    }

    fn cached_answer(&self, user: &Name, url: &str) -> Option<(u32, String)> {
        self.look(|machine| {
            let cache = machine.browsers().at(user)?.cache();
            let answer = cache.at(&Name::new(url))?.get();
            Some((answer.status, answer.body.clone()))
        })?
    }

    fn mounts(&self) -> Vec<Name> {
        self.list(|machine| machine.mounts().each().map(|(letter, _)| letter.clone()).collect())
    }
}

impl FakeMachine {
    fn list<T>(&self, read: impl FnOnce(Tracked<'_, Machine>) -> Vec<T>) -> Vec<T> {
        self.look(read).unwrap_or_default()
    }
}

/// Every entry of a map, each recorded as read as a whole.
fn all<K, V, T>(
    map: Tracked<'_, std::collections::BTreeMap<K, V>>,
    pick: impl Fn(&V) -> T,
) -> Vec<(K, T)>
where
    K: Ord + Clone + fmt::Display,
{
    map.each().map(|(key, value)| (key.clone(), pick(value.get()))).collect()
}
