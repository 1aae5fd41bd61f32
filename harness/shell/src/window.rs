//! [`Window`]: a window of the command line.

use std::collections::BTreeMap;

use marslab_model::admin::HostAdmin;
use marslab_model::host::Account;
use marslab_model::{Name, WinPath};

use crate::variables;

/// One window of the command line: who sits there, and in which folder.
#[derive(Clone, Debug)]
pub struct Window {
    /// Who sits there.
    pub who: Account,
    /// The folder.
    pub folder: WinPath,
    /// The accounts of the windows below this one: `psexec -s cmd` opens one, `exit` closes it.
    pub outer: Vec<Account>,
    /// The window's own environment, which it gets when its first line is run. Later changes of the machine's do not
    /// reach it, as on Windows.
    pub environment: Option<BTreeMap<Name, String>>,
    /// How many commands run within each other just now: `psexec -s powershell …`.
    pub nested: usize,
    /// How often the machine was restarted, which opens the window anew.
    pub restarts: u32,
}

impl Window {
    /// A window in which somebody is signed in.
    pub fn new(who: Account) -> Self {
        let (folder, outer) = (WinPath::new(r"C:\"), Vec::new());
        Self { who, folder, outer, environment: None, nested: 0, restarts: 0 }
    }

    /// The same after a restart of the machine, with the account that signed in first.
    #[must_use]
    pub fn restarted(&self) -> Self {
        let outermost = self.outer.first().unwrap_or(&self.who).clone();
        Self { restarts: self.restarts + 1, ..Self::new(outermost) }
    }

    /// The window's environment variables.
    pub fn variables(&mut self, host: &dyn HostAdmin) -> &mut BTreeMap<Name, String> {
        let who = &self.who;
        self.environment.get_or_insert_with(|| variables::of(host, who))
    }
}
