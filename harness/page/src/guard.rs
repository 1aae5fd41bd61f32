//! Who may see the page: the browser that opened the printed link, on this machine, and no other site's page in it.
//!
//! The link carries a token that is good once. It is exchanged for a cookie that scripts cannot read and that is not sent along
//! from other sites; from then on the address is clean. A `Host` other than the server's own would be a name that was made to
//! lead here (DNS rebinding); an `Origin` other than the page's own would be a form or script of another site.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};

use http::{HeaderMap, StatusCode, header};
use marslab_engine::local_server;

/// The number of a visit: whose world a browser gets.
pub(crate) type VisitNumber = usize;

/// Lets browsers in.
#[derive(Debug)]
pub(crate) struct Guard {
    port: u16,
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    /// Tokens of links that were not opened yet.
    invitations: BTreeMap<String, VisitNumber>,
    /// Browsers that came in, by their cookie's value.
    visitors: BTreeMap<String, VisitNumber>,
}

/// Why a request is turned away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TurnedAway {
    /// Its `Host` is not the page's.
    Host,
    /// It changes something, and does not come from the page.
    Origin,
    /// It has no cookie of this page, or its link was used before.
    Unknown,
}

impl TurnedAway {
    pub(crate) const fn status(self) -> StatusCode {
        match self {
            Self::Host | Self::Origin => StatusCode::FORBIDDEN,
            Self::Unknown => StatusCode::UNAUTHORIZED,
        }
    }

    /// What the answer says.
    pub(crate) const fn reason(self) -> &'static str {
        match self {
            Self::Host => "The page is only at 127.0.0.1 or localhost, and at its own port.\n",
            Self::Origin => "Requests from other pages are not allowed.\n",
            Self::Unknown => {
                "Open the link that marslab printed. It works once; in another browser, start the page again.\n"
            }
        }
    }
}

impl Guard {
    /// A guard of the page at this port, which knows no one yet.
    pub(crate) fn new(port: u16) -> Self {
        Self { port, known: Mutex::default() }
    }

    /// A link that lets one browser in, to a visit.
    pub(crate) fn invite(&self, visit: VisitNumber) -> io::Result<String> {
        let token = local_server::token()?;
        let link = format!("http://127.0.0.1:{}{ENTRANCE}?token={token}", self.port);
        self.known().invitations.insert(token, visit);
        Ok(link)
    }

    /// Exchanges a link's token for the header value that sets a cookie.
    pub(crate) fn enter(&self, token: &str) -> io::Result<Result<String, TurnedAway>> {
        let value = local_server::token()?;
        let mut known = self.known();
        let Some(visit) = known.invitations.remove(token) else {
            return Ok(Err(TurnedAway::Unknown));
        };
        let cookie = format!("{}={value}; HttpOnly; SameSite=Strict; Path=/", self.cookie_name());
        known.visitors.insert(value, visit);
        Ok(Ok(cookie))
    }

    /// Whether a request may be answered at all.
    pub(crate) fn check_host(&self, headers: &HeaderMap) -> Result<(), TurnedAway> {
        match text(headers, header::HOST) {
            Some(host) if self.is_own(host) => Ok(()),
            _ => Err(TurnedAway::Host),
        }
    }

    /// Whether a request comes from the page itself.
    pub(crate) fn check_origin(&self, headers: &HeaderMap) -> Result<(), TurnedAway> {
        let host = text(headers, header::HOST).unwrap_or_default();
        match text(headers, header::ORIGIN).and_then(|origin| origin.strip_prefix("http://")) {
            Some(origin) if origin == host && self.is_own(host) => Ok(()),
            _ => Err(TurnedAway::Origin),
        }
    }

    /// Whose request it is.
    pub(crate) fn visitor(&self, headers: &HeaderMap) -> Result<VisitNumber, TurnedAway> {
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|it| it.to_str().ok());
        let pairs = cookies.flat_map(|it| it.split(';')).filter_map(|it| it.trim().split_once('='));
        let name = self.cookie_name();
        let mut values = pairs.filter(|(key, _)| *key == name).map(|(_, value)| value);
        let known = self.known();
        values.find_map(|value| known.visitors.get(value)).copied().ok_or(TurnedAway::Unknown)
    }

    fn is_own(&self, host: &str) -> bool {
        let (name, port) = host.rsplit_once(':').unwrap_or((host, "80"));
        ["127.0.0.1", "localhost"].contains(&name) && port == self.port.to_string()
    }

    /// Cookies do not know ports: pages at several would take each other's.
    fn cookie_name(&self) -> String {
        format!("marslab-{}", self.port)
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    let mut values = headers.get_all(name).iter();
    let only = values.next()?;
    // Two of them are one too many, whichever is right.
    if values.next().is_some() { None } else { only.to_str().ok() }
}

/// Where links lead.
pub(crate) const ENTRANCE: &str = "/enter";

#[cfg(test)]
mod tests;
