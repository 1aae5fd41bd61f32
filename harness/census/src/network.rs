//! What connections without a proxy meet.

use jiff::fmt::rfc2822;
use jiff::{SignedDuration, Timestamp};
use marslab_model::host::Account;
use marslab_model::net::ViaProxy;
use marslab_model::world::TlsVersion;
use marslab_model::{Address, Host, HostRead};
use marslab_wire::dial::AccountDialer;
use marslab_wire::http::{Client, HttpError, Request, Response, Route, Scheme, TlsConfig, Url};
use marslab_wire::tls::TlsError;

use super::{Aspect, Census, Names, note};

/// Resolves every name, dials every server, and asks each that answers. Returned is what time it is: a server's, or else
/// the machine's.
pub(super) async fn look(host: &dyn HostRead, names: &Names, census: &mut Census) -> Timestamp {
    for name in &names.hosts {
        let found = host.resolve(name).await.map(|ips| format!("{ips:?}"));
        let found = found.unwrap_or_else(|error| error.to_string());
        census.note(Aspect::Network, format!("the addresses of {name}"), found);
        let of_server = host.query_dns(name).await.map(|ips| format!("{ips:?}"));
        let of_server = of_server.unwrap_or_else(|error| error.to_string());
        census.note(Aspect::Network, format!("the DNS server's addresses of {name}"), of_server);
    }
    let by_name = names.hosts.iter().cloned().map(Host::Name);
    let by_address = names.addresses.iter().copied().map(Host::Ip);
    for at in by_name.chain(by_address) {
        for port in PORTS {
            server(host, &Address { host: at.clone(), port }, census).await;
        }
    }
    let roots = names.hosts.iter().cloned().map(|host| Url {
        scheme: Scheme::Https,
        port: Scheme::Https.default_port(),
        host: Host::Name(host),
        path: "/".to_owned(),
    });
    for page in roots.chain(names.pages.iter().cloned()) {
        let seen = ask(host, &Request::get(page.clone()), None).await;
        census.note(Aspect::Network, format!("GET {page}"), answer(&seen));
    }
    let ahead = servers_time(host, names).await;
    let shown = ahead.map_or_else(|| "no server tells".to_owned(), |ahead| format!("{ahead} s"));
    census.note(Aspect::Clock, "a server's time less the machine's", shown);
    let now = host.now();
    now.saturating_add(SignedDuration::from_secs(ahead.unwrap_or(0))).unwrap_or(now)
}

async fn server(host: &dyn HostRead, at: &Address, census: &mut Census) {
    let dialled = host.dial(&Account::System, at).await;
    let seen = match &dialled {
        Ok(_) => "connected".to_owned(),
        Err(error) => error.to_string(),
    };
    census.note(Aspect::Network, format!("connect to {at}"), seen);
    let is_named = matches!(at.host, Host::Name(_));
    // Of an address nothing more can be learned: no certificate is for one.
    if dialled.is_err() || !is_named || at.port != Scheme::Https.default_port() {
        return;
    }
    let taken = host.server_tls_versions(&Account::System, at, &ViaProxy(None)).await;
    let seen = taken
        .map(|versions| versions.iter().map(TlsVersion::to_string).collect::<Vec<_>>().join(", "));
    let seen = seen.unwrap_or_else(|error| error.to_string());
    census.note(Aspect::Network, format!("TLS versions of {at}"), seen);
}

/// How many seconds a server is ahead of the machine, by the first page that comes with a date.
async fn servers_time(host: &dyn HostRead, names: &Names) -> Option<i64> {
    let mut routes = vec![None];
    routes.extend(
        names.proxies.iter().cloned().map(|address| Some(Route { address, credentials: None })),
    );
    for route in routes {
        for page in names.pages.iter().filter(|page| page.scheme == Scheme::Http) {
            let answer = ask(host, &Request::get(page.clone()), route.clone()).await;
            let date = answer.ok().and_then(|answer| date(answer.header("date")?));
            if let Some(date) = date {
                return Some(date.duration_since(host.now()).as_secs());
            }
        }
    }
    None
}

fn date(text: &str) -> Option<Timestamp> {
    rfc2822::parse(text).ok().map(|zoned| zoned.timestamp())
}

/// Sends a request as SYSTEM.
pub(super) async fn ask(
    host: &dyn HostRead,
    request: &Request,
    route: Option<Route>,
) -> Result<Response, HttpError> {
    let dial = AccountDialer { host, who: Account::System };
    Client { dial: &dial, proxy: route, tls: tls_config(host) }.send(request).await
}

fn tls_config(host: &dyn HostRead) -> TlsConfig {
    let versions = vec![TlsVersion::V1_2, TlsVersion::V1_3];
    let roots = host.trusted_roots().unwrap_or_default();
    TlsConfig { roots, now: host.now(), versions }
}

/// What came of a request: the status and what tells who answered.
pub(super) fn answer(answer: &Result<Response, HttpError>) -> String {
    let (status, headers, body) = match answer {
        Ok(answer) => (answer.status, &answer.headers, Some(&answer.body)),
        Err(HttpError::ProxyRefused { status, headers, .. }) => (*status, &**headers, None),
        Err(error @ HttpError::Tls(TlsError::UntrustedRoot { issuer, .. })) => {
            return format!("{error}, of {issuer}");
        }
        Err(error) => return error.to_string(),
    };
    let mut seen = vec![status.to_string()];
    for name in TELLING {
        let values = headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
        seen.extend(values.map(|value| format!("{name}: {}", challenge(name, value))));
    }
    let body = body.filter(|body| !body.is_empty());
    seen.extend(body.map(|body| note::text(&String::from_utf8_lossy(body))));
    seen.join(", ")
}

/// Of a challenge only the scheme: what follows is drawn anew each time.
fn challenge<'v>(name: &str, value: &'v str) -> &'v str {
    let scheme = value.split(' ').next().unwrap_or(value);
    if name == "proxy-authenticate" { scheme } else { value }
}

/// HTTP, HTTPS, iSCSI.
const PORTS: [u16; 3] = [80, 443, 3260];

/// Headers that tell who answered, and what it wants.
const TELLING: [&str; 5] = ["server", "via", "x-squid-error", "location", "proxy-authenticate"];
