//! The reference diagnostic core: told a complaint, it looks at the machine through the host port and says what is
//! wrong.
//!
//! | module | what lives there |
//! | --- | --- |
//! | [`facts`] | paths, keys, hosts and limits of the product, with their sources |
//! | [`scene`] | [`Scene`](scene::Scene): everything that several rules look at, gathered once |
//! | [`config`], [`credentials`], [`scratch`], [`items`] | what the agent and the portal left on the machine |
//! | [`proxy`], [`tls`], [`survey`] | how an account gets out, and what the network lets pass |
//! | [`portal`], [`login`] | what the cloud answers to the user, and to the credentials file |
//! | [`rules`] | one rule a file: small, pure, over the scene |
//!
//! A rule never sees the complaint's message, only which operation failed: the message is the same on a healthy
//! machine. What could not be looked at becomes an [`Unchecked`](marslab_model::Unchecked), never a finding.

use async_trait::async_trait;
use marslab_model::subject::SubjectError;
use marslab_model::{Complaint, Diagnosis, HostLook, Subject};

mod config;
mod credentials;
mod facts;
mod items;
mod login;
mod portal;
mod proxy;
mod rules;
mod scene;
mod scratch;
mod seen;
mod survey;
mod tls;
mod version;
mod web;
mod wildcard;

#[cfg(test)]
mod testing;

/// The reference diagnostic core. It keeps nothing between two complaints.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReferenceCore;

#[async_trait]
impl Subject for ReferenceCore {
    async fn diagnose(
        &self,
        complaint: &Complaint,
        host: &dyn HostLook,
    ) -> Result<Diagnosis, SubjectError> {
        let scene = scene::Scene::gather(complaint.operation, host).await;
        Ok(rules::judge(&scene))
    }
}

#[cfg(test)]
mod tests;
