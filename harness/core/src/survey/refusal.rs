//! Certificates of servers that were refused, and why.

use marslab_model::{Address, Operation};
use marslab_wire::http::Url;

use crate::facts::areas;
use crate::rule_output::RuleOutput;

/// A host whose certificate was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// What was asked for.
    pub(crate) url: Url,
    /// The proxy through which it was asked for.
    pub(crate) via: Option<Address>,
    /// Why.
    pub(crate) why: Distrust,
}

/// Why a certificate is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Distrust {
    /// It chains to no root that the machine trusts.
    Root {
        /// Who issued the last certificate that is known of its chain (`CN=…`); empty where that cannot be read.
        issuer: String,
        /// From where the certificate of that issuer could not be downloaded.
        lost: Option<String>,
    },
    /// It has expired.
    Expired,
    /// It is not valid yet.
    NotYetValid,
    /// It is for another name.
    Name,
}

impl Refusal {
    /// The host.
    pub(crate) fn host(&self) -> String {
        self.url.host.to_string()
    }

    /// The common name of the issuer of a chain that ends in no trusted root.
    pub(crate) fn issuer(&self) -> Option<&str> {
        match &self.why {
            Distrust::Root { issuer, .. } => common_name(issuer),
            Distrust::Expired | Distrust::NotYetValid | Distrust::Name => None,
        }
    }

    /// What such a host says cannot be asked.
    pub(crate) fn unasked(&self, operation: Operation, because: &str) -> RuleOutput {
        unasked(&self.url, operation, because)
    }
}

/// What a host says that cannot be asked.
pub(crate) fn unasked(url: &Url, operation: Operation, because: &str) -> RuleOutput {
    let area = match operation {
        Operation::DownloadCredentials => areas::PORTAL,
        _ => areas::REQUIRED_HOSTS,
    };
    RuleOutput::unchecked(area, format!("{}: {because}", url.host))
}

impl Distrust {
    /// Whether another time would change it.
    pub(crate) fn is_of_time(&self) -> bool {
        matches!(self, Self::Expired | Self::NotYetValid)
    }
}

/// The common name in a name such as `C=US, CN=example`.
pub(crate) fn common_name(name: &str) -> Option<&str> {
    name.split(", ").find_map(|part| part.strip_prefix("CN="))
}
