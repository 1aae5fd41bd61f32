//! A diagnosis that is submitted.

use std::io;
use std::path::Path;

use marslab_actions::problem::did_you_mean;
use marslab_engine::local_server::write_private;
use marslab_model::Diagnosis;
use marslab_scenario::catalogue::Catalogue;
use serde_json::{Map, Value};
use thiserror::Error;

/// Why a diagnosis is not taken. The agent may correct it and submit it again.
#[derive(Debug, Error)]
pub(crate) enum Rejected {
    /// It has another shape.
    #[error("not a diagnosis: {0}")]
    Shape(#[from] serde_json::Error),
    /// Its version is unknown.
    #[error("unsupported version {seen}; expected {}", Diagnosis::VERSION)]
    Version {
        /// What was written.
        seen: u32,
    },
    /// It names something that does not exist.
    #[error("unknown {kind} `{id}`{}; the tool `causes` lists all", suggestion(.question.as_deref()))]
    Unknown {
        /// What it should be.
        kind: &'static str,
        /// What was written.
        id: String,
        /// What comes closest.
        question: Option<String>,
    },
    /// It cannot be kept.
    #[error("the lab cannot write the diagnosis: {0}")]
    NotWritten(#[from] io::Error),
}

/// Checks a diagnosis and writes it to a file, in place of one that was submitted before.
pub(crate) fn submit(
    arguments: Map<String, Value>,
    to: &Path,
    catalogue: &Catalogue,
) -> Result<Diagnosis, Rejected> {
    let diagnosis: Diagnosis = serde_json::from_value(Value::Object(arguments))?;
    if diagnosis.version != Diagnosis::VERSION {
        return Err(Rejected::Version { seen: diagnosis.version });
    }
    for finding in &diagnosis.findings {
        known("cause", &finding.cause, catalogue.causes.keys().map(|id| id.as_str()))?;
        if let Some(remedy) = &finding.remedy {
            known("remedy", remedy, catalogue.remedies.keys().map(|id| id.as_str()))?;
        }
    }
    for unchecked in &diagnosis.unchecked {
        known("area", &unchecked.what, catalogue.areas.keys().map(|id| id.as_str()))?;
    }
    write_private(to, &serde_json::to_vec(&diagnosis)?)?;
    Ok(diagnosis)
}

fn known<'a>(
    kind: &'static str,
    id: &str,
    ids: impl Iterator<Item = &'a str> + Clone,
) -> Result<(), Rejected> {
    if ids.clone().any(|known| known == id) {
        return Ok(());
    }
    let question = did_you_mean(id, ids);
    Err(Rejected::Unknown { kind, id: id.to_owned(), question })
}

fn suggestion(question: Option<&str>) -> String {
    question.map_or_else(String::new, |it| format!("; {it}"))
}

#[cfg(test)]
mod tests;
