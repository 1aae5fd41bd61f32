use marslab_model::host::{Account, HostControl as _, Registry as _, System as _};
use marslab_model::{KeyPath, Name};

use crate::tests::{SYSTEM, admin, with};

#[test]
fn the_registry_knows_hives_and_the_environment() {
    let machine = with(|_| {});
    let internet = r"Software\Microsoft\Windows\CurrentVersion\Internet Settings";
    let value = |who: &Account, key: &str, name: &str| {
        machine.registry_value(who, &KeyPath::new(key), &Name::new(name)).unwrap()
    };
    let user_key = KeyPath::from(format!(r"HKCU\{internet}"));
    machine.set_registry_value(
        &admin(),
        &user_key,
        &Name::new("ProxyServer"),
        "10.0.0.5:8080".into(),
    );
    assert_eq!(value(&admin(), user_key.as_str(), "PROXYSERVER"), Some("10.0.0.5:8080".into()));
    assert_eq!(value(&SYSTEM, user_key.as_str(), "ProxyServer"), None);
    assert_eq!(value(&SYSTEM, &format!(r"HKU\S-1-5-18\{internet}"), "proxyenable"), Some(0.into()));
    assert_eq!(
        value(&SYSTEM, &format!(r"HKEY_CURRENT_USER\{internet}\"), "ProxyEnable"),
        Some(0.into())
    );
    let nobody = Account::User(Name::new("nobody"));
    assert_eq!(value(&nobody, user_key.as_str(), "ProxyEnable"), None);
    machine.remove_registry_value(&admin(), &user_key, &Name::new("proxyserver"));
    assert_eq!(
        machine.registry_values(&admin(), &user_key).unwrap(),
        [(Name::new("ProxyEnable"), 0.into())].into()
    );

    let environment =
        KeyPath::new(r"HKLM\SYSTEM\CurrentControlSet\Control\Session Manager\Environment");
    machine.set_registry_value(&SYSTEM, &environment, &Name::new("psmodulepath"), r"C:\M".into());
    let path = Name::new("PSModulePath");
    assert_eq!(value(&SYSTEM, environment.as_str(), path.as_str()), Some(r"C:\M".into()));
    assert_eq!(machine.environment().unwrap()[&path], r"C:\M");
    assert_ne!(machine.environment_at_boot().unwrap()[&path], r"C:\M");
    let manager = KeyPath::new(r"HKLM\SYSTEM\CurrentControlSet\Control\Session Manager");
    assert_eq!(machine.registry_subkeys(&SYSTEM, &manager), Ok([environment].into()));
    let key = KeyPath::new(r"hklm\software\microsoft\PowerShell");
    let subkeys = machine.registry_subkeys(&SYSTEM, &key).unwrap();
    let subkeys = subkeys.iter().map(KeyPath::as_str).collect::<Vec<_>>();
    assert_eq!(
        subkeys,
        [r"HKLM\SOFTWARE\Microsoft\PowerShell\1", r"HKLM\SOFTWARE\Microsoft\PowerShell\3"]
    );
    assert_eq!(value(&SYSTEM, r"HKLM\SOFTWARE\No", "x"), None);
}
