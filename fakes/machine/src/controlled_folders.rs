//! Controlled folder access: Defender keeps programs that it does not trust from changing what is in protected folders
//! ("Customize controlled folder access", Microsoft; the registry and the events are those of the policy "Configure controlled
//! folder access").
//!
//! Which programs Defender trusts by itself is not public. † In the lab those are all that users run, and the agent's engine,
//! as which SYSTEM writes here, is none.

use marslab_model::host::{Account, FileError, Registry as _, RegistryValue};
use marslab_model::{KeyPath, Name, WinPath};

use super::FakeMachine;

impl FakeMachine {
    /// Whether Defender lets a program change a path. What it keeps back it writes down, and in audit mode what it would.
    pub(super) fn guard(&self, who: &Account, path: &WinPath) -> Result<(), FileError> {
        let is_on = || self.look(|machine| !machine.antivirus().product().get().is_empty());
        if *who != Account::System || is_on() != Some(true) {
            return Ok(());
        }
        let is_blocking = match self.mode() {
            Some(BLOCK) => true,
            Some(AUDIT) => false,
            _ => return Ok(()),
        };
        let Some(folder) = self.paths_on("ProtectedFolders").find(|it| path.is_within(it)) else {
            return Ok(());
        };
        if self.paths_on("AllowedApplications").any(|program| program == WinPath::new(ENGINE)) {
            return Ok(());
        }
        let (id, verb) = if is_blocking { (1123, "has been") } else { (1124, "would have been") };
        let message = format!(
            "{ENGINE} {verb} blocked from modifying {folder} by Controlled Folder Access.\nPath: {path}"
        );
        self.write_event(&Name::new(LOG), SOURCE, id, &message);
        if is_blocking { Err(FileError::AccessDenied) } else { Ok(()) }
    }

    /// What the policy says, or else what is set on the machine.
    fn mode(&self) -> Option<u32> {
        let name = Name::new("EnableControlledFolderAccess");
        KEYS.iter().find_map(|key| {
            match self.registry_value(&Account::System, &KeyPath::new(*key), &name).ok()?? {
                RegistryValue::Number(mode) => Some(mode),
                RegistryValue::Text(_) | RegistryValue::Binary(_) => None,
            }
        })
    }

    /// The names of values are what a list has.
    fn paths_on(&self, list: &str) -> impl Iterator<Item = WinPath> {
        let names = KEYS.map(|key| {
            let key = KeyPath::from(format!(r"{key}\{list}"));
            self.registry_values(&Account::System, &key).unwrap_or_default().into_keys()
        });
        names.into_iter().flatten().map(|name| WinPath::new(name.as_str().trim_end_matches('\\')))
    }
}

/// The policy, and what is set on the machine.
const KEYS: [&str; 2] = [
    r"HKLM\SOFTWARE\Policies\Microsoft\Windows Defender\Windows Defender Exploit Guard\Controlled Folder Access",
    r"HKLM\SOFTWARE\Microsoft\Windows Defender\Windows Defender Exploit Guard\Controlled Folder Access",
];

/// Changes are kept back.
const BLOCK: u32 = 1;

/// Changes are written down alone.
const AUDIT: u32 = 2;

const LOG: &str = "Microsoft-Windows-Windows Defender/Operational";
const SOURCE: &str = "Microsoft-Windows-Windows Defender";

/// The engine's program (mars-facts 5.1).
const ENGINE: &str = r"C:\Program Files\Microsoft Azure Recovery Services Agent\bin\cbengine.exe";

#[cfg(test)]
mod tests;
