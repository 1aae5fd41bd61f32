use marslab_model::world::Platform;

use super::RULE;
use crate::facts::{CONFIG_KEY, PROVIDER_KEY};
use crate::testing::{Machine, assert_advice, assert_silent, look};

fn in_azure() -> Machine {
    Machine::healthy().with(|machine| machine.platform = Platform::AzureVm)
}

#[test]
fn data_on_the_temporary_disk_is_advised_against() {
    let seen = look(&RULE, in_azure());
    assert_advice(&seen, "agent-on-azure-vm", None, "follow-azure-vm-guidance");
}

#[test]
fn other_disks_and_other_machines_are_fine() {
    assert_silent(&look(&RULE, Machine::healthy()));
    assert_silent(&look(&RULE, in_azure().value(CONFIG_KEY, "BackupItems", r"E:\Data;C:\Users")));
    let moved = in_azure().value(CONFIG_KEY, "BackupItems", r"E:\Data");
    let moved = moved.value(CONFIG_KEY, "ScratchLocation", r"D:\Scratch");
    let seen = look(&RULE, moved.value(PROVIDER_KEY, "ScratchLocation", r"D:\Scratch\"));
    // The scratch folder is gone there, which is another rule's matter.
    assert_silent(&seen);
}
