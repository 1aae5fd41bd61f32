//! Everything else that lies on the machine.

use std::collections::BTreeMap;

use marslab_model::host::{CachedAnswer, CertificateInfo, EventRecord, System};
use marslab_model::{HostRead, Name};
use marslab_wire::x509;

use super::{Aspect, Census, Names, note};

/// Asks for everything by every name.
pub(super) fn look(host: &dyn HostRead, names: &Names, census: &mut Census) {
    for name in &names.services {
        if let Ok(Some(service)) = host.service(name) {
            note::record(census, Aspect::Services, name.as_str(), &service);
        }
    }
    for path in &names.tasks {
        if let Ok(Some(task)) = host.task(path) {
            note::record(census, Aspect::Tasks, path.as_str(), &task);
        }
    }
    for (id, device) in host.devices().unwrap_or_default() {
        note::record(census, Aspect::Devices, id.as_str(), &device);
    }
    programs(census, "", host.software().unwrap_or_default());
    let own = host.computer_name();
    for computer in names.computers.iter().filter(|computer| **computer != own) {
        let programs = host.software_of(computer).ok().flatten().unwrap_or_default();
        self::programs(census, &format!("{computer}: "), programs);
    }
    facts(host, names, census);
    browsers(host, names, census);
    events(host, names, census);
    note::record(census, Aspect::Clock, "time zone", &host.zone());
    census.note(Aspect::Moments, "the machine's clock", host.now().to_string());
}

/// Asks every service for its status. This comes last, because a service that hangs takes time.
pub(super) fn interrogate(host: &dyn HostRead, names: &Names, census: &mut Census) {
    for name in &names.services {
        if let Err(error) = host.interrogate_service(name) {
            let asked = format!("{name} asked how it is");
            census.note(Aspect::Services, asked, error.to_string());
        }
    }
}

fn programs(census: &mut Census, of: &str, programs: BTreeMap<Name, String>) {
    for (name, version) in programs {
        census.note(Aspect::Programs, format!("{of}{name}"), version);
    }
}

fn facts(host: &dyn System, names: &Names, census: &mut Census) {
    census.note(Aspect::System, "computer name", host.computer_name().as_str());
    census.note(Aspect::System, "full name", host.full_name().as_str());
    census.note(Aspect::System, "language", host.language().to_string());
    note::record(census, Aspect::System, "operating system", &host.os().ok());
    note::record(census, Aspect::System, "platform", &host.platform().ok());
    note::record(census, Aspect::System, "antivirus", &host.antivirus().ok());
    for name in &names.accounts {
        if let Ok(Some(account)) = host.account(name) {
            note::record(census, Aspect::System, &format!("account {name}"), &account);
        }
    }
    for (name, value) in host.environment().unwrap_or_default() {
        census.note(Aspect::System, format!("%{name}%"), note::text(&value));
    }
    for (name, value) in host.environment_at_boot().unwrap_or_default() {
        census.note(Aspect::System, format!("%{name}% of services"), note::text(&value));
    }
    for CertificateInfo { thumbprint, subject, der } in host.certificates().unwrap_or_default() {
        let until = x509::read(&der).map(|it| it.not_after);
        let state = if until.is_ok_and(|until| until < host.now()) { "expired" } else { "valid" };
        census.note(
            Aspect::System,
            format!("certificate {thumbprint}"),
            format!("{subject}, {state}"),
        );
    }
    for root in host.trusted_roots().unwrap_or_default() {
        let subject = x509::read(&root).map_or_else(|_| note::bytes(&root), |it| it.subject);
        census.note(Aspect::System, format!("trusted root {subject}"), "there");
    }
}

fn browsers(host: &dyn System, names: &Names, census: &mut Census) {
    for user in host.users().unwrap_or_default() {
        let session = host.portal_session(&user).ok().flatten().map(|_token| "open");
        census.note(
            Aspect::Browser,
            format!("{user}'s session at the portal"),
            session.unwrap_or("none"),
        );
        for page in &names.pages {
            let cached = host.cached_answer(&user, &page.to_string());
            if let Ok(Some(CachedAnswer { status, body })) = cached {
                let seen = format!("{status}, {}", note::text(&body));
                census.note(Aspect::Browser, format!("{page} in the cache of {user}"), seen);
            }
        }
    }
}

fn events(host: &dyn System, names: &Names, census: &mut Census) {
    for log in &names.logs {
        for (index, record) in host.events(log).unwrap_or_default().into_iter().enumerate() {
            let EventRecord { at, id, source, message } = record;
            let number = index + 1;
            let seen = format!("{id} {source}: {}", note::text(&message));
            census.note(Aspect::Events, format!("{log} {number}"), seen);
            census.note(Aspect::Moments, format!("{log} {number} written"), at.to_string());
        }
    }
}
