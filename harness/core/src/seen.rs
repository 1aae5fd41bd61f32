//! What a rule saw.

use marslab_model::{Finding, Level, Unchecked};

/// What a rule found, and what it could not look at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Seen {
    /// What is wrong.
    pub(crate) findings: Vec<Finding>,
    /// What could not be looked at, and why.
    pub(crate) unchecked: Vec<Unchecked>,
}

impl Seen {
    /// Nothing is wrong.
    pub(crate) fn nothing() -> Self {
        Self::default()
    }

    /// Something could not be looked at.
    pub(crate) fn unchecked(what: impl Into<String>, because: impl Into<String>) -> Self {
        let unchecked = Unchecked { what: what.into(), because: because.into() };
        Self { unchecked: vec![unchecked], ..Self::default() }
    }

    /// The same with one more thing that could not be looked at.
    pub(crate) fn with_unchecked(mut self, what: &str, because: String) -> Self {
        self.unchecked.push(Unchecked { what: what.to_owned(), because });
        self
    }
}

impl From<Found> for Seen {
    fn from(found: Found) -> Self {
        Self { findings: vec![found.0], ..Self::default() }
    }
}

impl From<Option<Found>> for Seen {
    fn from(found: Option<Found>) -> Self {
        found.into_iter().collect()
    }
}

impl FromIterator<Found> for Seen {
    fn from_iter<I: IntoIterator<Item = Found>>(found: I) -> Self {
        let findings = found.into_iter().map(|found| found.0).collect();
        Self { findings, ..Self::default() }
    }
}

/// A finding that is being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found(Finding);

impl Found {
    /// What breaks the operation, and the remedy for it; both are ids of the catalogue.
    pub(crate) fn cause(cause: &str, remedy: &str) -> Self {
        Self(Finding {
            cause: cause.to_owned(),
            about: None,
            level: Level::Cause,
            evidence: Vec::new(),
            remedy: Some(remedy.to_owned()),
        })
    }

    /// What is only advised against.
    pub(crate) fn advice(cause: &str, remedy: &str) -> Self {
        let Self(finding) = Self::cause(cause, remedy);
        Self(Finding { level: Level::Advice, ..finding })
    }

    /// What the finding is about.
    pub(crate) fn about(self, about: impl Into<String>) -> Self {
        Self(Finding { about: Some(about.into()), ..self.0 })
    }

    /// One more thing that was seen.
    pub(crate) fn evidence(mut self, evidence: impl Into<String>) -> Self {
        self.0.evidence.push(evidence.into());
        self
    }
}
