use marslab_model::host::RegistryValue;
use marslab_model::{Content, Name};
use marslab_wire::http::Url;
use proptest::prelude::proptest;

use super::{Setting, Source, of_agent, of_user, of_winhttp};
use crate::facts::{PROVIDER_KEY, WINHTTP_KEY};
use crate::testing::{ADMIN, ADMIN_HIVE, Machine};

const SYSTEM: &str = r"HKU\S-1-5-18\Software\Microsoft\Windows\CurrentVersion\Internet Settings";

fn system(server: &str) -> Machine {
    let machine = Machine::healthy().value(SYSTEM, "ProxyEnable", 1);
    machine.value(SYSTEM, "ProxyServer", server)
}

fn url(text: &str) -> Url {
    text.parse().unwrap()
}

/// Who set the proxy for a URL, and where it is.
fn way(setting: &Setting, to: &str) -> String {
    match setting {
        Setting::Direct => "direct".to_owned(),
        Setting::Script { url, beside: None, .. } => format!("script {url}"),
        Setting::Script { url, beside: Some(proxy), .. } => {
            format!("script {url}, else {}", way(&Setting::Proxy(proxy.clone()), to))
        }
        Setting::Proxy(proxy) => {
            let route = proxy.route_to(&url(to));
            route.map_or_else(|| "direct".to_owned(), |route| route.address.to_string())
        }
    }
}

#[track_caller]
fn check(machine: Machine, http: &str, https: &str) {
    let setting = of_agent(&machine.host());
    assert_eq!(way(&setting, "http://www.a.example/"), http);
    assert_eq!(way(&setting, "https://www.a.example/"), https);
}

#[test]
fn systems_settings_are_read_as_windows_writes_them() {
    let proxy = "10.0.0.5:8080";
    check(Machine::healthy(), "direct", "direct");
    check(system(proxy), proxy, proxy);
    check(system(" http://10.0.0.5:8080/ "), proxy, proxy);
    check(system("http=10.0.0.5:8080;https=10.0.0.6:8443"), proxy, "10.0.0.6:8443");
    check(system("http=10.0.0.5:8080"), proxy, "direct");
    check(system("ftp=10.0.0.7:21 10.0.0.5:8080"), proxy, proxy);
    check(system("proxy.contoso.example"), "proxy.contoso.example:80", "proxy.contoso.example:80");
    check(system(""), "direct", "direct");
    check(system("?!"), "direct", "direct");
    check(system(proxy).value(SYSTEM, "ProxyEnable", 0), "direct", "direct");
    check(system(proxy).without_value(SYSTEM, "ProxyEnable"), "direct", "direct");
    let script = "http://wpad.contoso.example/proxy.pac";
    let with_script = system(proxy).value(SYSTEM, "AutoConfigURL", script);
    let either = format!("script {script}, else {proxy}");
    check(with_script.clone(), &either, &either);
    let alone = format!("script {script}");
    check(with_script.value(SYSTEM, "ProxyEnable", 0), &alone, &alone);
}

#[test]
fn exceptions_are_reached_directly() {
    let machine =
        system("10.0.0.5:8080").value(SYSTEM, "ProxyOverride", "<local>; *.A.example;10.*");
    let setting = of_agent(&machine.host());
    for (to, expected) in [
        ("https://www.a.example/", "direct"),
        ("https://www.b.example/", "10.0.0.5:8080"),
        ("https://intranet/", "direct"),
        ("https://10.1.2.3/", "direct"),
        ("https://110.1.2.3/", "10.0.0.5:8080"),
    ] {
        assert_eq!(way(&setting, to), expected, "{to}");
    }
}

#[test]
fn the_agents_own_goes_before_systems() {
    let own = |machine: Machine| machine.value(PROVIDER_KEY, "ProxyServer", "10.0.0.9");
    let both = own(system("10.0.0.5:8080")).value(PROVIDER_KEY, "ProxyPort", 3128);
    check(both.clone(), "10.0.0.9:3128", "10.0.0.9:3128");
    check(own(Machine::healthy()), "10.0.0.9:80", "10.0.0.9:80");
    let whole = Machine::healthy().value(PROVIDER_KEY, "ProxyServer", "http://10.0.0.9:8080");
    check(whole, "10.0.0.9:8080", "10.0.0.9:8080");

    let named = both.value(PROVIDER_KEY, "ProxyUser", r"CORP\backup");
    let Setting::Proxy(proxy) = of_agent(&named.value(PROVIDER_KEY, "ProxyPassword", "s").host())
    else {
        panic!("no proxy")
    };
    assert_eq!(proxy.source, Source::Agent);
    let credentials = proxy.credentials.unwrap();
    assert_eq!((credentials.user.as_str(), credentials.password.as_str()), (r"CORP\backup", "s"));
}

#[test]
fn a_user_has_settings_of_its_own() {
    let key = SYSTEM.replace(r"HKU\S-1-5-18", ADMIN_HIVE);
    let machine = Machine::healthy().value(&key, "ProxyEnable", 1);
    let machine = machine.value(&key, "ProxyServer", "10.0.0.5:8080");
    let host = machine.host();
    assert_eq!(of_agent(&host), Setting::Direct);
    assert_eq!(way(&of_user(&host, &Name::new(ADMIN)), "https://a.example/"), "10.0.0.5:8080");
}

fn winhttp(bytes: Vec<u8>) -> Option<String> {
    let value = RegistryValue::Binary(Content::from(bytes));
    let machine = Machine::healthy().value(WINHTTP_KEY, "WinHttpSettings", value);
    let proxy = of_winhttp(&machine.host())?;
    Some(proxy.route_to(&url("https://a.example/"))?.address.to_string())
}

#[test]
fn winhttp_keeps_a_blob() {
    let mut blob = vec![0x28, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 13, 0, 0, 0];
    blob.extend(b"10.0.0.5:8080");
    blob.extend([0; 4]);
    assert_eq!(winhttp(blob.clone()).as_deref(), Some("10.0.0.5:8080"));
    assert_eq!(winhttp(blob[..20].to_vec()), None);
    // `Direct access (no proxy server)` (mars-facts 5.8).
    let direct = [0x18, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    assert_eq!(winhttp(direct.to_vec()), None);
    assert_eq!(of_winhttp(&Machine::healthy().host()), None);
}

proptest! {
    #[test]
    fn any_setting_is_survived(text in "\\PC{0,40}") {
        drop(of_agent(&system(&text).host()));
    }
}
