//! Which proxy an account uses (mars-facts 5.9): the agent's own before that of SYSTEM's internet settings; a user's
//! browser that of the user's.

use marslab_model::host::{Account, RegistryValue};
use marslab_model::net::Host;
use marslab_model::{Address, HostRead, Name};
use marslab_wire::http::{Credentials, Route, Scheme, Url};

use crate::config::{number, text, text_of, value};
use crate::facts::{INTERNET_SETTINGS, OWN_HIVE, PROVIDER_KEY, SYSTEM_HIVE, WINHTTP_KEY};
use crate::wildcard;

pub(crate) mod script;

/// A proxy as it is set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Proxy {
    servers: Servers,
    /// The credentials that it is sent when it asks for them.
    pub(crate) credentials: Option<Credentials>,
    /// Who set it.
    pub(crate) source: Source,
    /// Hosts that are reached without it, with wildcards.
    bypass: Vec<String>,
}

/// Who set a proxy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// The agent's own settings.
    Agent,
    /// The internet settings of SYSTEM.
    System,
    /// The internet settings of a user.
    User(Name),
    /// The settings of WinHTTP, which the agent does not use.
    WinHttp,
}

/// How an account reaches the internet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Setting {
    /// Without a proxy.
    Direct,
    /// Through one.
    Proxy(Proxy),
    /// As a script says.
    Script {
        /// Where the script lies.
        url: String,
        /// Whose settings name it.
        source: Source,
        /// The proxy that is set beside it, for when the script cannot be had.
        beside: Option<Proxy>,
    },
}

/// Where the proxy for each scheme should be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Servers {
    http: Option<Address>,
    https: Option<Address>,
}

impl Proxy {
    /// The way to a URL; `None` if it is reached without the proxy.
    pub(crate) fn route_to(&self, url: &Url) -> Option<Route> {
        let address = match url.scheme {
            Scheme::Http => self.servers.http.as_ref(),
            Scheme::Https => self.servers.https.as_ref(),
        };
        let address = address.filter(|_| self.exception_for(&url.host).is_none())?.clone();
        Some(Route { address, credentials: self.credentials.clone() })
    }

    /// The exception by which a host is reached without it.
    fn exception_for(&self, host: &Host) -> Option<&str> {
        let host = host.to_string();
        let covers = |pattern: &&str| match *pattern {
            "<local>" => !host.contains('.'),
            pattern => wildcard::matches(pattern, &host),
        };
        self.bypass.iter().map(String::as_str).find(covers)
    }

    /// The exception by which a URL is reached without it, and the way to the URL without that exception.
    pub(crate) fn bypassed_way(&self, url: &Url) -> Option<(&str, Route)> {
        let exception = self.exception_for(&url.host)?;
        let all = Self { bypass: Vec::new(), ..self.clone() };
        Some((exception, all.route_to(url)?))
    }

    /// Where it is, for the first scheme that has one.
    pub(crate) fn address(&self) -> Option<&Address> {
        self.servers.http.as_ref().or(self.servers.https.as_ref())
    }

    /// One for both schemes, without credentials and exceptions.
    pub(crate) fn plain(address: Address, source: Source) -> Self {
        let servers = Servers { http: Some(address.clone()), https: Some(address) };
        Self { servers, credentials: None, source, bypass: Vec::new() }
    }
}

impl Servers {
    /// Reads `host:port` or `http=host:port;https=host:port`.
    fn parse(text: &str) -> Self {
        let mut servers = Self::default();
        for entry in entries(text) {
            let (scheme, address) = match entry.split_once('=') {
                Some((scheme, server)) => (scheme, address(server, None)),
                None => ("", address(entry, None)),
            };
            match scheme.to_ascii_lowercase().as_str() {
                "http" => servers.http = address,
                "https" => servers.https = address,
                "" => {
                    servers.http = servers.http.or_else(|| address.clone());
                    servers.https = servers.https.or(address);
                }
                // Protocols that the agent does not speak.
                _ => {}
            }
        }
        servers
    }
}

/// How the agent reaches the internet.
pub(crate) fn of_agent(host: &dyn HostRead) -> Setting {
    if let Some(proxy) = agents_own(host) {
        return Setting::Proxy(proxy);
    }
    let key = format!("{SYSTEM_HIVE}\\{INTERNET_SETTINGS}");
    internet_settings(host, &Account::System, &key, Source::System)
}

/// How a user's browser reaches the internet.
pub(crate) fn of_user(host: &dyn HostRead, user: &Name) -> Setting {
    let key = format!("{OWN_HIVE}\\{INTERNET_SETTINGS}");
    internet_settings(host, &Account::User(user.clone()), &key, Source::User(user.clone()))
}

