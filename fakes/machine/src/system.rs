//! Everything else that can be read.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use jiff::Timestamp;
use marslab_model::host::{
    AccountInfo, AntivirusStatus, CachedAnswer, CertificateInfo, DeviceInfo, EventRecord, OsInfo,
    ReadError, ServiceError, ServiceInfo, System, TaskInfo, TimeZoneInfo, TriggerInfo,
};
use marslab_model::world::{
    Device, Language, Machine, Os, Platform, Service, Task, Trigger, UserAccount, Zone,
};
use marslab_model::{Content, Map, Name, Tracked};

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

    fn os(&self) -> Result<OsInfo, ReadError> {
        Ok(self.look(|machine| os_info(machine.os().get())).unwrap_or_default())
    }

    fn platform(&self) -> Result<Platform, ReadError> {
        Ok(self.look(|machine| *machine.platform().get()).unwrap_or(Platform::OnPremises))
    }

    fn service(&self, name: &Name) -> Result<Option<ServiceInfo>, ReadError> {
        let service = self.look(|machine| Some(service_info(&machine.services().at(name)?)));
        Ok(service.flatten())
    }

    fn interrogate_service(&self, name: &Name) -> Result<ServiceInfo, ServiceError> {
        self.interrogate(name)
    }

    fn task(&self, path: &Name) -> Result<Option<TaskInfo>, ReadError> {
        Ok(self.look(|machine| Some(task_info(machine.tasks().at(path)?.get()))).flatten())
    }

    fn devices(&self) -> Result<BTreeMap<Name, DeviceInfo>, ReadError> {
        Ok(self.read(|machine| all(machine.devices(), device_info)))
    }

    fn software(&self) -> Result<BTreeMap<Name, String>, ReadError> {
        Ok(self.read(|machine| all(machine.software(), |program| program.version.clone())))
    }

    fn software_of(&self, computer: &Name) -> Result<Option<BTreeMap<Name, String>>, ReadError> {
        Ok(self.running.look(|world| {
            let other = world.machines().at(computer)?;
            Some(all(other.software(), |program| program.version.clone()))
        }))
    }

    fn account(&self, name: &Name) -> Result<Option<AccountInfo>, ReadError> {
        Ok(self.look(|machine| Some(account_info(machine.accounts().at(name)?.get()))).flatten())
    }

    /// A profile is where a browser keeps its cache: an account without one never signed in.
    fn users(&self) -> Result<BTreeSet<Name>, ReadError> {
        Ok(self.read(|machine| machine.browsers().each().map(|(user, _)| user.clone()).collect()))
    }

    fn antivirus(&self) -> Result<AntivirusStatus, ReadError> {
        let antivirus = self.look(|machine| AntivirusStatus {
            product: machine.clone().antivirus().product().get().clone(),
            exclusions: machine.antivirus().exclusions().get().clone(),
        });
        Ok(antivirus.unwrap_or_default())
    }

    fn environment(&self) -> Result<BTreeMap<Name, String>, ReadError> {
        Ok(self.read(|machine| all(machine.environment(), Clone::clone)))
    }

    fn environment_at_boot(&self) -> Result<BTreeMap<Name, String>, ReadError> {
        Ok(self.read(|machine| all(machine.boot().environment(), Clone::clone)))
    }

    fn now(&self) -> Timestamp {
        let now = self.running.now();
        self.look(|machine| machine.clock().get().utc(now)).unwrap_or(now)
    }

    fn zone(&self) -> TimeZoneInfo {
        let zone = self.look(|machine| time_zone(machine.clock().zone().get()));
        zone.unwrap_or_else(|| TimeZoneInfo { id: "UTC".to_owned(), utc_offset_minutes: 0 })
    }

    fn events(&self, log: &Name) -> Result<Vec<EventRecord>, ReadError> {
        let records = self.look(|machine| {
            let records = machine.events().at(log)?.get().iter();
            Some(records.map(event_record).collect())
        });
        Ok(records.flatten().unwrap_or_default())
    }

    fn certificates(&self) -> Result<Vec<CertificateInfo>, ReadError> {
        Ok(self.read(|machine| {
            let each = machine.certificates().each();
            let certificates = each.map(|(thumbprint, certificate)| CertificateInfo {
                thumbprint: thumbprint.clone(),
                subject: certificate.clone().subject().get().clone(),
                der: certificate.der().get().clone(),
            });
            certificates.collect()
        }))
    }

    fn trusted_roots(&self) -> Result<Vec<Content>, ReadError> {
        let names = self.read(|machine| machine.trusted_roots().get().clone());
        let roots = names.iter().filter_map(|name| self.pki.root_certificate(name));
        Ok(roots.map(Content::from).collect())
    }

    fn portal_session(&self, user: &Name) -> Result<Option<String>, ReadError> {
        let session = self.look(|machine| {
            let browser = machine.browsers().at(user)?;
            Some(browser.portal_session().get().clone())
        });
        Ok(session.flatten().filter(|session| !session.is_empty()))
    }

    fn cached_answer(&self, user: &Name, url: &str) -> Result<Option<CachedAnswer>, ReadError> {
        let answer = self.look(|machine| {
            let cache = machine.browsers().at(user)?.cache();
            let answer = cache.at(&Name::new(url))?.get();
            Some(CachedAnswer { status: answer.status, body: answer.body.clone() })
        });
        Ok(answer.flatten())
    }

    fn mounts(&self) -> Result<BTreeSet<Name>, ReadError> {
        Ok(self.read(|machine| machine.mounts().each().map(|(letter, _)| letter.clone()).collect()))
    }
}

