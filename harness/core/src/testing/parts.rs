//! The parts of a machine on which nothing is wrong.

use std::collections::{BTreeMap, BTreeSet};

use marslab_model::Name;
use marslab_model::world::{
    AccountFacts, BitLocker, Device, DeviceStatus, IfRunning, Service, ServiceState, StartType,
    Task, Trigger, Volume, VolumeKind,
};

use super::ADMIN;

pub(super) fn volume(size_gib: u64, free_gib: u64) -> Volume {
    Volume {
        size: size_gib << 30,
        free: free_gib << 30,
        kind: VolumeKind::Fixed,
        file_system: "NTFS".to_owned(),
        bitlocker: BitLocker::Off,
        shadow_storage: None,
        noted_for_repair: BTreeSet::new(),
    }
}

pub(super) fn service() -> Service {
    Service {
        display: String::new(),
        state: ServiceState::Running,
        start: StartType::Automatic,
        account: "LocalSystem".to_owned(),
        responding: true,
    }
}

pub(super) fn task() -> Task {
    Task {
        enabled: true,
        trigger: Trigger { enabled: true, minute_of_day: 21 * 60 },
        more_triggers: BTreeMap::new(),
        if_running: IfRunning::IgnoreNew,
        account: Name::new("SYSTEM"),
        command: "powershell.exe".to_owned(),
        arguments: "-Command \"Import-Module MSOnlineBackup; Start-OBBackup\"".to_owned(),
        last_run: None,
        last_result: 267_011,
    }
}

pub(super) fn initiator() -> Device {
    Device {
        name: "Microsoft iSCSI Initiator".to_owned(),
        class: "SCSIAdapter".to_owned(),
        hardware_ids: vec![r"ROOT\ISCSIPRT".to_owned()],
        status: DeviceStatus::Started,
    }
}

pub(super) fn accounts() -> BTreeMap<Name, AccountFacts> {
    let account = |sid: &str, group: &str| AccountFacts {
        sid: sid.to_owned(),
        groups: [Name::new(group)].into(),
        upn: String::new(),
    };
    [
        (ADMIN, account("S-1-5-21-1104", "Administrators")),
        (r"CORP\operator", account("S-1-5-21-1231", "Users")),
    ]
    .map(|(name, facts)| (Name::new(name), facts))
    .into()
}
