//! The reference diagnostic core: told a complaint, it looks at the machine through the host port and says what is
//! wrong.
//!
//! | module | what lives there |
//! | --- | --- |
//! | `facts` | paths, keys and hosts of the product, with their sources |
//! | [`Limits`] | the product's numbers that decide something, with their sources |
//! | `scene` | `Scene`: everything that several rules look at, gathered once |
//! | `service` | whether a service works |
//! | `config`, `credentials`, `scratch`, `items`, `log` | what the agent and the portal left on the machine |
//! | `needed` | what the agent has to open there, and who keeps it from doing so |
//! | `manifest`, `version`, `wildcard` | small languages that several things are written in |
//! | `topic` | the operation to which a message belongs, in four languages |
//! | `proxy`, `tls`, `survey` | how an account gets out, and what the network lets pass |
//! | `unread` | what the machine did not let the core read |
//! | `portal`, `login` | what the cloud answers to the user, and to the credentials file |
//! | `rules` | one rule a file: small, pure, over the scene |
//! | `dry_run` | the steps of an operation, tried where no rule has a cause |
//! | `variants` | the core as it would be with something changed, for tests |
//!
//! A rule never sees the complaint's message, only which operation failed: the message is the same on a healthy
//! machine. Where the customer names an operation that shows no such message, the message tells which it was. What could
//! not be looked at becomes an [`Unchecked`](marslab_model::Unchecked), never a finding.

use async_trait::async_trait;
use marslab_model::host::Hooked;
use marslab_model::subject::SubjectError;
use marslab_model::world::Language;
use marslab_model::{Complaint, Diagnosis, Finding, HostRead, Level, Subject};

mod config;
mod credentials;
mod dry_run;
mod facts;
mod items;
mod limits;
mod log;
mod login;
mod manifest;
mod needed;
mod portal;
mod proxy;
mod rule_output;
mod rules;
mod scene;
mod scratch;
mod service;
mod survey;
mod tls;
mod topic;
mod unread;
mod variants;
mod version;
mod web;
mod wildcard;

#[cfg(test)]
mod testing;

use unread::Unread;

pub use limits::Limits;
pub use variants::{Altered, WithLimits, WithoutLanguage};

/// The reference diagnostic core. It keeps nothing between two complaints.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReferenceCore;

#[async_trait]
impl Subject for ReferenceCore {
    async fn diagnose(
        &self,
        complaint: &Complaint,
        host: &dyn HostRead,
    ) -> Result<Diagnosis, SubjectError> {
        Ok(diagnose(complaint, host, (&LANGUAGES, Limits::default())).await)
    }
}

async fn diagnose(
    complaint: &Complaint,
    host: &dyn HostRead,
    (known, limits): (&[Language], Limits),
) -> Diagnosis {
    let operation = topic::operation(complaint.operation, &complaint.message, known);
    let noted = Hooked::new(host, Unread::default());
    let scene = scene::Scene::gather(operation, &noted, limits).await;
    let mut diagnosis = noted.hook().added_to(rules::judge(&scene));
    let is_cause = |finding: &Finding| finding.level == Level::Cause;
    if !diagnosis.findings.iter().any(is_cause) && diagnosis.unchecked.is_empty() {
        diagnosis.unexplained = dry_run::dry_run(&scene).await;
    }
    diagnosis
}

/// The languages in which the core knows the messages.
const LANGUAGES: [Language; 4] =
    [Language::English, Language::Japanese, Language::Korean, Language::ChineseTraditional];

#[cfg(test)]
mod tests;