impl FakeMachine {
    /// Reads from the machine; the default if it is missing.
    fn read<T: Default>(&self, read: impl FnOnce(Tracked<'_, Machine>) -> T) -> T {
        self.look(read).unwrap_or_default()
    }
}

/// Every entry of a map, each recorded as read as a whole.
fn all<K, V, T>(map: Tracked<'_, Map<K, V>>, pick: impl Fn(&V) -> T) -> BTreeMap<K, T>
where
    K: Ord + Clone + fmt::Display,
{
    map.each().map(|(key, value)| (key.clone(), pick(value.get()))).collect()
}

/// What the Service Control Manager knows by itself; whether the service answers, it does not.
pub(super) fn service_info(service: &Tracked<'_, Service>) -> ServiceInfo {
    let service = || service.clone();
    ServiceInfo {
        display: service().display().get().clone(),
        state: *service().state().get(),
        start: *service().start().get(),
        account: service().account().get().clone(),
    }
}

fn os_info(os: &Os) -> OsInfo {
    OsInfo {
        caption: os.caption.clone(),
        build: os.build,
        missing_updates: os.missing_updates.clone(),
    }
}

fn task_info(task: &Task) -> TaskInfo {
    let more = task.more_triggers.iter();
    TaskInfo {
        enabled: task.enabled,
        trigger: trigger_info(&task.trigger),
        more_triggers: more.map(|(name, trigger)| (name.clone(), trigger_info(trigger))).collect(),
        if_running: task.if_running,
        account: task.account.clone(),
        command: task.command.clone(),
        arguments: task.arguments.clone(),
        last_run: task.last_run,
        last_result: task.last_result,
    }
}

fn trigger_info(trigger: &Trigger) -> TriggerInfo {
    TriggerInfo { enabled: trigger.enabled, minute_of_day: trigger.minute_of_day }
}

fn device_info(device: &Device) -> DeviceInfo {
    DeviceInfo {
        name: device.name.clone(),
        class: device.class.clone(),
        hardware_ids: device.hardware_ids.clone(),
        status: device.status,
    }
}

fn account_info(account: &UserAccount) -> AccountInfo {
    AccountInfo {
        sid: account.sid.clone(),
        groups: account.groups.clone(),
        upn: account.upn.clone(),
    }
}

fn time_zone(zone: &Zone) -> TimeZoneInfo {
    TimeZoneInfo { id: zone.id.clone(), utc_offset_minutes: zone.utc_offset_minutes }
}

fn event_record(record: &marslab_model::world::EventRecord) -> EventRecord {
    EventRecord {
        at: record.at,
        id: record.id,
        source: record.source.clone(),
        message: record.message.clone(),
    }
}

#[cfg(test)]
mod tests;
