//! What connections through proxies meet.

use marslab_model::host::{Account, RegistryValue};
use marslab_model::{Address, Host, HostRead, KeyPath, Name};
use marslab_wire::http::{Credentials, Request, Route, Scheme, Url};

use super::network::{answer, ask};
use super::{Aspect, Census, Names};

/// Dials every proxy that any world has or names, and asks each that answers for every server.
pub(super) async fn look(host: &dyn HostRead, names: &Names, census: &mut Census) {
    for address in &names.proxies {
        let dialled = host.dial(&Account::System, address).await;
        let seen = match &dialled {
            Ok(_) => "connected".to_owned(),
            Err(error) => error.to_string(),
        };
        census.note(Aspect::Proxies, format!("connect to {address}"), seen);
        if dialled.is_ok() {
            for route in routes(host, address) {
                through(host, names, &route, census).await;
            }
        }
    }
}

/// Without credentials, and with each that lies on the machine.
pub(super) fn routes(host: &dyn HostRead, address: &Address) -> Vec<Route> {
    let known = credentials(host).into_iter().map(Some);
    let each = [None].into_iter().chain(known);
    each.map(|credentials| Route { address: address.clone(), credentials }).collect()
}

async fn through(host: &dyn HostRead, names: &Names, route: &Route, census: &mut Census) {
    let user = route.credentials.as_ref().map(|known| format!(" as {}", known.user));
    let way = format!("through {}{}", route.address, user.unwrap_or_default());
    let by_name = names.hosts.iter().cloned().map(Host::Name);
    let by_address = names.addresses.iter().copied().map(Host::Ip);
    let servers = by_name.chain(by_address).map(|host| Url {
        scheme: Scheme::Https,
        port: Scheme::Https.default_port(),
        host,
        path: "/".to_owned(),
    });
    let pages = names.pages.iter().filter(|page| matches!(page.host, Host::Name(_))).cloned();
    for url in servers.chain(pages) {
        let seen = ask(host, &Request::get(url.clone()), Some(route.clone())).await;
        census.note(Aspect::Proxies, format!("GET {url} {way}"), answer(&seen));
    }
}

/// Users and passwords in one key of the registry, under names with these endings.
fn credentials(host: &dyn HostRead) -> Vec<Credentials> {
    let mut found = Vec::new();
    let mut keys = vec![KeyPath::new("HKLM\\SOFTWARE")];
    while let Some(key) = keys.pop() {
        keys.extend(host.registry_subkeys(&Account::System, &key).unwrap_or_default());
        let values = host.registry_values(&Account::System, &key).unwrap_or_default();
        let text = |name: &str| match values.get(&Name::new(name)) {
            Some(RegistryValue::Text(text)) if !text.is_empty() => Some(text.clone()),
            _ => None,
        };
        let user = text("ProxyUser");
        found.extend(
            user.map(|user| Credentials {
                user,
                password: text("ProxyPassword").unwrap_or_default(),
            }),
        );
    }
    found
}
