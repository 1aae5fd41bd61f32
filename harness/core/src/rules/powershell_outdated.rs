//! A PowerShell too old for the agent's module.

use super::{Rule, SCHEDULED};
use crate::config::text;
use crate::facts::POWERSHELL_KEYS;
use crate::scene::Scene;
use crate::seen::{Found, Seen};
use crate::version::Version;

pub(super) const RULE: Rule = Rule { during: SCHEDULED, look };

fn look(scene: &Scene<'_>) -> Seen {
    let versions = POWERSHELL_KEYS.iter();
    let installed = versions.filter_map(|key| text(scene.host, key, "PowerShellVersion")).next();
    let Some(installed) = installed else {
        return Seen::unchecked("the version of PowerShell", "the registry does not name it");
    };
    let major = Version::parse(&installed).map_or(0, |version| version.major());
    let found = (major < scene.limits.powershell_major).then(|| {
        Found::cause("powershell-outdated", "install-powershell")
            .evidence(format!("PowerShell {installed} is installed"))
            .about(installed)
    });
    found.into()
}

#[cfg(test)]
mod tests;
