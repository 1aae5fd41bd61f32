//! A .NET Framework older than the articles ask for.
//!
//! Below 4.5.2 it is advised against. It breaks the agent where its TLS is too old for the servers: below 4.6.2.

use marslab_model::Finding;
use marslab_model::host::Account;

use super::{AGENT, Rule};
use crate::config::number;
use crate::facts::{DOTNET_KEY, DOTNET_RELEASES};
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: AGENT, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let release = number(scene.host, &Account::System, DOTNET_KEY, "Release").unwrap_or(0);
    let is_old = release < scene.limits.newer_tls_release;
    let found = if is_old && scene.offer.is_old_dotnet && scene.offer.is_refused() {
        Finding::cause("dotnet-outdated", "install-dotnet")
            .with_evidence("the servers refuse the TLS versions that it offers")
    } else if release < scene.limits.dotnet_advised {
        Finding::advice("dotnet-outdated", "install-dotnet")
    } else {
        return RuleOutput::default();
    };
    let evidence = format!("the release number of .NET Framework is {release}");
    found.with_about(version(release)).with_evidence(evidence).into()
}

fn version(release: u32) -> &'static str {
    let known = DOTNET_RELEASES.iter().find(|(least, _)| release >= *least);
    known.map_or("4.5", |(_, version)| version)
}

#[cfg(test)]
mod tests;
