//! Proxies of the network, and where machines are set to use them.

use marslab_model::world::{Proxy, RegValue, ResponseOptions};
use marslab_model::{Address, Change, Field, KeyPath, Name, World};

use super::{INTERNET_SETTINGS, PROVIDER, Placed, no_values, registry};
use crate::error::NotApplicable;
use crate::value_types::HostAndPort;

/// The address of the proxy that is named, or of the only one that there is.
pub fn named(world: &World, named: Option<&HostAndPort>) -> Result<Name, NotApplicable> {
    let proxies = &world.network.proxies;
    if let Some(named) = named {
        let named = Name::new(named.as_address().to_string());
        let is_known = proxies.contains_key(&named);
        let unknown = || NotApplicable::missing("proxy", &named);
        return is_known.then(|| named.clone()).ok_or_else(unknown);
    }
    let mut names = proxies.keys();
    match (names.next(), names.next()) {
        (Some(only), None) => Ok(only.clone()),
        (None, _) => Err(NotApplicable::State("the network has no proxy")),
        (Some(_), Some(_)) => Err(NotApplicable::Parameters(
            "the network has several proxies; give the address of one",
        )),
    }
}

/// The field of the proxy that is named, or of the only one that there is.
pub fn field(world: &World, named: Option<&HostAndPort>) -> Result<Field<Proxy>, NotApplicable> {
    Ok(Field::world().network().proxies().at(super::proxy::named(world, named)?))
}

/// How the proxy that is named, or the only one that there is, is set up.
pub fn response_options(
    world: &World,
    named: Option<&HostAndPort>,
) -> Result<(Field<ResponseOptions>, ResponseOptions), NotApplicable> {
    let name = super::proxy::named(world, named)?;
    let options = world.network.proxies.get(&name).map(|proxy| proxy.response_options.clone());
    let field = Field::world().network().proxies().at(name).response_options();
    Ok((field, options.unwrap_or_default()))
}

/// A proxy as the LAN settings (WinINET) have it.
#[derive(Debug)]
pub struct LanProxy {
    /// `host:port`, or one for each scheme.
    pub server: String,
    /// The hosts that are reached without it.
    pub exceptions: Vec<String>,
    /// Whether it is used.
    pub is_on: bool,
}

impl LanProxy {
    /// One for everything.
    pub fn at(address: &Address) -> Self {
        Self { server: address.to_string(), exceptions: Vec::new(), is_on: true }
    }
}

/// The LAN settings of the account with this SID. Exceptions of an earlier proxy are not kept.
pub fn lan_proxy(machine: Placed<'_>, sid: &str, proxy: &LanProxy) -> Vec<Change> {
    let LanProxy { server, exceptions, is_on } = proxy;
    let key = KeyPath::new(format!(r"HKU\{sid}\{INTERNET_SETTINGS}"));
    let mut changes = no_values(machine, &key, &["ProxyOverride"]);
    let exceptions = (!exceptions.is_empty()).then(|| exceptions.join(";"));
    let exceptions = exceptions.map(|list| ("ProxyOverride", list.into()));
    let values =
        [("ProxyEnable", u32::from(*is_on).into()), ("ProxyServer", server.as_str().into())];
    changes.extend(registry(machine, key, values.into_iter().chain(exceptions)));
    changes
}

/// The configuration script of the account with this SID: that which the proxy at `server` serves.
pub fn configuration_script(machine: Placed<'_>, sid: &str, server: &Address) -> Vec<Change> {
    let key = KeyPath::new(format!(r"HKU\{sid}\{INTERNET_SETTINGS}"));
    let script = format!("http://{server}/proxy.pac").into();
    registry(machine, key, [("AutoConfigURL", script)])
}

/// What `netsh winhttp set proxy` writes: a size, a counter, flags, then the server and the exceptions, each behind its
/// length. The default is in mars-facts 5.8; † the layout follows Windows' habit.
pub fn winhttp_proxy(machine: Placed<'_>, address: &Address) -> Vec<Change> {
    let server = address.to_string();
    let length = u32::try_from(server.len()).unwrap_or_default();
    let [head, length, none] = [WINHTTP_HEAD.as_slice(), &length.to_le_bytes(), &[0; 4]];
    let blob = [head, length, server.as_bytes(), none].concat();
    let value = RegValue::Binary(blob.into());
    registry(machine, KeyPath::new(WINHTTP), [("WinHttpSettings", value)])
}

/// Switches the proxy in the LAN settings of the account with this SID off, and removes its details.
pub fn no_lan_proxy(machine: Placed<'_>, sid: &str) -> Vec<Change> {
    let key = KeyPath::new(format!(r"HKU\{sid}\{INTERNET_SETTINGS}"));
    let mut changes = no_values(machine, &key, &["ProxyServer", "ProxyOverride", "AutoConfigURL"]);
    changes.extend(registry(machine, key, [("ProxyEnable", 0.into())]));
    changes
}

/// The agent's own proxy, as `Set-OBMachineSetting` is given it (mars-facts 5.6); the names of its values in the registry are †.
#[derive(Debug)]
pub struct OwnProxy {
    /// The server; the product's own tool takes `http://host` alone.
    pub server: String,
    /// The port; where there is none, that of an earlier one is kept.
    pub port: Option<u16>,
    /// The hosts that are reached without it.
    pub bypass: Vec<String>,
}

impl OwnProxy {
    /// One for everything, in the form that the product takes.
    pub fn at(address: &Address) -> Self {
        let server = format!("http://{}", address.host);
        Self { server, port: Some(address.port), bypass: Vec::new() }
    }
}

/// The agent's own proxy. Credentials and exceptions of an earlier one are not kept.
pub fn agent_proxy(machine: Placed<'_>, proxy: &OwnProxy) -> Vec<Change> {
    let OwnProxy { server, port, bypass } = proxy;
    let key = KeyPath::new(PROVIDER);
    let mut changes = no_values(machine, &key, &["ProxyUser", "ProxyPassword", "BypassUrls"]);
    let port = port.map(|port| ("ProxyPort", u32::from(port).into()));
    let bypass = (!bypass.is_empty()).then(|| ("BypassUrls", bypass.join(";").into()));
    let server = ("ProxyServer", server.as_str().into());
    changes.extend(registry(machine, key, [server].into_iter().chain(port).chain(bypass)));
    changes
}

/// Unselects the agent's own proxy.
pub fn clear_agent_proxy(machine: Placed<'_>) -> Vec<Change> {
    let names = ["ProxyServer", "ProxyPort", "ProxyUser", "ProxyPassword", "BypassUrls"];
    no_values(machine, &KeyPath::new(PROVIDER), &names)
}

/// Size, counter and flags: a proxy is named, and may be left out.
const WINHTTP_HEAD: [u8; 12] = [0x28, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0];

/// Where WinHTTP keeps its proxy (mars-facts 5.8).
const WINHTTP: &str =
    r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Internet Settings\Connections";
