//! The exclusions of the antivirus program.

use marslab_model::WinPath;
use marslab_model::host::AntivirusAdmin;

use crate::FakeMachine;

impl AntivirusAdmin for FakeMachine {
    fn set_antivirus_exclusion(&self, path: &WinPath, excluded: bool) {
        let listed = self.look(|machine| machine.antivirus().exclusions().get().clone());
        let mut listed = listed.unwrap_or_default();
        if excluded {
            listed.insert(path.clone());
        } else {
            listed.remove(path);
        }
        self.edit(|machine| machine.antivirus().exclusions().set(listed));
    }
}
