use marslab_model::host::{HostControl as _, Network as _, TlsClient};
use marslab_model::net::ViaProxy;
use marslab_model::world::TlsVersion::{self, V1_0, V1_1, V1_2};
use marslab_model::world::{Proxy, World};
use marslab_model::{Address, DialError, KeyPath, Name};

use super::{DOTNET, DOTNET_SETTINGS, SCHANNEL};
use crate::tests::{SYSTEM, block_on, of, with};

/// What each kind of program offers on a machine with this .NET and these numbers in its registry.
#[track_caller]
fn check(
    release: u32,
    values: &[(&str, &str, u32)],
    (managed, native): (&[TlsVersion], &[TlsVersion]),
) {
    let machine = with(|world| {
        for (key, name, number) in [(DOTNET, "Release", release)].iter().chain(values) {
            let values = of(world).registry.entry(KeyPath::new(*key)).or_default();
            values.insert((*name).into(), (*number).into());
        }
    });
    let found = [TlsClient::Managed, TlsClient::Native].map(|client| machine.tls_versions(client));
    assert_eq!(found, [managed, native], "{release} {values:?}");
}

const ALL: &[TlsVersion] = &[V1_0, V1_1, V1_2];

#[test]
fn an_old_dotnet_offers_1_0_alone() {
    for release in [0, 379_893, 394_271, 394_801] {
        check(release, &[], (&[V1_0], ALL));
    }
    check(394_802, &[], (ALL, ALL));
    check(461_814, &[], (ALL, ALL));
}

#[test]
fn settings_go_before_defaults() {
    check(379_893, &[(DOTNET_SETTINGS, "SchUseStrongCrypto", 1)], (ALL, ALL));
    check(379_893, &[(DOTNET_SETTINGS, "SystemDefaultTlsVersions", 1)], (ALL, ALL));
    let weak = (DOTNET_SETTINGS, "SchUseStrongCrypto", 0);
    check(394_802, &[weak], (&[V1_0], ALL));
    check(461_814, &[weak], (ALL, ALL));
    check(461_814, &[weak, (DOTNET_SETTINGS, "SystemDefaultTlsVersions", 0)], (&[V1_0], ALL));
}

#[test]
fn what_schannel_has_switched_off_is_not_offered() {
    let key = |version: &str| format!(r"{SCHANNEL}\TLS {version}\Client");
    let without_1_0 = key("1.0");
    let off = [(without_1_0.as_str(), "Enabled", 0)];
    check(379_893, &off, (&[], &[V1_1, V1_2]));
    check(461_814, &off, (&[V1_1, V1_2], &[V1_1, V1_2]));
    let older = &[V1_0, V1_1];
    check(461_814, &[(&key("1.2"), "DisabledByDefault", 1)], (older, older));
}

/// The versions that are found to work with a server, through a proxy if there is an address of one.
#[track_caller]
fn works(
    change: impl FnOnce(&mut World),
    (to, proxy): (&str, Option<&str>),
    expected: Result<&[TlsVersion], DialError>,
) {
    let machine = with(change);
    let to: Address = to.parse().unwrap();
    let proxy = ViaProxy(proxy.map(|proxy| proxy.parse().unwrap()));
    let found = block_on(machine.server_tls_versions(&SYSTEM, &to, &proxy));
    assert_eq!(found, expected.map(|versions| versions.iter().copied().collect()), "{to}");
}

const LOGIN: &str = "login.windows.net:443";

const PROXY: &str = "10.0.0.5:8080";

fn requires_1_2(world: &mut World) {
    world.cloud.endpoints.values_mut().for_each(|it| it.tls_min = V1_2);
}

fn has_a_proxy(world: &mut World) {
    world.network.proxies.insert(Name::new(PROXY), Proxy::open("squid-5"));
}

#[test]
fn what_a_server_takes_is_found_by_trying() {
    works(|_| {}, (LOGIN, None), Ok(ALL));
    works(requires_1_2, (LOGIN, None), Ok(&[V1_2]));
    works(|_| {}, ("example.org:443", None), Err(DialError::NoSuchHost));
    // There, no server speaks TLS.
    works(|_| {}, ("www.msftncsi.com:80", None), Ok(&[]));
    // The clock and the roots do not matter.
    works(|world| of(world).trusted_roots.clear(), (LOGIN, None), Ok(ALL));
}

#[test]
fn a_proxy_is_used_and_no_other_way() {
    works(has_a_proxy, (LOGIN, Some(PROXY)), Ok(ALL));
    works(
        |world| {
            has_a_proxy(world);
            requires_1_2(world);
        },
        (LOGIN, Some(PROXY)),
        Ok(&[V1_2]),
    );
    works(has_a_proxy, ("example.org:443", Some(PROXY)), Err(DialError::Refused));
    works(|_| {}, (LOGIN, Some(PROXY)), Err(DialError::TimedOut));
}

#[test]
fn what_schannel_has_switched_off_is_not_tried() {
    let set = |name: &'static str, number: u32| {
        move |world: &mut World| {
            let key = KeyPath::new(format!(r"{SCHANNEL}\TLS 1.0\Client"));
            let values = of(world).registry.entry(key).or_default();
            values.insert(name.into(), number.into());
        }
    };
    works(set("Enabled", 0), (LOGIN, None), Ok(&[V1_1, V1_2]));
    // A program that names the version may use it all the same.
    works(set("DisabledByDefault", 1), (LOGIN, None), Ok(ALL));
}
