use marslab_model::KeyPath;
use marslab_model::host::{HostControl as _, TlsClient};
use marslab_model::world::TlsVersion::{self, V1_0, V1_1, V1_2};

use super::{DOTNET, DOTNET_SETTINGS, SCHANNEL};
use crate::tests::{of, with};

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
