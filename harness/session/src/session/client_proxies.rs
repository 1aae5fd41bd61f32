//! An HTTP and a SOCKS5 proxy, through which any program on the real machine sees the world as the machine that complains does:
//! by its resolver and its firewall, and through no proxy of the world. They are no part of the world, and so never ask who
//! somebody is.
//!
//! They connect through the simulated network alone, and so to nothing but the lab's own listeners.

use std::io;
use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use http::header::{CONTENT_TYPE, HOST};
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode};
use marslab_engine::local_server;
use marslab_model::host::Network as _;
use marslab_model::net::TlsLayer;
use marslab_model::{Account, Address, Connection, DialError, Host};
use marslab_wire::dial::Dial;
use marslab_wire::http::{self as wire, Client, HttpError, TlsConfig, Url};
use marslab_wire::relay::relay;
use marslab_wire::serve::{Answer, Incoming, Relay, serve_relay};
use marslab_wire::socks;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use super::Session;

/// The two proxies. Dropping them closes them.
pub(super) struct ClientProxies {
    /// `127.0.0.1:port` of the HTTP proxy.
    pub(super) http: String,
    /// `127.0.0.1:port` of the SOCKS5 proxy.
    pub(super) socks: String,
    _servers: JoinSet<()>,
}

impl ClientProxies {
    /// Opens both. Needs a tokio runtime with I/O.
    pub(super) async fn open(session: &Arc<Session>) -> io::Result<Self> {
        let (http, socks) = (local_server::listen().await?, local_server::listen().await?);
        let (http_at, socks_at) = (http.local_addr()?.to_string(), socks.local_addr()?.to_string());
        let machine = Arc::new(Machine(Arc::clone(session)));
        let mut servers = JoinSet::new();
        servers.spawn(serve_http(http, Arc::clone(&machine)));
        servers.spawn(serve_socks(socks, machine));
        Ok(Self { http: http_at, socks: socks_at, _servers: servers })
    }
}

async fn serve_http(listener: TcpListener, machine: Arc<Machine>) {
    let mut open = JoinSet::new();
    while let Some(stream) = local_server::next_of(&listener, &mut open, CONNECTIONS_MAX).await {
        let connection = Connection { stream: Box::new(stream), tls: TlsLayer::Records };
        let machine: Arc<dyn Relay> = Arc::<Machine>::clone(&machine);
        open.spawn(serve_relay(connection, machine));
    }
}

async fn serve_socks(listener: TcpListener, machine: Arc<Machine>) {
    let mut open = JoinSet::new();
    while let Some(stream) = local_server::next_of(&listener, &mut open, CONNECTIONS_MAX).await {
        let machine = Arc::clone(&machine);
        open.spawn(async move {
            // A client that breaks off has had its answer, or wants none.
            machine.connect(stream).await.ok();
        });
    }
}

/// The machine that complains, on which the clients are as if they ran there.
struct Machine(Arc<Session>);

#[async_trait]
impl Dial for Machine {
    async fn dial(&self, to: &Address) -> Result<Connection, DialError> {
        self.0.live().shared_host().dial(&Account::from("SYSTEM".to_owned()), to).await
    }
}

impl Machine {
    async fn connect(&self, stream: TcpStream) -> Result<(), socks::SocksError> {
        let request = socks::accept(stream).await?;
        match self.dial(&request.to).await {
            Err(error) => request.failed(error).await,
            Ok(connection) => {
                relay(request.succeeded().await?, connection.stream).await;
                Ok(())
            }
        }
    }

    /// Opens a tunnel to the authority of a CONNECT.
    async fn tunnel(&self, request: &Request<Incoming>) -> Answer {
        let authority = request.uri().authority().filter(|it| !it.as_str().contains('@'));
        let to = authority.and_then(|it| Some((it.host(), it.port_u16()?)));
        let Some((host, port)) = to else {
            return failure(StatusCode::BAD_REQUEST, "CONNECT requires `host:port`");
        };
        match self.dial(&Address { host: Host::new(host), port }).await {
            Ok(connection) => Answer::Tunnel(connection),
            Err(error) => failure(status_of(error), &error.to_string()),
        }
    }

    /// Passes on a request with an absolute URL, and its answer, while they come.
    async fn forward(&self, request: Request<Incoming>) -> Answer {
        let url = request.uri().to_string();
        let Some(url) = url.parse::<Url>().ok().filter(|it| it.scheme == wire::Scheme::Http) else {
            return failure(
                StatusCode::BAD_REQUEST,
                "this proxy requires an absolute `http://` URL",
            );
        };
        let (head, body) = request.into_parts();
        let headers = end_to_end(head.headers).into_iter().filter_map(|(name, value)| {
            Some((name?.as_str().to_owned(), value.to_str().ok()?.to_owned()))
        });
        let (headers, no_body) = (headers.collect(), Vec::new());
        let asked = wire::Request { method: head.method, url, headers, body: no_body };
        // Nothing here speaks TLS: what is secure goes through tunnels.
        let tls =
            TlsConfig { roots: Vec::new(), now: jiff::Timestamp::now(), versions: Vec::new() };
        let client = Client { dial: self, proxy: None, tls };
        match client.open(&asked, body).await {
            Ok(mut answer) => {
                let headers = end_to_end(std::mem::take(&mut answer.headers));
                let status = answer.status;
                let mut response = Response::new(answer);
                *response.status_mut() = status;
                *response.headers_mut() = headers;
                Answer::PassOn(response)
            }
            Err(HttpError::Dial { error, .. }) => failure(status_of(error), &error.to_string()),
            Err(error) => failure(StatusCode::BAD_GATEWAY, &error.to_string()),
        }
    }
}

#[async_trait]
impl Relay for Machine {
    async fn relay(&self, request: Request<Incoming>) -> Answer {
        if request.method() == Method::CONNECT {
            self.tunnel(&request).await
        } else {
            self.forward(request).await
        }
    }
}

/// What a server that stands for others says (RFC 9110, 15.6.3 and 15.6.5).
fn status_of(error: DialError) -> StatusCode {
    match error {
        DialError::TimedOut => StatusCode::GATEWAY_TIMEOUT,
        DialError::NoSuchHost | DialError::Refused | DialError::Reset | DialError::Unreachable => {
            StatusCode::BAD_GATEWAY
        }
    }
}

fn failure(status: StatusCode, why: &str) -> Answer {
    let mut response = Response::new(Bytes::from(format!("marslab: {why}\n")));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain"));
    Answer::Respond(response)
}

/// What is passed on. The host is written anew.
fn end_to_end(mut headers: HeaderMap) -> HeaderMap {
    wire::remove_hop_by_hop(&mut headers);
    headers.remove(HOST);
    headers
}

/// A further client waits in the listener's queue.
const CONNECTIONS_MAX: usize = 4_096;
