//! Files that the agent has to open and a program has open already (mars-facts 1.9; the English article of 2025: files that
//! an application locks).

use marslab_model::{Finding, Name};

use super::{AGENT, Rule};
use crate::needed::{Keeper, keeper, needed};
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: AGENT, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let places = needed(scene);
    let opened = places.iter().flat_map(|place| &place.opened);
    let found = opened.filter_map(|file| match keeper(scene.host, file) {
        Some(Keeper::Programs(programs)) => {
            let (path, programs): (_, Vec<&str>) =
                (&file.path, programs.iter().map(Name::as_str).collect());
            let found = Finding::cause("file-held-by-program", "close-program");
            let evidence = format!("{path} is open in {}", programs.join(", "));
            Some(found.with_about(path.as_str()).with_evidence(evidence))
        }
        Some(Keeper::AccessList(_) | Keeper::Unnamed) | None => None,
    });
    found.take(FINDINGS_MAX).collect()
}

/// Whoever has more such files looks for them by what they have in common.
const FINDINGS_MAX: usize = 20;

#[cfg(test)]
mod tests;
