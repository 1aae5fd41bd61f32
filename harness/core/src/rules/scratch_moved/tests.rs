use marslab_model::WinPath;

use super::RULE;
use crate::facts::{CONFIG_KEY, PROVIDER_KEY};
use crate::testing::{Machine, SCRATCH, assert_cause, assert_silent, look};

const NEW: &str = r"D:\Scratch";

fn both(machine: Machine, folder: &str) -> Machine {
    let machine = machine.value(CONFIG_KEY, "ScratchLocation", folder);
    machine.value(PROVIDER_KEY, "ScratchLocation", folder)
}

#[track_caller]
fn assert_moved(machine: Machine) {
    assert_cause(&look(&RULE, machine), "scratch-moved", None, "move-scratch-folder");
}

#[test]
fn one_value_alone_is_found() {
    assert_moved(Machine::healthy().value(CONFIG_KEY, "ScratchLocation", NEW));
    assert_moved(Machine::healthy().value(PROVIDER_KEY, "ScratchLocation", NEW));
    assert_moved(Machine::unregistered().value(PROVIDER_KEY, "ScratchLocation", NEW));
}

#[test]
fn a_folder_that_was_left_behind_or_lost_is_found() {
    assert_moved(both(Machine::healthy(), NEW));
    assert_moved(both(Machine::healthy(), NEW).without_value(CONFIG_KEY, "Activated"));
}

#[test]
fn a_folder_that_was_renamed_is_found_beside_it_or_at_the_top_of_a_volume() {
    let without = || {
        Machine::healthy().with(|machine| {
            machine.files.retain(|path, _| !path.is_within(&WinPath::new(SCRATCH)));
        })
    };
    let install = r"C:\Program Files\Microsoft Azure Recovery Services Agent";
    for folder in [format!(r"{install}\Cache"), r"D:\Cache".to_owned(), r"C:\Cache".to_owned()] {
        assert_moved(without().file(&format!(r"{folder}\OnlineBackup.KEK"), "kek 1"));
    }
    // That it is nowhere is another rule's matter.
    assert_silent(&look(&RULE, without().file(r"D:\Old\Cache\OnlineBackup.KEK", "kek 1")));
}

#[test]
fn a_folder_that_was_moved_well_is_fine() {
    let moved = both(Machine::healthy(), NEW).file(&format!(r"{NEW}\OnlineBackup.KEK"), "kek 1");
    assert_silent(&look(&RULE, moved));
    let slash = Machine::healthy().value(CONFIG_KEY, "ScratchLocation", format!("{SCRATCH}\\"));
    assert_silent(&look(&RULE, slash));
    assert_silent(&look(&RULE, Machine::healthy()));
}

#[test]
fn before_the_activation_there_need_be_none() {
    assert_silent(&look(&RULE, Machine::unregistered()));
    assert_silent(&look(&RULE, both(Machine::unregistered(), NEW)));
}