/// The proxy that `netsh winhttp` sets: a blob with a length and a text at a fixed place (mars-facts 5.8).
pub(crate) fn of_winhttp(host: &dyn HostRead) -> Option<Proxy> {
    let value = value(host, &Account::System, WINHTTP_KEY, "WinHttpSettings")?;
    let RegistryValue::Binary(content) = value else { return None };
    let (length, rest) = content.bytes().get(WINHTTP_LENGTH_AT..)?.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
    let text = std::str::from_utf8(rest.get(..length)?).ok()?;
    in_settings(text, Source::WinHttp)
}

fn agents_own(host: &dyn HostRead) -> Option<Proxy> {
    let value = |name| text(host, PROVIDER_KEY, name);
    let port = number(host, &Account::System, PROVIDER_KEY, "ProxyPort");
    let address = address(&value("ProxyServer")?, port.and_then(|port| u16::try_from(port).ok()))?;
    let password = || value("ProxyPassword").unwrap_or_default();
    let credentials = value("ProxyUser").map(|user| Credentials { user, password: password() });
    let bypass = value("BypassUrls").unwrap_or_default();
    let bypass = entries(&bypass).map(|entry| bare(entry).to_owned()).collect();
    Some(Proxy { credentials, bypass, ..Proxy::plain(address, Source::Agent) })
}

/// What is set as the agent's own server, if it is nothing that the agent takes: `http://` and a host (Microsoft's tool
/// SetMarsProxy refuses the rest).
pub(crate) fn unusable_own_server(host: &dyn HostRead) -> Option<String> {
    let server = text(host, PROVIDER_KEY, "ProxyServer")?;
    let scheme = server.split_once("://").map(|(scheme, _)| scheme);
    let is_http = scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case("http"));
    let is_usable = match number(host, &Account::System, PROVIDER_KEY, "ProxyPort") {
        Some(port) => format!("{}:{port}", bare(&server)).parse::<Address>().is_ok(),
        None => address(&server, None).is_some(),
    };
    (!is_http || !is_usable).then_some(server)
}

fn internet_settings(host: &dyn HostRead, who: &Account, key: &str, source: Source) -> Setting {
    let script = text_of(host, who, key, "AutoConfigURL");
    let proxy = fixed(host, who, key, source.clone());
    match (script, proxy) {
        (Some(url), beside) => Setting::Script { url, source, beside },
        (None, Some(proxy)) => Setting::Proxy(proxy),
        (None, None) => Setting::Direct,
    }
}

/// The proxy that internet settings name themselves, if it is switched on.
fn fixed(host: &dyn HostRead, who: &Account, key: &str, source: Source) -> Option<Proxy> {
    let is_enabled = number(host, who, key, "ProxyEnable").is_some_and(|value| value != 0);
    let server = text_of(host, who, key, "ProxyServer").filter(|_| is_enabled);
    let proxy = server.and_then(|server| in_settings(&server, source))?;
    let bypass = text_of(host, who, key, "ProxyOverride").unwrap_or_default();
    Some(Proxy { bypass: entries(&bypass).map(str::to_owned).collect(), ..proxy })
}

fn in_settings(text: &str, source: Source) -> Option<Proxy> {
    let servers = Servers::parse(text);
    let is_set = servers != Servers::default();
    is_set.then(|| Proxy { servers, credentials: None, source, bypass: Vec::new() })
}

/// The entries of a list as Windows writes one: between semicolons or blanks.
fn entries(list: &str) -> impl Iterator<Item = &str> {
    list.split(|c: char| c == ';' || c.is_whitespace()).filter(|entry| !entry.is_empty())
}

/// Reads `host:port`, `host` or `http://host:port/`.
fn address(text: &str, port: Option<u16>) -> Option<Address> {
    let text = bare(text);
    if let Ok(address) = text.parse() {
        return Some(address);
    }
    format!("{text}:{}", port.unwrap_or(DEFAULT_PORT)).parse().ok()
}

/// A server without scheme and final slash.
fn bare(text: &str) -> &str {
    text.split_once("://").map_or(text, |(_, rest)| rest).trim_end_matches('/')
}

/// Behind size, counter and flags, four bytes each.
const WINHTTP_LENGTH_AT: usize = 12;

/// The port of a proxy whose setting names none, as Windows takes it.
const DEFAULT_PORT: u16 = 80;

#[cfg(test)]
mod tests;
