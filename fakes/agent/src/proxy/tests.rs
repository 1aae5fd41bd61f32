use marslab_model::host::Account;
use marslab_model::{HostControl, Name};
use marslab_testing::TestHost;
use marslab_wire::http::Route;

use super::{PROVIDER_KEY, Routes, SYSTEM_INTERNET_KEY, Servers, USER_INTERNET_KEY, matches};
use crate::testing::installed;

fn route(routes: &Routes, url: &str) -> Option<String> {
    let route: Route = routes.to(&url.parse().unwrap())?;
    let user = route.credentials.map(|known| format!("{}:{}@", known.user, known.password));
    Some(format!("{}{}", user.unwrap_or_default(), route.address))
}

const SECURE: &str = "https://login.windows.net/";
const PLAIN: &str = "http://www.msftncsi.com/ncsi.txt";

#[track_caller]
fn check_servers(text: &str, http: Option<&str>, https: Option<&str>) {
    let servers = Servers::parse(text).unwrap();
    let text_of =
        |address: Option<marslab_model::Address>| address.map(|address| address.to_string());
    let found = (text_of(servers.http), text_of(servers.https));
    assert_eq!(found, (http.map(str::to_owned), https.map(str::to_owned)), "{text}");
}

#[test]
fn wininet_settings_are_read() {
    check_servers("10.0.0.5:8080", Some("10.0.0.5:8080"), Some("10.0.0.5:8080"));
    check_servers("proxy.corp", Some("proxy.corp:80"), Some("proxy.corp:80"));
    check_servers("http://proxy.corp:3128/", Some("proxy.corp:3128"), Some("proxy.corp:3128"));
    check_servers("http=a:1;https=b:2", Some("a:1"), Some("b:2"));
    check_servers(" HTTPS=b:2 ; ftp=c:3 ", None, Some("b:2"));
    check_servers("http=a:1;b:2", Some("a:1"), Some("b:2"));
    check_servers("socks=a:1", None, None);
    check_servers("[fd00::1]:8080", Some("[fd00::1]:8080"), Some("[fd00::1]:8080"));
    check_servers("", None, None);
    for text in ["10.0.0.5:99999", "http=user:pass@a:1", "a b:0", "https=:1"] {
        assert!(Servers::parse(text).is_err(), "{text}");
    }
}

fn system_proxy(host: TestHost, enable: u32) -> TestHost {
    let host = host.with_value(SYSTEM_INTERNET_KEY, "ProxyEnable", enable);
    host.with_value(SYSTEM_INTERNET_KEY, "ProxyServer", "10.0.0.5:8080")
}

fn agent_proxy(host: TestHost) -> TestHost {
    let host = host.with_value(PROVIDER_KEY, "ProxyServer", "http://10.0.0.9");
    host.with_value(PROVIDER_KEY, "ProxyPort", 3128)
}

/// The table of mars-facts 5.9.
#[test]
fn the_agents_own_proxy_wins() {
    let credentials = |host: TestHost| {
        let host = host.with_value(PROVIDER_KEY, "ProxyUser", "backup");
        host.with_value(PROVIDER_KEY, "ProxyPassword", "word")
    };
    for (host, expected) in [
        (installed(), None),
        (system_proxy(installed(), 0), None),
        (system_proxy(installed(), 1), Some("10.0.0.5:8080")),
        (agent_proxy(installed()), Some("10.0.0.9:3128")),
        (agent_proxy(system_proxy(installed(), 1)), Some("10.0.0.9:3128")),
        (credentials(agent_proxy(installed())), Some("backup:word@10.0.0.9:3128")),
        (credentials(system_proxy(installed(), 1)), Some("10.0.0.5:8080")),
    ] {
        let routes = Routes::of_agent(&host).unwrap();
        assert_eq!(route(&routes, SECURE).as_deref(), expected);
        assert_eq!(route(&routes, PLAIN).as_deref(), expected);
    }
}

