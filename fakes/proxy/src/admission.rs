//! The destination of a request, and whether it is allowed.

use http::header::{MAX_FORWARDS, VIA};
use http::{Method, Request, Uri};
use marslab_model::net::Target;
use marslab_model::world::{Denial, Origin, Proxy};
use marslab_model::{Address, Host, Name, Tracked, World};
use marslab_network::{Plan, resolve};
use marslab_wire::raw_http;

use super::product::Situation;

/// How the proxy treats a request.
pub(super) enum Admission {
    /// Resets the connection: the proxy is gone, or denies like this.
    Reset,
    /// Answers it itself.
    Respond { situation: Situation, challenges: Vec<String>, location: String },
    /// Opens the tunnel and inspects it, with a certificate from this authority.
    Inspect(Name),
    /// Tells the request back to its client.
    Echo,
    /// Connects as planned; admission and plan are of the same state of the world.
    Forward(Plan),
}

impl Admission {
    pub(super) fn respond(situation: Situation, challenges: Vec<String>) -> Self {
        Self::Respond { situation, challenges, location: String::new() }
    }
}

/// Decides on the request of an authenticated client of the proxy at the address `own`.
pub(super) fn admit(
    (own, proxy): (&Name, &Tracked<'_, Proxy>),
    world: &Tracked<'_, World>,
    head: &Request<()>,
    to: &Address,
) -> Admission {
    let is_tunnel = head.method() == Method::CONNECT;
    let authority = proxy.clone().inspects_as().get();
    let inspects = is_tunnel && !authority.as_str().is_empty();
    // What is wanted from inside a tunnel is evaluated there.
    if inspects {
        return Admission::Inspect(authority.clone());
    }
    if !is_refused(proxy, world, to) {
        if let Some(own) = own_answer(own, head) {
            return own;
        }
        return Admission::Forward(Plan::new(world, Origin::Proxies, to));
    }
    match proxy.clone().denial().get() {
        Denial::Page if is_tunnel => Admission::respond(Situation::RefusedTunnel, Vec::new()),
        Denial::Page => Admission::respond(Situation::Refused, Vec::new()),
        Denial::Reset => Admission::Reset,
        Denial::Redirect(url) => {
            let asked = if is_tunnel { to.to_string() } else { head.uri().to_string() };
            let (situation, url) = redirection(url, head.method());
            let location = url.replace("%u", &escaped(&asked));
            Admission::Respond { situation, challenges: Vec::new(), location }
        }
    }
}

/// The answer to a request that is not to be passed on: one that went through a proxy of this name before, and one that may
/// go no further (RFC 9110, 7.6).
fn own_answer(own: &Name, head: &Request<()>) -> Option<Admission> {
    let words = |name| {
        let lines = head.headers().get_all(name).iter().filter_map(|line| line.to_str().ok());
        lines.flat_map(|line| line.split(',')).map(str::trim)
    };
    let own = own.as_str().rsplit_once(':').map_or(own.as_str(), |(host, _)| host);
    let is_last = words(MAX_FORWARDS).any(|hops| hops == "0");
    match *head.method() {
        Method::CONNECT => None,
        Method::TRACE if is_last => Some(Admission::Echo),
        Method::OPTIONS if is_last => Some(Admission::respond(Situation::Unsupported, Vec::new())),
        _ => words(VIA)
            .any(|hop| hop.split(' ').nth(1) == Some(own))
            .then(|| Admission::respond(Situation::Refused, Vec::new())),
    }
}

/// The kind of a redirection, and its URL. Squid redirects with 302, and with 307 what is neither a GET nor a HEAD, unless
/// the status is given before the URL (proxy-wire 7.4).
fn redirection<'a>(url: &'a str, method: &Method) -> (Situation, &'a str) {
    let is_upload = ![Method::GET, Method::HEAD].contains(method);
    match url.split_once(':') {
        Some(("302", url)) => (Situation::Redirected, url),
        Some(("307", url)) => (Situation::RedirectedUpload, url),
        _ if is_upload => (Situation::RedirectedUpload, url),
        _ => (Situation::Redirected, url),
    }
}

/// A text as part of a query.
fn escaped(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let write = |byte| {
        if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }
    };
    text.bytes().map(write).collect()
}

/// Where a request wants to go: the authority of a CONNECT, or the host of an `http` URL.
pub(super) fn destination(request: &Request<()>) -> Result<Address, Situation> {
    if let Some(raw_http::Target(target)) = request.extensions().get() {
        return tunnel_end(target).ok_or(Situation::NoUrl);
    }
    let uri = request.uri();
    if *uri == "*" {
        return Err(Situation::Unsupported);
    }
    let text = uri.to_string();
    let port = port(uri).filter(|_| text.len() <= URL_BYTES_MAX).ok_or(Situation::NoUrl)?;
    let host = uri.host().map(|host| host.strip_suffix('.').unwrap_or(host));
    let host = host.filter(|host| !host.is_empty()).ok_or(Situation::NoUrl)?;
    Ok(Address { host: Host::new(host), port })
}

/// The port of a URL; for an `https` URL the proxy speaks TLS itself. Of other schemes Squid connects to `ftp`.
fn port(uri: &Uri) -> Option<u16> {
    let known = [("http", 80), ("https", 443), ("ftp", 21)];
    let scheme = uri.scheme_str()?;
    let (_, usual) = known.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(scheme))?;
    let authority = uri.authority()?.as_str();
    let after_host = authority.rsplit_once([']', '@']).map_or(authority, |(_, after)| after);
    match after_host.rsplit_once(':') {
        Some(_) => uri.port_u16().filter(|port| *port != 0),
        None => Some(usual),
    }
}

/// Where a CONNECT wants to go, as Squid 5.7 reads it (measured): the host is all before the colon, without a number the port is
/// that of HTTPS, and whatever follows the number does not count.
fn tunnel_end(target: &str) -> Option<Address> {
    let bracketed = target.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    let (host, rest) = match bracketed {
        Some((host, rest)) => (host, rest.strip_prefix(':').unwrap_or_default()),
        None => target.split_once(':').unwrap_or((target, "")),
    };
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let port = match rest.get(..end)? {
        "" => 443,
        digits => digits.parse().ok().filter(|port| *port != 0)?,
    };
    let host = host.strip_suffix('.').unwrap_or(host);
    (!host.is_empty()).then(|| Address { host: Host::new(host), port })
}

/// Whether the proxy's lists forbid a destination. What is allowed is not refused, as in Squid, where the first rule
/// that matches decides.
fn is_refused(proxy: &Tracked<'_, Proxy>, world: &Tracked<'_, World>, to: &Address) -> bool {
    is_listed(proxy.clone().refuses().get(), world, to)
        && !is_listed(proxy.clone().allows().get(), world, to)
}

/// Whether a list names a destination: by its name as asked, then by the addresses that it resolves to.
fn is_listed(targets: &[Target], world: &Tracked<'_, World>, to: &Address) -> bool {
    let name = match &to.host {
        Host::Name(name) => Some(name),
        Host::Ip(_) => None,
    };
    if targets.iter().any(|target| target.matches(name, None)) {
        return true;
    }
    if !targets.iter().any(|target| matches!(target, Target::Range(_))) {
        return false;
    }
    let ips = match &to.host {
        Host::Name(name) => resolve(world, Origin::Proxies, name).ips,
        Host::Ip(ip) => vec![*ip],
    };
    ips.into_iter().any(|ip| targets.iter().any(|target| target.matches(name, Some(ip))))
}

/// The longest URL (Squid's `MAX_URL`), in bytes.
const URL_BYTES_MAX: usize = 8_191;
