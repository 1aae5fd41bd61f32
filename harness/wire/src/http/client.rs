//! Sends a request: directly, through a proxy, or through a tunnel that a proxy opens.

use std::error::Error;
use std::fmt;

use bytes::Bytes;
use hyper::body::Body;
use marslab_model::{Address, Connection, Content};

use super::exchange::{self, Outcome, WireRequest, exchange};
use super::login::ProxyLogin;
use super::{BODY_BYTES_MAX, HttpError, Piped, Request, Response, Scheme, Streamed, Url};
use crate::dial::Dial;
use crate::tls::{self, TlsConfig, TlsError};

/// A user name and a password for a proxy.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// The user name.
    pub user: String,
    /// The password; never printed.
    pub password: String,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").field("user", &self.user).finish_non_exhaustive()
    }
}

/// A proxy and how to log in to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// The proxy's address.
    pub address: Address,
    /// Used when the proxy asks for authentication.
    pub credentials: Option<Credentials>,
}

/// An HTTP client. It does not keep connections, follow redirections or store cookies.
pub struct Client<'a> {
    /// Opens the connections.
    pub dial: &'a dyn Dial,
    /// The proxy, or `None` for direct connections.
    pub proxy: Option<Route>,
    /// The settings for `https`.
    pub tls: TlsConfig,
}

impl Client<'_> {
    /// Sends a request and reads the whole response.
    ///
    /// If a proxy answers an `http` request itself, with 407 or 403 for example, that is the response. If it refuses a
    /// tunnel for `https`, that is [`HttpError::ProxyRefused`].
    pub async fn send(&self, request: &Request) -> Result<Response, HttpError> {
        if let (Some(route), Scheme::Http) = (&self.proxy, request.url.scheme) {
            let outcome = self.ask_proxy(route, || WireRequest::to_proxy(request)).await?;
            return outcome.into_response();
        }
        let body = Piped::from(Bytes::from(request.body.clone()));
        self.open(request, body).await?.whole(BODY_BYTES_MAX).await
    }

    /// Sends a request to its server, through a tunnel if there is a proxy, with `body` in place of its own, and does not
    /// wait for the body of the answer. A body without a length is sent in chunks.
    pub async fn open<B>(&self, request: &Request, body: B) -> Result<Streamed, HttpError>
    where
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: Into<Box<dyn Error + Send + Sync>>,
    {
        let connection = match request.url.scheme {
            Scheme::Http => self.connect(&request.url).await?,
            Scheme::Https => self.connect_securely(&request.url).await?,
        };
        Box::pin(exchange::open(connection, exchange::to_server(request, body)?)).await
    }

    /// Opens a connection to the server of a URL, through a tunnel if there is a proxy. TLS is for the caller to speak.
    pub async fn connect(&self, url: &Url) -> Result<Connection, HttpError> {
        match &self.proxy {
            Some(route) => self.tunnel(route, url).await,
            None => self.dial_server(url).await,
        }
    }

    /// Opens a connection and speaks TLS. Where the server has left out the authority that issued its certificate, that is
    /// downloaded from where the certificate says, as Windows does (`CertGetCertificateChain`); † by the same way.
    async fn connect_securely(&self, url: &Url) -> Result<Connection, HttpError> {
        let error = match tls::connect(self.connect(url).await?, &url.host, &self.tls).await {
            Ok(connection) => return Ok(connection),
            Err(error) => error,
        };
        let Some(issuer) = self.download_issuer(&error).await else { return Err(error.into()) };
        let again = self.connect(url).await?;
        Ok(tls::connect_with_authorities(again, &url.host, &self.tls, &[issuer]).await?)
    }

    /// The certificate of the authority that an incomplete chain lacks.
    async fn download_issuer(&self, error: &TlsError) -> Option<Content> {
        let TlsError::UntrustedRoot { issuer_at: Some(at), .. } = error else { return None };
        let url: Url = at.parse().ok()?;
        if url.scheme != Scheme::Http {
            return None;
        }
        // Boxed, because it is what asked for it.
        let answer = Box::pin(self.send(&Request::get(url))).await.ok()?;
        answer.is_success().then(|| answer.body.into())
    }

    async fn dial_server(&self, url: &Url) -> Result<Connection, HttpError> {
        let to = url.address();
        let dialled = self.dial.dial(&to).await;
        dialled.map_err(|error| HttpError::Dial { to, error })
    }

    async fn dial_proxy(&self, route: &Route) -> Result<Connection, HttpError> {
        let dialled = self.dial.dial(&route.address).await;
        dialled.map_err(|error| HttpError::ProxyDial { proxy: route.address.clone(), error })
    }

    async fn tunnel(&self, route: &Route, url: &Url) -> Result<Connection, HttpError> {
        match self.ask_proxy(route, || WireRequest::connect(url)).await? {
            Outcome::Tunnel(connection) => Ok(connection),
            Outcome::Response(answer) => Err(HttpError::ProxyRefused {
                proxy: route.address.clone(),
                status: answer.status,
                headers: Box::new(answer.headers),
            }),
            Outcome::Reconnect(_) => Err(HttpError::Closed),
        }
    }

    /// Sends a request to a proxy, and repeats it with credentials if the proxy asks for them: on the same connection if the
    /// proxy keeps it.
    async fn ask_proxy(
        &self,
        route: &Route,
        request: impl Fn() -> Result<WireRequest, HttpError>,
    ) -> Result<Outcome, HttpError> {
        let credentials = route.credentials.as_ref();
        let mut login = credentials.map(|known| ProxyLogin::new(known, self.tls.now));
        let mut authorization = None;
        for _ in 1..CONNECTIONS_MAX {
            let connection = self.dial_proxy(route).await?;
            match exchange(connection, request()?.authorized(authorization), login.as_mut()).await?
            {
                Outcome::Reconnect(next) => authorization = Some(next),
                outcome => return Ok(outcome),
            }
        }
        let connection = self.dial_proxy(route).await?;
        exchange(connection, request()?.authorized(authorization), None).await
    }
}

/// The most connections for one request. Proxies may close the first two while they log the client in.
const CONNECTIONS_MAX: usize = 3;
