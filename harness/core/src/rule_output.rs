//! What a rule returns.

use marslab_model::{Finding, Unchecked};

/// What a rule found, and what it could not look at; by default that nothing is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct RuleOutput {
    /// What is wrong.
    pub(crate) findings: Vec<Finding>,
    /// What could not be looked at, and why.
    pub(crate) unchecked: Vec<Unchecked>,
}

impl RuleOutput {
    /// An area could not be looked at.
    pub(crate) fn unchecked(area: &str, because: impl Into<String>) -> Self {
        Self::default().with_unchecked(area, because)
    }

    /// The same with one more area that could not be looked at.
    pub(crate) fn with_unchecked(mut self, area: &str, because: impl Into<String>) -> Self {
        self.unchecked.push(Unchecked { what: area.to_owned(), because: because.into() });
        self
    }
}

impl From<Finding> for RuleOutput {
    fn from(finding: Finding) -> Self {
        Some(finding).into()
    }
}

impl From<Option<Finding>> for RuleOutput {
    fn from(finding: Option<Finding>) -> Self {
        finding.into_iter().collect()
    }
}

impl FromIterator<Finding> for RuleOutput {
    fn from_iter<I: IntoIterator<Item = Finding>>(findings: I) -> Self {
        Self { findings: findings.into_iter().collect(), ..Self::default() }
    }
}
