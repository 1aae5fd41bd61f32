//! The parts of a machine on which nothing is wrong.

use std::collections::BTreeMap;

use marslab_model::Name;
use marslab_model::host::{AccountInfo, DeviceInfo, TaskInfo, TriggerInfo};
use marslab_model::world::{DeviceStatus, IfRunning};

use super::ADMIN;

pub(super) fn task() -> TaskInfo {
    TaskInfo {
        enabled: true,
        trigger: TriggerInfo { enabled: true, minute_of_day: 21 * 60 },
        more_triggers: BTreeMap::new(),
        if_running: IfRunning::IgnoreNew,
        account: Name::new("SYSTEM"),
        command: "powershell.exe".to_owned(),
        arguments: "-Command \"Import-Module MSOnlineBackup; Start-OBBackup\"".to_owned(),
        last_run: None,
        last_result: 267_011,
    }
}

pub(super) fn initiator() -> DeviceInfo {
    DeviceInfo {
        name: "Microsoft iSCSI Initiator".to_owned(),
        class: "SCSIAdapter".to_owned(),
        hardware_ids: vec![r"ROOT\ISCSIPRT".to_owned()],
        status: DeviceStatus::Started,
    }
}

pub(super) fn accounts() -> BTreeMap<Name, AccountInfo> {
    let account = |sid: &str, group: &str| AccountInfo {
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
