//! Which places an operation needs.

use marslab_model::HostName;
use marslab_model::net::Host;
use marslab_wire::http::{Scheme, Url};

use crate::facts::clouds::{Cloud, PROBE, storage_pattern};

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

/// What the machine tells of the hosts that its agent needs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Needs {
    /// The vault's own service. Which region's it is, nobody knows before there is a registration or a credentials file.
    pub(crate) service: Option<HostName>,
    /// The storage account to which it backs up.
    pub(crate) storage: Vec<HostName>,
    /// Whether the agent goes without the connectivity probe of Windows.
    pub(crate) without_probe: bool,
}

/// What the agent needs, the storage account last.
pub(crate) fn of_agent(needs: &Needs) -> Vec<Place> {
    let cloud = Cloud::of(needs.service.as_ref());
    let is_asked = |url: &str| url != PROBE || !needs.without_probe;
    let required = cloud.required.iter().filter_map(|required| {
        let url = match required.url {
            Some(url) => url.parse().ok().filter(|_| is_asked(url)),
            None => needs.service.as_ref().map(at),
        };
        Some(Place { name: required.pattern.to_owned(), url: url? })
    });
    let storage = needs.storage.iter();
    let storage =
        storage.map(|host| Place { name: storage_pattern(host).to_owned(), url: at(host) });
    required.chain(storage).collect()
}

/// What a user's browser needs of the portal.
pub(crate) fn of_portal(cloud: &Cloud) -> Vec<Place> {
    let urls = cloud.portal.iter().filter_map(|url| url.parse::<Url>().ok());
    urls.map(|url| Place { name: url.host.to_string(), url }).collect()
}

/// The first page of a host.
fn at(host: &HostName) -> Url {
    Url { scheme: Scheme::Https, host: Host::Name(host.clone()), port: 443, path: "/".to_owned() }
}
