//! What a request to a storage account is about.

use marslab_model::{HostName, Name};

use super::errors::Refusal;
use crate::request::{CloudRequest, decoded};

/// An account, and a place in it.
#[derive(Debug)]
pub(super) struct Target {
    pub(super) host: HostName,
    /// The first part of the host's name.
    pub(super) account: Name,
    pub(super) is_queue: bool,
    /// A container, or a queue; empty for the account itself.
    pub(super) container: String,
    /// A blob; empty for the container itself.
    pub(super) blob: String,
}

impl Target {
    pub(super) fn new(host: &HostName, container: &str, blob: &str) -> Self {
        let account = host.as_str().split('.').next().unwrap_or_default();
        Self {
            host: host.clone(),
            account: Name::new(account),
            is_queue: host.as_str().to_ascii_lowercase().contains(".queue."),
            container: container.to_owned(),
            blob: blob.to_owned(),
        }
    }

    pub(super) fn of(request: &CloudRequest<'_>) -> Result<Self, Refusal> {
        let path = request.path().trim_start_matches('/');
        let (container, blob) = path.split_once('/').unwrap_or((path, ""));
        let target = Self::new(request.host, &decoded(container), &decoded(blob));
        if target.is_account() || target.is_well_named() {
            Ok(target)
        } else {
            Err(Refusal::InvalidResourceName)
        }
    }

    pub(super) fn is_account(&self) -> bool {
        self.container.is_empty() && self.blob.is_empty()
    }

    /// As the reference on naming has it.
    fn is_well_named(&self) -> bool {
        let container = self.container.as_str();
        let is_plain = (3..=63).contains(&container.len())
            && container
                .bytes()
                .all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-')
            && !container.starts_with('-')
            && !container.ends_with('-')
            && !container.contains("--");
        (is_plain || container == "$root") && self.blob.chars().count() <= 1_024
    }
}
