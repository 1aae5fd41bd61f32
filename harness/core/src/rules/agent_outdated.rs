//! An agent older than the latest release.

use super::{AGENT, Rule};
use crate::facts::{AGENT_PROGRAM, VERSION_LABEL};
use crate::scene::Scene;
use crate::seen::{Found, Seen};
use crate::version::Version;

pub(super) const RULE: Rule = Rule { during: AGENT, look };

fn look(scene: &Scene<'_>) -> Seen {
    let Some(installed) = scene.installed(AGENT_PROGRAM) else {
        return Seen::unchecked("the agent's version", "no agent is installed");
    };
    let Some(page) = &scene.network.version_page else {
        return Seen::unchecked("the latest version of the agent", scene.network.obstacle());
    };
    let Some(latest) = latest(page) else {
        return Seen::unchecked("the latest version of the agent", "the page names none");
    };
    let is_old = Version::parse(&installed) < Version::parse(latest);
    let found = is_old.then(|| {
        Found::advice("agent-outdated", "update-agent")
            .about(installed.clone())
            .evidence(format!("{installed} is installed, {latest} is the latest"))
    });
    found.into()
}

fn latest(page: &str) -> Option<&str> {
    let (_, rest) = page.split_once(VERSION_LABEL)?;
    let version = rest.split_whitespace().next()?;
    Version::parse(version).map(|_| version)
}

#[cfg(test)]
mod tests;
