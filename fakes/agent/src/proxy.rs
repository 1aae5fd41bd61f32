//! Which proxy is used (mars-facts 5.9).
//!
//! | the agent's own setting | WinINET of SYSTEM | proxy |
//! | --- | --- | --- |
//! | set | any | the agent's, with its credentials if it has any |
//! | not set | a script (PAC) | that of the script, without credentials |
//! | not set | a proxy | SYSTEM's, without credentials |
//! | not set | not set | none |
//!
//! The agent's own setting cannot be a script. As in WinINET, a script takes precedence over a proxy, and one that cannot be
//! downloaded is ignored.

use marslab_model::host::Account;
use marslab_model::{Address, HostControl};
use marslab_wire::http::{Credentials, Route, Scheme, Url};

use crate::places::{PROVIDER_KEY, number, number_as, text, text_as};
use crate::step_error::StepError;

pub(crate) mod script;

/// The proxy settings of an account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Routes {
    /// The URL of the configuration script. The other fields count where it cannot be downloaded.
    pub(crate) script: Option<String>,
    servers: Servers,
    credentials: Option<Credentials>,
    bypass: Vec<String>,
}

/// The proxy for each scheme.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Servers {
    http: Option<Address>,
    https: Option<Address>,
}

impl Routes {
    /// The agent's settings: its own proxy, else that of SYSTEM.
    pub(crate) fn of_agent(host: &dyn HostControl) -> Result<Self, StepError> {
        let Some(server) = text(host, PROVIDER_KEY, "ProxyServer") else {
            return Self::of_account(host, &Account::System, SYSTEM_INTERNET_KEY);
        };
        let address = own_address(&server, number(host, PROVIDER_KEY, "ProxyPort"))?;
        let user = text(host, PROVIDER_KEY, "ProxyUser");
        let credentials = user.map(|user| Credentials {
            user,
            password: text(host, PROVIDER_KEY, "ProxyPassword").unwrap_or_default(),
        });
        let servers = Servers { http: Some(address.clone()), https: Some(address) };
        let bypass = text(host, PROVIDER_KEY, "BypassUrls").unwrap_or_default();
        let bypass = entries(&bypass).map(|entry| bare(entry).to_ascii_lowercase()).collect();
        Ok(Self { script: None, servers, credentials, bypass })
    }

    /// The settings of a user's browser.
    pub(crate) fn of_user(host: &dyn HostControl, user: &Account) -> Result<Self, StepError> {
        Self::of_account(host, user, USER_INTERNET_KEY)
    }

    /// The WinINET settings of an account (mars-facts 5.8).
    fn of_account(host: &dyn HostControl, who: &Account, key: &str) -> Result<Self, StepError> {
        let script = text_as(host, who, key, "AutoConfigURL");
        // Windows keeps the address when the proxy is switched off.
        let server = text_as(host, who, key, "ProxyServer").unwrap_or_default();
        if number_as(host, who, key, "ProxyEnable").unwrap_or(0) == 0 {
            return Ok(Self { script, ..Self::default() });
        }
        let bypass = text_as(host, who, key, "ProxyOverride").unwrap_or_default();
        Ok(Self {
            script,
            servers: Servers::parse(&server)?,
            credentials: None,
            bypass: entries(&bypass).map(str::to_ascii_lowercase).collect(),
        })
    }

    /// The proxy for a URL, without the script; `None` for a direct connection.
    pub(crate) fn to(&self, url: &Url) -> Option<Route> {
        let server = match url.scheme {
            Scheme::Http => self.servers.http.as_ref(),
            Scheme::Https => self.servers.https.as_ref(),
        };
        let address = server.filter(|_| !self.is_bypassed(url))?.clone();
        Some(Route { address, credentials: self.credentials.clone() })
    }

    fn is_bypassed(&self, url: &Url) -> bool {
        let host = url.host.to_string().to_ascii_lowercase();
        self.bypass.iter().any(|pattern| match pattern.as_str() {
            "<local>" => !host.contains('.'),
            pattern => matches(pattern, &host),
        })
    }
}

impl Servers {
    /// Reads `host:port`, or `http=host:port;https=host:port`, as WinINET keeps it in `ProxyServer`.
    fn parse(text: &str) -> Result<Self, StepError> {
        let mut all = None;
        let mut servers = Self::default();
        for entry in entries(text) {
            let (scheme, server) = match entry.split_once('=') {
                Some((scheme, server)) => (Some(scheme.to_ascii_lowercase()), server),
                None => (None, entry),
            };
            let place = match scheme.as_deref() {
                None => &mut all,
                Some("http") => &mut servers.http,
                Some("https") => &mut servers.https,
                // A protocol that the agent does not speak.
                Some(_) => continue,
            };
            let address = server_address(server).parse().map_err(|_bad| StepError::ProxySetting)?;
            *place = Some(address);
        }
        servers.http = servers.http.or_else(|| all.clone());
        servers.https = servers.https.or(all);
        Ok(servers)
    }
}

/// The entries of a WinINET list, which are separated by semicolons or blanks.
fn entries(list: &str) -> impl Iterator<Item = &str> {
    list.split(|c: char| c == ';' || c.is_whitespace()).filter(|entry| !entry.is_empty())
}

/// The agent's own server is given as `http://host`, and its port beside it; Microsoft's tool SetMarsProxy refuses any other form.
/// † The agent takes the server as a URL, so that one without a scheme cannot be used, nor one of HTTPS.
fn own_address(server: &str, port: Option<u32>) -> Result<Address, StepError> {
    let url = server.trim();
    let is_http = url.split_once("://").is_some_and(|(it, _)| it.eq_ignore_ascii_case("http"));
    let address = match port.filter(|_| is_http) {
        Some(port) => format!("{}:{port}", bare(url)).parse(),
        None => server_address(url).parse(),
    };
    address.ok().filter(|_| is_http).ok_or(StepError::ProxySetting)
}

/// The server without scheme and final slash.
fn bare(server: &str) -> &str {
    let server = server.trim();
    server.split_once("://").map_or(server, |(_scheme, rest)| rest).trim_end_matches('/')
}

/// The server with its port, or with port 80.
fn server_address(server: &str) -> String {
    let server = bare(server);
    let has_port = server.rsplit_once(':').is_some_and(|(_host, port)| !port.ends_with(']'));
    if has_port { server.to_owned() } else { format!("{server}:80") }
}

/// Whether a pattern matches the whole host; `*` stands for any characters.
fn matches(pattern: &str, host: &str) -> bool {
    let Some((head, rest)) = pattern.split_once('*') else { return pattern == host };
    let Some(mut left) = host.strip_prefix(head) else { return false };
    let mut parts = rest.split('*').peekable();
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return left.ends_with(part);
        }
        match left.split_once(part) {
            Some((_before, after)) => left = after,
            None => return false,
        }
    }
    true
}

/// mars-facts 5.8.
const SYSTEM_INTERNET_KEY: &str =
    r"HKU\S-1-5-18\Software\Microsoft\Windows\CurrentVersion\Internet Settings";

/// mars-facts 5.8.
const USER_INTERNET_KEY: &str = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Internet Settings";

#[cfg(test)]
mod tests;
