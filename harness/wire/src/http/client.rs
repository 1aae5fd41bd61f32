//! Sending a request: directly, through a proxy, or through a tunnel that a proxy opens.

use std::fmt;

use marslab_model::{Address, Connection};

use super::exchange::{Ask, Turn, converse};
use super::login::Login;
use super::{HttpError, Request, Response, Scheme, Url};
use crate::dial::Dial;
use crate::tls::{self, TlsConfig};

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

/// The way through a proxy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// The proxy.
    pub address: Address,
    /// What the proxy is told when it asks.
    pub credentials: Option<Credentials>,
}

/// An HTTP client. It keeps no connection, follows no redirection and stores no cookie.
pub struct Client<'a> {
    /// Opens its connections.
    pub dial: &'a dyn Dial,
    /// The proxy; nothing for direct connections.
    pub proxy: Option<Route>,
    /// Whom it trusts.
    pub tls: TlsConfig,
}

impl Client<'_> {
    /// Sends a request and reads the whole answer.
    ///
    /// A proxy's own answer to a plain request (407, 403) is an answer like any other; its refusal of a tunnel is
    /// [`HttpError::ProxyRefused`].
    pub async fn send(&self, request: &Request) -> Result<Response, HttpError> {
        let connection = match (&self.proxy, request.url.scheme) {
            (Some(route), Scheme::Http) => {
                let turn = self.ask_proxy(route, || Ask::proxy(request)).await?;
                return answer_of(turn);
            }
            (Some(route), Scheme::Https) => self.tunnel(route, &request.url).await?,
            (None, Scheme::Http | Scheme::Https) => self.dial_server(&request.url).await?,
        };
        let connection = match request.url.scheme {
            Scheme::Http => connection,
            Scheme::Https => tls::connect(connection, &request.url.host, &self.tls).await?,
        };
        answer_of(converse(connection, Ask::server(request)?, None).await?)
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
        match self.ask_proxy(route, || Ask::tunnel(url)).await? {
            Turn::Tunnel(connection) => Ok(connection),
            Turn::Answered(answer) => Err(HttpError::ProxyRefused {
                proxy: route.address.clone(),
                status: answer.status,
                headers: Box::new(answer.headers),
            }),
            Turn::Again(_) => Err(HttpError::Closed),
        }
    }

    /// Asks a proxy, and again with credentials where it wants them: on the same connection as long as the proxy keeps it.
    async fn ask_proxy(
        &self,
        route: &Route,
        ask: impl Fn() -> Result<Ask, HttpError>,
    ) -> Result<Turn, HttpError> {
        let mut login = route.credentials.as_ref().map(|known| Login::new(known, self.tls.now));
        let mut first = None;
        for _ in 1..CONNECTIONS_MAX {
            let connection = self.dial_proxy(route).await?;
            match converse(connection, ask()?.authorized(first), login.as_mut()).await? {
                Turn::Again(authorization) => first = Some(authorization),
                turn => return Ok(turn),
            }
        }
        let connection = self.dial_proxy(route).await?;
        converse(connection, ask()?.authorized(first), None).await
    }
}

/// How many connections one request may need: proxies close the first after they have asked, and none a third.
const CONNECTIONS_MAX: usize = 3;

/// The answer to something that was not a CONNECT, which therefore opened no tunnel.
fn answer_of(turn: Turn) -> Result<Response, HttpError> {
    match turn {
        Turn::Answered(answer) => Ok(answer),
        Turn::Tunnel(_) | Turn::Again(_) => Err(HttpError::Closed),
    }
}
