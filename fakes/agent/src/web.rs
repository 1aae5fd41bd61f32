//! Sending requests as SYSTEM, or as a user's browser.

use marslab_model::Act;
use marslab_model::host::Account;
use marslab_wire::dial::AsAccount;
use marslab_wire::http::{Client, Request, Response, Trust};

use crate::proxy::Routes;
use crate::trouble::Trouble;
use crate::{tls_offer, zones};

/// Somebody on the machine who sends requests.
pub(crate) struct Web<'a> {
    host: &'a dyn Act,
    who: Account,
    routes: Routes,
    trust: Trust,
}

impl<'a> Web<'a> {
    /// The agent, as SYSTEM.
    pub(crate) fn of_agent(host: &'a dyn Act) -> Result<Self, Trouble> {
        let routes = Routes::of_agent(host)?;
        let versions = tls_offer::of_agent(host);
        let trust = Trust { roots: host.trusted_roots(), now: host.now(), versions };
        Ok(Self { host, who: Account::System, routes, trust })
    }

    /// A user's browser.
    pub(crate) fn of_browser(host: &'a dyn Act, user: &Account) -> Result<Self, Trouble> {
        let routes = Routes::of_user(host, user)?;
        let versions = tls_offer::of_browser(host);
        let trust = Trust { roots: host.trusted_roots(), now: host.now(), versions };
        Ok(Self { host, who: user.clone(), routes, trust })
    }

    /// Sends a request; whatever is answered is an answer.
    pub(crate) async fn send(&self, request: &Request) -> Result<Response, Trouble> {
        let url = &request.url;
        if self.who == Account::System && !zones::allows_download(self.host, url) {
            return Err(Trouble::DownloadForbidden { host: url.host.to_string() });
        }
        let dial = AsAccount { host: self.host, who: self.who.clone() };
        let proxy = self.routes.to(url);
        let client = Client { dial: &dial, proxy, trust: self.trust.clone() };
        let answer = client.send(request).await;
        answer.map_err(|error| Trouble::Http { host: url.host.to_string(), error })
    }

    /// Sends a request that must succeed.
    pub(crate) async fn fetch(&self, request: &Request) -> Result<Response, Trouble> {
        let response = self.send(request).await?;
        if response.is_success() {
            return Ok(response);
        }
        Err(Trouble::answer(request.url.host.to_string(), &response))
    }
}

/// Reads an answer's JSON.
pub(crate) fn json<T: serde::de::DeserializeOwned>(
    request: &Request,
    response: &Response,
) -> Result<T, Trouble> {
    let read = response.json();
    read.map_err(|error| Trouble::Http { host: request.url.host.to_string(), error })
}
