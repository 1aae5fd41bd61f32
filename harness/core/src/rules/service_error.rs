//! A service that answers with an internal error of its own.

use marslab_model::{Finding, Operation};

use super::Rule;
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: &Operation::ALL, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let errors = &scene.network.errors;
    if errors.is_empty() {
        return RuleOutput::nothing();
    }
    let found = Finding::cause("service-error-transient", "retry-later");
    let evidence = errors.iter().map(|(host, status)| format!("{host} answered {status}"));
    evidence.fold(found, Finding::with_evidence).into()
}

#[cfg(test)]
mod tests;
