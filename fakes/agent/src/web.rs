//! Sending requests as SYSTEM, or as a user's browser.

use std::sync::OnceLock;

use marslab_model::HostControl;
use marslab_model::host::{Account, TlsClient, UrlPolicy};
use marslab_model::world::TlsVersion;
use marslab_wire::dial::AccountDialer;
use marslab_wire::http::{Client, HttpError, Request, Response, Route, TlsConfig, Url};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};
use serde::de::DeserializeOwned;

use crate::proxy::Routes;
use crate::proxy::script::{self, Hop};
use crate::step_error::StepError;

/// Sends requests as an account.
pub(crate) struct Web<'a> {
    host: &'a dyn HostControl,
    who: Account,
    routes: Routes,
    /// The routes of the script, once it was requested; nothing where it could not be downloaded.
    script: OnceLock<Option<Vec<Hop>>>,
    tls: TlsConfig,
}

impl<'a> Web<'a> {
    /// The agent, as SYSTEM.
    pub(crate) fn of_agent(host: &'a dyn HostControl) -> Result<Self, StepError> {
        let routes = Routes::of_agent(host)?;
        Ok(Self::new(host, Account::System, routes, host.tls_versions(TlsClient::Managed)))
    }

    /// A user's browser.
    pub(crate) fn of_browser(host: &'a dyn HostControl, user: &Account) -> Result<Self, StepError> {
        let routes = Routes::of_user(host, user)?;
        Ok(Self::new(host, user.clone(), routes, host.tls_versions(TlsClient::Native)))
    }

    /// A program of an account that brings its own TLS along.
    pub(crate) fn of_program(host: &'a dyn HostControl, who: &Account) -> Result<Self, StepError> {
        let routes = match who {
            Account::System => Routes::of_agent(host)?,
            Account::User(_) => Routes::of_user(host, who)?,
        };
        Ok(Self::new(host, who.clone(), routes, vec![TlsVersion::V1_2, TlsVersion::V1_3]))
    }

    fn new(
        host: &'a dyn HostControl,
        who: Account,
        routes: Routes,
        versions: Vec<TlsVersion>,
    ) -> Self {
        let roots = host.trusted_roots().unwrap_or_default();
        let tls = TlsConfig { roots, now: host.now(), versions };
        Self { host, who, routes, script: OnceLock::new(), tls }
    }

    /// Sends a request for a call of the engine. An answer of any status is a success.
    ///
    /// † The agent downloads by urlmon, which asks the security zone: the articles have file downloads enabled for the
    /// internet zone, or the required sites added to the trusted sites (34513, 100050).
    async fn send(&self, call: &'static str, request: &Request) -> Result<Response, StepError> {
        let url = &request.url;
        let is_agent = self.who == Account::System;
        let policy = || self.host.download_policy(&self.who, &url.to_string());
        if is_agent && policy() == UrlPolicy::Disallow {
            return Err(StepError::DownloadForbidden);
        }
        let answer = self.answer(request).await?;
        answer.map_err(|error| StepError::Http { call, host: url.host.to_string(), error })
    }

    /// The answer to a request, by the first of its routes that leads anywhere.
    pub(crate) async fn answer(
        &self,
        request: &Request,
    ) -> Result<Result<Response, HttpError>, StepError> {
        let mut failed = HttpError::Closed;
        for way in self.ways(&request.url).await? {
            match self.send_by(way, request).await {
                Ok(answer) => return Ok(Ok(answer)),
                Err(error) => failed = error,
            }
            // The script's next route is for a proxy that does not answer, not for one that refuses.
            if !matches!(failed, HttpError::ProxyDial { .. }) {
                break;
            }
        }
        Ok(Err(failed))
    }

    async fn send_by(&self, way: Option<Route>, request: &Request) -> Result<Response, HttpError> {
        let dial = AccountDialer { host: self.host, who: self.who.clone() };
        Client { dial: &dial, proxy: way, tls: self.tls.clone() }.send(request).await
    }

    /// The routes to a URL, in the order in which they are tried.
    async fn ways(&self, url: &Url) -> Result<Vec<Option<Route>>, StepError> {
        let hops = match (&self.routes.script, self.script.get()) {
            (Some(at), None) => {
                let read = self.read_script(at).await?;
                self.script.get_or_init(|| read).as_ref()
            }
            (_, known) => known.and_then(Option::as_ref),
        };
        let way = |hop: &Hop| match hop {
            Hop::Proxy(address) => Some(Route { address: address.clone(), credentials: None }),
            Hop::Direct => None,
        };
        Ok(match hops {
            Some(hops) => hops.iter().map(way).collect(),
            None => vec![self.routes.to(url)],
        })
    }

    /// Downloads the configuration script, never through a proxy.
    async fn read_script(&self, at: &str) -> Result<Option<Vec<Hop>>, StepError> {
        let Ok(url) = at.parse() else { return Ok(None) };
        let Ok(answer) = self.send_by(None, &Request::get(url)).await else { return Ok(None) };
        if !answer.is_success() {
            return Ok(None);
        }
        let read = script::read(&answer.text());
        read.map(Some).ok_or(StepError::Script)
    }

    /// Sends a request for a call of the engine. The answer must be a success.
    pub(crate) async fn fetch(
        &self,
        call: &'static str,
        request: &Request,
    ) -> Result<Response, StepError> {
        let response = self.send(call, request).await?;
        if response.is_success() { Ok(response) } else { Err(StepError::answer(call, &response)) }
    }

    /// The same, for the JSON of the answer.
    pub(crate) async fn ask<T: DeserializeOwned>(
        &self,
        call: &'static str,
        request: &Request,
    ) -> Result<T, StepError> {
        let response = self.fetch(call, request).await?;
        let host = || request.url.host.to_string();
        response.json().map_err(|error| StepError::Http { call, host: host(), error })
    }
}

/// A request that posts a form.
pub(crate) fn form(url: Url, fields: &[(&str, &str)]) -> Request {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    Request::post(url, "application/x-www-form-urlencoded", body)
}

/// A text as part of a URL's path or query. Colon, slash and at sign need no escape there and stay readable.
pub(crate) fn escaped(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, PART)
}

const PART: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b':')
    .remove(b'/')
    .remove(b'@');
