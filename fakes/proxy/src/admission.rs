//! The destination of a request, and whether it is allowed.

use http::{Method, Request};
use marslab_model::net::Target;
use marslab_model::world::{Denial, Origin, Proxy};
use marslab_model::{Address, Host, Name, Tracked, World};
use marslab_network::{Plan, resolve};

use super::product::Situation;

/// How the proxy treats a request.
pub(super) enum Admission {
    /// Resets the connection: the proxy is gone, or denies like this.
    Reset,
    /// Answers it itself.
    Respond { situation: Situation, challenges: Vec<String>, location: String },
    /// Opens the tunnel and inspects it, with a certificate from this authority.
    Inspect(Name),
    /// Connects as planned; admission and plan are of the same state of the world.
    Forward(Plan),
}

impl Admission {
    pub(super) fn respond(situation: Situation, challenges: Vec<String>) -> Self {
        Self::Respond { situation, challenges, location: String::new() }
    }
}

/// Decides on the request of an authenticated client.
pub(super) fn admit(
    proxy: &Tracked<'_, Proxy>,
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
    let uri = request.uri();
    if *uri == "*" {
        return Err(Situation::Unsupported);
    }
    let host = uri.host().filter(|host| !host.is_empty()).ok_or(Situation::NoUrl)?;
    let host = Host::new(host);
    if request.method() == Method::CONNECT {
        // Without a port it is that of HTTPS, as Squid has it.
        return Ok(Address { host, port: uri.port_u16().unwrap_or(443) });
    }
    // For an `https` URL the proxy speaks TLS itself.
    let known = [("http", 80), ("https", 443)];
    let scheme = uri.scheme_str().unwrap_or_default();
    let known = known.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(scheme));
    let (_, port) = known.ok_or(Situation::NoUrl)?;
    Ok(Address { host, port: uri.port_u16().unwrap_or(port) })
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
