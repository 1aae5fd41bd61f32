//! The exclusions of the antivirus program.

use std::collections::BTreeSet;

use marslab_model::WinPath;
use marslab_model::admin::AntivirusAdmin;

use crate::FakeMachine;

impl AntivirusAdmin for FakeMachine {
    fn add_antivirus_exclusion(&self, path: &WinPath) {
        self.change_exclusions(|exclusions| exclusions.insert(path.clone()));
    }

    fn remove_antivirus_exclusion(&self, path: &WinPath) {
        self.change_exclusions(|exclusions| exclusions.remove(path));
    }
}

impl FakeMachine {
    /// Writes the exclusions, if the change says that it made one.
    fn change_exclusions(&self, change: impl FnOnce(&mut BTreeSet<WinPath>) -> bool) {
        let listed = self.look(|machine| machine.antivirus().exclusions().get().clone());
        let mut listed = listed.unwrap_or_default();
        if change(&mut listed) {
            self.edit(|machine| machine.antivirus().exclusions().set(listed));
        }
    }
}
