use marslab_model::Name;
use marslab_model::host::VolumeInfo;
use marslab_model::world::{BitLocker, VolumeKind};

use super::RULE;
use crate::facts::CONFIG_KEY;
use crate::testing::{Machine, assert_cause, assert_silent, look};

fn drive(letter: &str, change: impl FnOnce(&mut VolumeInfo)) -> Machine {
    let mut machine = Machine::healthy();
    change(machine.volumes.get_mut(&Name::new(letter)).unwrap());
    machine
}

#[test]
fn a_selected_volume_of_the_wrong_kind_is_found() {
    let changes: [fn(&mut VolumeInfo); 5] = [
        |volume| volume.kind = VolumeKind::Removable,
        |volume| volume.kind = VolumeKind::Network,
        |volume| volume.bitlocker = BitLocker::Locked,
        |volume| volume.file_system = "FAT32".to_owned(),
        |volume| volume.file_system = "ReFS".to_owned(),
    ];
    for change in changes {
        let seen = look(&RULE, drive("D:", change));
        assert_cause(&seen, "drive-unsupported", Some("D:"), "exclude-from-backup");
    }
    let both =
        drive("D:", changes[0]).value(CONFIG_KEY, "BackupItems", r"C:\Users; d:\Data;D:\Other");
    let seen = look(&RULE, both);
    assert_cause(&seen, "drive-unsupported", Some("D:"), "exclude-from-backup");
}

#[test]
fn a_supported_volume_and_one_that_is_not_selected_are_fine() {
    assert_silent(&look(&RULE, Machine::healthy()));
    assert_silent(&look(&RULE, drive("D:", |volume| volume.bitlocker = BitLocker::Unlocked)));
    assert_silent(&look(&RULE, drive("D:", |volume| volume.file_system = "ntfs".to_owned())));
    assert_silent(&look(&RULE, drive("C:", |volume| volume.kind = VolumeKind::Removable)));
}
