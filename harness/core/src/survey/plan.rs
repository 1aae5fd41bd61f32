//! Which places an operation needs.

use marslab_model::HostName;
use marslab_model::net::Host;
use marslab_wire::http::{Scheme, Url};

use crate::facts::{BACKUP_PATTERN, PORTAL_URLS, REQUIRED};

/// A place that is tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// The documented pattern, or the host where none is.
    pub(crate) name: String,
    /// What is asked for.
    pub(crate) url: Url,
}

impl Place {
    /// How a proxy is asked for it.
    pub(crate) fn asked_of_proxy(&self) -> String {
        match self.url.scheme {
            Scheme::Http => format!("GET {}", self.url),
            Scheme::Https => format!("CONNECT {}", self.url.address()),
        }
    }
}

/// What the agent needs, `*.windows.net` last. `service` is the host of the vault's service, if the machine knows it.
pub(crate) fn of_agent(service: Option<&HostName>) -> Vec<Place> {
    let place = |pattern: &str, url: &str| {
        let mut url: Url = url.parse().ok()?;
        if let (BACKUP_PATTERN, Some(service)) = (pattern, service) {
            url.host = Host::Name(service.clone());
        }
        Some(Place { name: pattern.to_owned(), url })
    };
    REQUIRED.iter().filter_map(|required| place(required.pattern, required.url)).collect()
}

/// What a user's browser needs of the portal.
pub(crate) fn of_portal() -> Vec<Place> {
    let urls = PORTAL_URLS.iter().filter_map(|url| url.parse::<Url>().ok());
    urls.map(|url| Place { name: url.host.to_string(), url }).collect()
}
