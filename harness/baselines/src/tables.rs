//! Baselines that know the catalogue and the complaint, and look at no machine.

use std::collections::BTreeMap;

use async_trait::async_trait;
use marslab_model::host::HostRead;
use marslab_model::subject::SubjectError;
use marslab_model::{Complaint, Diagnosis, Finding, Subject, Unchecked};
use marslab_scenario::catalogue::{Catalogue, Failure, Message};

/// Finds nothing.
pub(crate) struct Silence;

#[async_trait]
impl Subject for Silence {
    async fn diagnose(&self, _: &Complaint, _: &dyn HostRead) -> Result<Diagnosis, SubjectError> {
        Ok(Diagnosis::healthy())
    }
}

/// Finds nothing, and leaves every area unchecked.
pub(crate) struct UncheckedPadder;

#[async_trait]
impl Subject for UncheckedPadder {
    async fn diagnose(&self, _: &Complaint, _: &dyn HostRead) -> Result<Diagnosis, SubjectError> {
        let areas = Catalogue::known().areas.values();
        let unchecked = areas.map(|area| Unchecked {
            what: area.id.to_string(),
            because: "it was not looked at".to_owned(),
        });
        Ok(Diagnosis { unchecked: unchecked.collect(), ..Diagnosis::healthy() })
    }
}

/// Finds the cause that most rows with the message have.
pub(crate) struct MessageTable;

#[async_trait]
impl Subject for MessageTable {
    async fn diagnose(
        &self,
        told: &Complaint,
        _: &dyn HostRead,
    ) -> Result<Diagnosis, SubjectError> {
        Ok(commonest(rows_of(told).into_iter()))
    }
}

/// Finds the cause that most rows of the message's section have.
pub(crate) struct CommonestCause;

#[async_trait]
impl Subject for CommonestCause {
    async fn diagnose(
        &self,
        told: &Complaint,
        _: &dyn HostRead,
    ) -> Result<Diagnosis, SubjectError> {
        let rows = rows_of(told);
        let section = most_frequent(rows.iter().map(|row| row.section.as_str()));
        let all = Catalogue::known().failures_in_order();
        Ok(commonest(all.filter(|row| Some(row.section.as_str()) == section)))
    }
}

/// The rows whose message is in the complaint.
fn rows_of(told: &Complaint) -> Vec<&'static Failure> {
    let catalogue = Catalogue::known();
    let is_told = |message: &Message| {
        let text = &message.text;
        let wordings = [Some(&text.en), text.ja.as_ref(), text.ko.as_ref(), text.zh.as_ref()];
        wordings.into_iter().flatten().any(|text| told.message.contains(text.as_str()))
    };
    let has_message = |row: &&Failure| {
        row.errors.iter().filter_map(|id| catalogue.message(id.as_str())).any(is_told)
    };
    catalogue.failures_in_order().filter(has_message).collect()
}

/// The cause that most of these rows have.
fn commonest<'a>(rows: impl Iterator<Item = &'a Failure>) -> Diagnosis {
    let causes = rows.flat_map(|row| &row.causes).map(|cause| cause.as_str());
    let found = most_frequent(causes).and_then(|id| Catalogue::known().cause(id));
    let findings = found.map(|cause| Finding {
        cause: cause.id.to_string(),
        about: None,
        level: cause.level,
        evidence: Vec::new(),
        remedy: None,
    });
    Diagnosis { findings: findings.into_iter().collect(), ..Diagnosis::healthy() }
}

/// The most frequent text, of several the first by name.
fn most_frequent<'a>(of: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    of.for_each(|text| *counts.entry(text).or_default() += 1);
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(text, _)| text)
}
