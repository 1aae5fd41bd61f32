use marslab_model::world::TlsVersion::{V1_0, V1_1, V1_2};

use super::Offer;
use crate::facts::{DOTNET_KEY, DOTNET_SETTINGS, SCHANNEL_PROTOCOLS};
use crate::limits::Limits;
use crate::testing::Machine;

fn offer(release: u32, values: &[(&str, &str, u32)]) -> Offer {
    let machine = Machine::healthy().value(DOTNET_KEY, "Release", release);
    let machine =
        values.iter().fold(machine, |machine, (key, name, value)| machine.value(key, name, *value));
    Offer::read(&machine.host(), &Limits::default())
}

#[test]
fn the_age_of_dotnet_and_its_settings_decide() {
    assert_eq!(offer(461_814, &[]).versions, [V1_0, V1_1, V1_2]);
    assert_eq!(offer(394_802, &[]).versions, [V1_0, V1_1, V1_2]);
    assert_eq!(offer(394_801, &[]).versions, [V1_0]);
    let strong = [(DOTNET_SETTINGS, "SchUseStrongCrypto", 1)];
    assert_eq!(offer(379_893, &strong).versions, [V1_0, V1_1, V1_2]);
    let weak = [(DOTNET_SETTINGS, "SchUseStrongCrypto", 0)];
    assert_eq!(offer(394_802, &weak).versions, [V1_0]);
    assert_eq!(offer(461_814, &weak).versions, [V1_0, V1_1, V1_2]);
}

#[test]
fn windows_can_switch_versions_off() {
    let key = |version: &str| format!(r"{SCHANNEL_PROTOCOLS}\TLS {version}\Client");
    assert_eq!(offer(461_814, &[(&key("1.0"), "Enabled", 0)]).versions, [V1_1, V1_2]);
    assert_eq!(offer(461_814, &[(&key("1.2"), "DisabledByDefault", 1)]).versions, [V1_0, V1_1]);
    let shown = [(key("1.2"), 1), (key("1.0"), 0xffff_ffff)];
    let shown = shown.each_ref().map(|(key, value)| (key.as_str(), "Enabled", *value));
    assert!(offer(461_814, &shown).is_current());
    let old = offer(378_389, &[(&key("1.0"), "Enabled", 0)]);
    assert_eq!((old.versions.len(), old.is_old_dotnet, old.is_current()), (0, true, false));
}
