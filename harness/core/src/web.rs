//! Asking web servers as one account, over one way.

use jiff::Timestamp;
use marslab_model::HostRead;
use marslab_model::host::Account;
use marslab_model::world::TlsVersion;
use marslab_wire::dial::AccountDialer;
use marslab_wire::http::{Client, HttpError, Request, Response, Route, TlsConfig, Url};

/// One account of the machine, asking the web.
pub(crate) struct Web<'a> {
    /// The machine.
    pub(crate) host: &'a dyn HostRead,
    /// As whom.
    pub(crate) who: Account,
    /// The TLS versions that are offered.
    pub(crate) versions: Vec<TlsVersion>,
    /// The time at which certificates are checked; `None`: the machine's.
    pub(crate) at: Option<Timestamp>,
}

impl<'a> Web<'a> {
    /// Offers what any server takes: most questions are not about TLS.
    pub(crate) fn new(host: &'a dyn HostRead, who: Account) -> Self {
        Self { host, who, versions: vec![TlsVersion::V1_2, TlsVersion::V1_3], at: None }
    }

    /// Asks for a page.
    pub(crate) async fn get(&self, url: &Url, route: Option<Route>) -> Result<Response, HttpError> {
        self.send(&Request::get(url.clone()), route).await
    }

    /// Sends a request.
    pub(crate) async fn send(
        &self,
        request: &Request,
        route: Option<Route>,
    ) -> Result<Response, HttpError> {
        let dial = AccountDialer { host: self.host, who: self.who.clone() };
        let tls = TlsConfig {
            roots: self.host.trusted_roots().unwrap_or_default(),
            now: self.at.unwrap_or_else(|| self.host.now()),
            versions: self.versions.clone(),
        };
        Client { dial: &dial, proxy: route, tls }.send(request).await
    }
}
