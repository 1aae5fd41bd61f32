use marslab_model::world::TlsVersion::{self, V1_0, V1_1, V1_2};
use marslab_testing::TestHost;

use super::{DOTNET_KEY, DOTNET_TLS_KEY, SCHANNEL_KEY, of_agent, of_browser};
use crate::Limits;
use crate::testing::installed;

fn dotnet(release: u32) -> TestHost {
    installed().with_value(DOTNET_KEY, "Release", release)
}

fn without_1_0(host: TestHost) -> TestHost {
    host.with_value(&format!(r"{SCHANNEL_KEY}\TLS 1.0\Client"), "Enabled", 0)
}

#[track_caller]
fn check(host: &TestHost, expected: &[TlsVersion]) {
    assert_eq!(of_agent(host, &Limits::default()), expected);
}

#[test]
fn an_old_dotnet_offers_1_0_alone() {
    check(&dotnet(379_893), &[V1_0]);
    check(&installed(), &[V1_0]);
    check(&dotnet(394_271), &[V1_0]);
    check(&dotnet(394_802), &[V1_0, V1_1, V1_2]);
    check(&dotnet(461_814), &[V1_0, V1_1, V1_2]);
}

#[test]
fn with_1_0_switched_off_nothing_may_be_left() {
    check(&without_1_0(dotnet(379_893)), &[]);
    check(&without_1_0(dotnet(461_814)), &[V1_1, V1_2]);
    assert_eq!(of_browser(&without_1_0(dotnet(379_893))), [V1_1, V1_2]);
}

#[test]
fn settings_go_before_defaults() {
    let strong = |host: TestHost| host.with_value(DOTNET_TLS_KEY, "SchUseStrongCrypto", 1);
    check(&without_1_0(strong(dotnet(379_893))), &[V1_1, V1_2]);
    let default = |host: TestHost| host.with_value(DOTNET_TLS_KEY, "SystemDefaultTlsVersions", 1);
    check(&without_1_0(default(dotnet(379_893))), &[V1_1, V1_2]);
    let weak = dotnet(461_814).with_value(DOTNET_TLS_KEY, "SystemDefaultTlsVersions", 0);
    check(&weak.with_value(DOTNET_TLS_KEY, "SchUseStrongCrypto", 0), &[V1_0]);
    let off = format!(r"{SCHANNEL_KEY}\TLS 1.2\Client");
    check(&dotnet(461_814).with_value(&off, "DisabledByDefault", 1), &[V1_0, V1_1]);
}