#[test]
fn the_agents_setting_is_a_url() {
    for (server, port, expected) in [
        ("http://proxy.corp", Some(8080), Some("proxy.corp:8080")),
        ("HTTP://proxy.corp/", Some(8080), Some("proxy.corp:8080")),
        ("http://proxy.corp:8080/", None, Some("proxy.corp:8080")),
        ("http://proxy.corp", None, Some("proxy.corp:80")),
        ("http://proxy.corp:3128", Some(8080), None),
        ("proxy.corp", Some(8080), None),
        ("proxy.corp:8080", None, None),
        ("https://proxy.corp", Some(8080), None),
        ("http://", Some(8080), None),
        ("http://proxy.corp", Some(70_000), None),
        ("two words", None, None),
    ] {
        let host = installed().with_value(PROVIDER_KEY, "ProxyServer", server);
        let host = match port {
            Some(port) => host.with_value(PROVIDER_KEY, "ProxyPort", port),
            None => host,
        };
        let seen = Routes::of_agent(&host).ok().and_then(|routes| route(&routes, SECURE));
        assert_eq!(seen.as_deref(), expected, "{server} {port:?}");
    }
}

#[test]
fn the_agents_setting_has_exceptions_of_its_own() {
    let bypass = "*.windows.net;http://WWW.msftncsi.com/";
    let host = agent_proxy(installed()).with_value(PROVIDER_KEY, "BypassUrls", bypass);
    let host = host.with_value(SYSTEM_INTERNET_KEY, "ProxyOverride", "*");
    let routes = Routes::of_agent(&host).unwrap();
    for (url, proxied) in [(SECURE, false), (PLAIN, false), ("https://go.microsoft.com/", true)] {
        assert_eq!(route(&routes, url).is_some(), proxied, "{url}");
    }
}

#[test]
fn a_user_has_settings_of_their_own() {
    let host = system_proxy(installed(), 1);
    let host = host.with_value(USER_INTERNET_KEY, "ProxyEnable", 1);
    let host = host.with_value(USER_INTERNET_KEY, "ProxyServer", "https=10.0.0.7:1");
    let user = Account::User(Name::new("CORP\\admin"));
    let routes = Routes::of_user(&host as &dyn HostControl, &user).unwrap();
    assert_eq!(route(&routes, SECURE).as_deref(), Some("10.0.0.7:1"));
    assert_eq!(route(&routes, PLAIN), None);
}

#[test]
fn a_script_goes_before_a_proxy_that_is_set_beside_it() {
    let script = "http://10.0.0.5:8080/proxy.pac";
    for enable in [0, 1] {
        let host = system_proxy(installed(), enable);
        let host = host.with_value(SYSTEM_INTERNET_KEY, "AutoConfigURL", script);
        let routes = Routes::of_agent(&host).unwrap();
        assert_eq!(routes.script.as_deref(), Some(script));
        assert_eq!(route(&routes, SECURE).is_some(), enable == 1);
        let routes = Routes::of_agent(&agent_proxy(host)).unwrap();
        assert_eq!(routes.script, None, "the agent's own proxy wins");
    }
}

#[test]
fn some_hosts_are_reached_directly() {
    let host = system_proxy(installed(), 1);
    let bypass = "<local>;*.windows.net;10.*";
    let host = host.with_value(SYSTEM_INTERNET_KEY, "ProxyOverride", bypass);
    let routes = Routes::of_agent(&host).unwrap();
    for (url, proxied) in [
        (SECURE, false),
        ("https://server/", false),
        ("http://10.1.2.3/", false),
        (PLAIN, true),
        ("https://windows.net.example/", true),
    ] {
        assert_eq!(route(&routes, url).is_some(), proxied, "{url}");
    }
}

#[test]
fn stars_stand_for_anything() {
    for (pattern, host, expected) in [
        ("*", "a.b", true),
        ("a.b", "a.b", true),
        ("a.b", "a.b.c", false),
        ("*.b", "a.b", true),
        ("a*c*e", "abcde", true),
        ("a*c*e", "abde", false),
        ("a*", "ba", false),
        ("ab*ba", "aba", false),
    ] {
        assert_eq!(matches(pattern, host), expected, "{pattern} {host}");
    }
}
