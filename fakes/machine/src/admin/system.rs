//! Clock, zone, restart, roots, devices and the firewall, as an administrator sets them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use marslab_model::admin::{FirewallRule, SystemAdmin, UpdateInfo};
use marslab_model::host::TimeZoneInfo;
use marslab_model::world::{Action, Device, DeviceStatus, Origin, Rule, Update, Zone};
use marslab_model::{Change, Name};
use marslab_wire::x509;

use crate::FakeMachine;

impl SystemAdmin for FakeMachine {
    fn set_zone(&self, zone: &TimeZoneInfo) {
        let (before, ahead) = self.clock();
        let moved = i64::from(zone.utc_offset_minutes) - before;
        let new = Zone { id: zone.id.clone(), utc_offset_minutes: zone.utc_offset_minutes };
        self.edit(|machine| {
            machine.clock().zone().set(new);
            machine.clock().ahead_seconds().set(ahead.saturating_add(moved * 60));
        });
    }

    fn set_time(&self, utc: Timestamp) {
        let off = utc.duration_since(self.running.now()).as_secs();
        self.set_clock(off);
    }

    fn synchronize_time(&self) {
        self.set_clock(0);
    }

    fn installed_updates(&self) -> BTreeMap<Name, UpdateInfo> {
        let updates = self.look(|machine| {
            let own = |it: &Update| UpdateInfo { security: it.security, installed: it.installed };
            let updates = machine.os().installed_updates().get();
            updates.iter().map(|(name, it)| (name.clone(), own(it))).collect()
        });
        updates.unwrap_or_default()
    }

    fn event_logs(&self) -> BTreeSet<Name> {
        let names = self.look(|machine| machine.events().get().keys().cloned().collect());
        names.unwrap_or_default()
    }

    fn restart(&self) {
        let change = Change::Restart { machine: self.name.clone() };
        if let Err(error) = self.running.apply(&change) {
            let error = std::io::Error::other(error);
            self.running.note_trouble("cannot restart the simulated machine", &error);
        }
    }

    fn add_trusted_root(&self, der: &[u8]) -> bool {
        let Some(name) = self.authority_of(der) else { return false };
        self.change_roots(|roots| roots.insert(name));
        true
    }

    fn remove_trusted_root(&self, der: &[u8]) -> bool {
        self.authority_of(der).is_some_and(|name| self.change_roots(|roots| roots.remove(&name)))
    }

    fn install_driver(&self, hardware_id: &str, class: &str, name: &str) -> bool {
        let is_meant = |device: &Device| {
            device.hardware_ids.iter().any(|id| id.eq_ignore_ascii_case(hardware_id))
        };
        let found = self.look(|machine| {
            let each = machine.devices().each().map(|(id, device)| (id, device.get()));
            let meant = each.filter(|(_, device)| is_meant(device));
            meant.map(|(id, device)| (id.clone(), device.clone())).collect::<Vec<_>>()
        });
        let found = found.unwrap_or_default();
        self.edit(|machine| {
            for (id, device) in &found {
                let driven = Device {
                    name: name.to_owned(),
                    class: class.to_owned(),
                    hardware_ids: device.hardware_ids.clone(),
                    status: DeviceStatus::Started,
                };
                machine.devices().insert(id.clone(), driven);
            }
        });
        !found.is_empty()
    }

    /// Of the lab's firewall, which lies between the machines and everything else, the rules that a machine's own firewall
    /// could have, too: it lets pass or drops †.
    fn firewall_rules(&self) -> BTreeMap<Name, FirewallRule> {
        self.running.look(|world| {
            let each = world.network().firewall().each();
            each.filter_map(|(name, rule)| Some((name.clone(), own_rule(rule.get())?))).collect()
        })
    }

    fn remove_firewall_rule(&self, name: &Name) -> bool {
        let is_own = self.firewall_rules().contains_key(name);
        if is_own {
            self.running.edit(|world| world.network().firewall().remove(name));
        }
        is_own
    }

    fn set_firewall_rule(&self, name: &Name, rule: FirewallRule) {
        let action = if rule.allows { Action::Allow } else { Action::Drop };
        let rule = Rule { from: Origin::Machines, to: rule.to, port: rule.port, action };
        self.running.edit(|world| world.network().firewall().insert(name.clone(), rule));
    }
}

impl FakeMachine {
    /// The offset of the zone in minutes, and how far the clock is ahead of true UTC.
    fn clock(&self) -> (i64, i64) {
        let clock = self.look(|machine| {
            let offset = machine.clone().clock().zone().get().utc_offset_minutes;
            (i64::from(offset), *machine.clock().ahead_seconds().get())
        });
        clock.unwrap_or_default()
    }

    /// Sets the clock so that the machine's idea of UTC is so many seconds ahead.
    fn set_clock(&self, ahead_of_utc: i64) {
        let (offset, _) = self.clock();
        let ahead = ahead_of_utc.saturating_add(offset * 60);
        self.edit(|machine| machine.clock().ahead_seconds().set(ahead));
    }

    /// The authority of the lab whose root this is.
    fn authority_of(&self, der: &[u8]) -> Option<Name> {
        let subject = x509::read(der).ok()?.subject;
        let name = subject.split(", ").find_map(|part| part.strip_prefix("CN="))?;
        let name = Name::new(name);
        (self.pki.root_certificate(&name)?.as_slice() == der).then_some(name)
    }

    fn change_roots<R>(&self, change: impl FnOnce(&mut BTreeSet<Name>) -> R) -> R {
        let roots = self.look(|machine| machine.trusted_roots().get().clone());
        let mut roots = roots.unwrap_or_default();
        let result = change(&mut roots);
        self.edit(|machine| machine.trusted_roots().set(roots));
        result
    }
}

fn own_rule(rule: &Rule) -> Option<FirewallRule> {
    let allows = match rule.action {
        Action::Allow => true,
        Action::Drop => false,
        Action::Reset | Action::Unreachable | Action::Divert | Action::Impair(_) => return None,
    };
    let is_own = matches!(rule.from, Origin::Machines | Origin::Anyone);
    is_own.then(|| FirewallRule { to: rule.to.clone(), port: rule.port, allows })
}

#[cfg(test)]
mod tests;
