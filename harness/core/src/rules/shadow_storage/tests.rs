use marslab_model::Name;

use super::RULE;
use crate::testing::{Machine, assert_cause, assert_silent, look};

fn with(letter: &str, bytes: u64) -> Machine {
    Machine::healthy().with(|machine| {
        machine.volumes.get_mut(&Name::new(letter)).unwrap().shadow_storage = Some(bytes);
    })
}

#[test]
fn too_little_storage_of_a_selected_volume_is_found() {
    let seen = look(&RULE, with("D:", (320 << 20) - 1));
    assert_cause(&seen, "shadow-storage-small", Some("D:"), "resize-shadow-storage");
}

#[test]
fn enough_or_another_volumes_is_fine() {
    assert_silent(&look(&RULE, Machine::healthy()));
    assert_silent(&look(&RULE, with("D:", 320 << 20)));
    assert_silent(&look(&RULE, with("C:", 1)));
}
