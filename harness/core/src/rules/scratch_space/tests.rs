use marslab_model::{Level, Name, Operation, WinPath};

use super::RULE;
use crate::facts::{CONFIG_KEY, PROVIDER_KEY};
use crate::rule_output::RuleOutput;
use crate::testing::{Machine, SCRATCH, assert_cause, assert_silent, look, look_during, told};

const GIB: u64 = 1 << 30;

/// The data has 200 GiB, a twentieth of which is 10 GiB.
fn with(free: u64, metadata: Option<u64>, size: u64) -> RuleOutput {
    let vhd = format!(r"{SCRATCH}\metadata.vhd");
    let machine = match metadata {
        Some(metadata) => Machine::healthy().sized(&vhd, metadata),
        None => Machine::healthy().without_file(&vhd),
    };
    let machine = machine.with(|machine| {
        let volume = machine.volumes.get_mut(&Name::new("C:")).unwrap();
        (volume.free, volume.size) = (free, size);
    });
    look_during(&RULE, Operation::Backup, machine, |_| {})
}

#[track_caller]
fn assert_found(seen: &RuleOutput, cause: &str, level: Level) {
    let expected = (cause, Some("C:"), level, Some("free-space-on-volume"));
    assert_eq!(told(&seen.findings), [expected]);
}

#[test]
fn too_little_space_for_the_data_is_found() {
    assert_found(&with(10 * GIB - 1, None, 100 * GIB), "scratch-volume-full", Level::Cause);
    assert_found(&with(0, Some(9 * GIB), 100 * GIB), "scratch-volume-full", Level::Cause);
    assert_found(&with(0, None, 1_000 * GIB), "scratch-volume-full", Level::Cause);
}

#[test]
fn enough_space_is_fine() {
    assert_silent(&with(10 * GIB, None, 100 * GIB));
    assert_silent(&with(5 * GIB, Some(10 * GIB), 100 * GIB));
    assert_silent(&with(5 * GIB, Some(5 * GIB), 100 * GIB));
}

#[test]
fn a_small_share_of_a_large_volume_is_advised_against() {
    assert_found(&with(20 * GIB, None, 401 * GIB), "scratch-volume-low", Level::Advice);
    assert_silent(&with(20 * GIB, None, 400 * GIB));
    // What the agent has taken already serves its data, and is not free.
    assert_found(&with(0, Some(10 * GIB), 100 * GIB), "scratch-volume-low", Level::Advice);
    assert_found(
        &with(5 * GIB - 1, Some(10 * GIB), 100 * GIB),
        "scratch-volume-low",
        Level::Advice,
    );
}

#[test]
fn an_activation_is_not_asked_for_the_share_of_the_volume() {
    let machine = || {
        Machine::healthy()
            .with(|machine| machine.volumes.get_mut(&Name::new("C:")).unwrap().free = 2 * GIB)
    };
    assert_silent(&look_during(&RULE, Operation::Activate, machine(), |_| {}));
    let seen = look_during(&RULE, Operation::ScheduledBackup, machine(), |_| {});
    assert_found(&seen, "scratch-volume-low", Level::Advice);
}

#[test]
fn the_volume_of_the_folder_counts() {
    let moved = |letter: &str| {
        let folder = format!(r"{letter}\Scratch");
        let machine = Machine::healthy().value(CONFIG_KEY, "ScratchLocation", folder.as_str());
        let machine = machine.value(PROVIDER_KEY, "ScratchLocation", folder.as_str());
        machine.file(&format!(r"{folder}\OnlineBackup.KEK"), "kek 1").with(|machine| {
            machine.volumes.get_mut(&Name::new("C:")).unwrap().free = 0;
        })
    };
    assert_silent(&look(&RULE, moved("D:")));
    // A folder on a volume that is not there is another rule's matter.
    assert_silent(&look(&RULE, moved("X:")));
}

#[test]
fn a_single_file_and_several_items_are_measured() {
    let items = r"D:\Data\customers.mdf;D:\Data\2019";
    let machine = Machine::healthy().value(CONFIG_KEY, "BackupItems", items).with(|machine| {
        machine.volumes.get_mut(&Name::new("C:")).unwrap().free = 5 * GIB;
    });
    assert_silent(&look(&RULE, machine.clone()));
    let vhd = format!(r"{SCRATCH}\metadata.vhd");
    assert_found(
        &look(&RULE, machine.sized(&vhd, 5 * GIB - 1)),
        "scratch-volume-full",
        Level::Cause,
    );
}

#[test]
fn very_many_files_need_a_larger_share() {
    // 20 % of 200 GiB.
    let with = |files: u64, free: u64| {
        let machine = Machine::healthy().with(|machine| {
            machine.counts.insert(WinPath::new(r"D:\Data\2019"), files);
            machine.volumes.get_mut(&Name::new("C:")).unwrap().free = free;
        });
        look(&RULE, machine.without_file(&format!(r"{SCRATCH}\metadata.vhd")))
    };
    // There is a file in the folder above, too.
    assert_silent(&with(999_999, 10 * GIB));
    assert_found(&with(1_000_000, 40 * GIB - 1), "scratch-volume-full", Level::Cause);
    assert_silent(&with(1_000_000, 40 * GIB));
}

#[test]
fn a_restore_needs_a_share_of_its_own() {
    let with = |free: u64| {
        let machine = Machine::healthy().with(|machine| {
            machine.counts.insert(WinPath::new(r"D:\Data"), 2_000_000);
            machine.volumes.get_mut(&Name::new("C:")).unwrap().free = free;
        });
        look_during(&RULE, Operation::Restore, machine, |_| {})
    };
    // The metadata of backups serves no restore.
    assert_found(&with(10 * GIB - 1), "scratch-volume-full", Level::Cause);
    assert_silent(&with(10 * GIB));
}

#[test]
fn of_two_folders_each_needs_the_space() {
    let torn = Machine::healthy().value(PROVIDER_KEY, "ScratchLocation", r"D:\Scratch");
    assert_silent(&look(&RULE, torn.clone()));
    let full = torn.without_file(&format!(r"{SCRATCH}\metadata.vhd")).with(|machine| {
        machine.volumes.get_mut(&Name::new("C:")).unwrap().free = 0;
    });
    assert_cause(&look(&RULE, full), "scratch-volume-full", Some("C:"), "free-space-on-volume");
}
