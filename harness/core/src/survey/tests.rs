use marslab_model::host::Account;
use marslab_model::{DialError, Name, Operation};

use super::{
    Access, Block, Blocker, Death, Naming, Needs, Reach, Refusal, Survey, Without, of_agent,
    of_portal, range_of,
};
use crate::facts::clouds::PUBLIC;
use crate::facts::{AGENT_PROGRAM, CONFIG_KEY, HOSTS_FILE, PROVIDER_KEY};
use crate::limits::Limits;
use crate::scene::Scene;
use crate::testing::survey::needs;
use crate::testing::{ADMIN, ADMIN_HIVE, Machine, Net, SERVERS, answer};

const SYSTEM: &str = r"HKU\S-1-5-18\Software\Microsoft\Windows\CurrentVersion\Internet Settings";
const PROXY: &str = "10.0.0.5:8080";

/// A machine behind a firewall that lets only the proxy out.
fn behind_proxy(net: Net) -> Machine {
    let mut net = net.block("20.190.0.0/16", DialError::TimedOut);
    for (_, ip) in SERVERS {
        net = net.block(ip, DialError::TimedOut);
    }
    on(net)
}

fn on(net: Net) -> Machine {
    Machine::healthy().with(|machine| machine.net = net)
}

fn with_proxy(machine: Machine, address: &str) -> Machine {
    machine.value(SYSTEM, "ProxyEnable", 1).value(SYSTEM, "ProxyServer", address)
}

async fn survey(machine: Machine) -> (Survey, Vec<String>) {
    let net = machine.net.clone();
    let survey = super::survey(&machine.host(), Account::System, &of_agent(&needs())).await;
    (survey, net.dialled())
}

fn blocked(survey: &Survey) -> Vec<(&str, Blocker, Block)> {
    survey
        .blocked()
        .map(|(probe, blocker, block)| (probe.place.name.as_str(), blocker, block))
        .collect()
}

#[tokio::test]
async fn an_open_network_is_dialled_once_for_each_place() {
    let (seen, dialled) = survey(on(Net::healthy())).await;
    assert!(seen.probes().iter().all(|probe| probe.by_name == Reach::Passed));
    assert_eq!(blocked(&seen), []);
    assert_eq!(seen.version_page.as_deref(), Some("latest: 2.0.9169.0"));
    assert_eq!(seen.clock.unwrap().seconds_ahead(), 0);
    assert_eq!(
        dialled,
        [
            "www.msftncsi.com:80",
            "go.microsoft.com:443",
            "pod01-manag1.jpe.backup.windowsazure.com:443",
            "login.microsoftonline.com:443",
            "login.windows.net:443",
        ]
    );
}

#[tokio::test]
async fn a_blocked_name_is_told_from_a_blocked_range() {
    for (target, expected) in [
        ("*.windows.net", ("*.windows.net", Block::Name)),
        ("login.windows.net", ("*.windows.net", Block::Name)),
        ("20.190.128.0/18", ("*.windows.net", Block::Range("20.190.128.0/18"))),
        ("*.microsoftonline.com", ("*.microsoftonline.com", Block::Name)),
        ("40.126.0.0/18", ("*.microsoftonline.com", Block::Range("40.126.0.0/18"))),
        ("www.msftncsi.com", ("www.msftncsi.com", Block::Name)),
        ("203.0.113.10", ("www.msftncsi.com", Block::Name)),
        ("*.microsoft.com", ("*.Microsoft.com", Block::Name)),
        ("*.windowsazure.com", ("*.WindowsAzure.com", Block::Name)),
    ] {
        for error in [DialError::TimedOut, DialError::Refused, DialError::Unreachable] {
            let (seen, _) = survey(on(Net::healthy().block(target, error))).await;
            let (name, block) = expected;
            assert_eq!(blocked(&seen), [(name, Blocker::Network, block)], "{target} {error}");

            let through = Net::healthy().proxy(PROXY, &[(target, 403)]);
            let (seen, _) = survey(with_proxy(behind_proxy(through), PROXY)).await;
            assert_eq!(blocked(&seen), [(name, Blocker::Proxy, block)], "{target} at the proxy");
        }
    }
}

#[tokio::test]
async fn a_proxy_that_inspects_refuses_inside_its_tunnels() {
    let net = Net::healthy()
        .proxy(PROXY, &[])
        .answering("login.microsoftonline.com", |_| answer(403, "denied by the proxy"));
    let (seen, _) = survey(with_proxy(behind_proxy(net), PROXY)).await;
    assert_eq!(blocked(&seen), [("*.microsoftonline.com", Blocker::Proxy, Block::Name)]);
    let probe = seen.probes().iter().find(|probe| probe.by_name == Reach::RefusedInside(403));
    assert_eq!(
        probe.unwrap().evidence(),
        ["GET https://login.microsoftonline.com/ answered 403", "CONNECT 40.126.1.10:443 passed"]
    );

    // Without a proxy it is the server that forbids.
    let net = Net::healthy().answering("login.microsoftonline.com", |_| answer(403, "no"));
    assert_eq!(blocked(&survey(on(net)).await.0), []);
}

#[tokio::test]
async fn only_another_address_than_its_own_makes_the_hosts_file_guilty() {
    // Whatever is dialled is blocked by its name here, in the file or not.
    let blocks = || Net::healthy().block("*.windows.net", DialError::TimedOut);
    let cases = [
        ("10.1.0.4\tlogin.windows.net\r\n", Naming::HostsFile("10.1.0.4".parse().unwrap())),
        ("20.190.129.10 login.windows.net", Naming::Usual),
        ("# 10.1.0.4 login.windows.net", Naming::Usual),
        ("10.1.0.4 windows.net", Naming::Usual),
    ];
    for (text, naming) in cases {
        let (seen, _) = survey(on(blocks()).file(HOSTS_FILE, text)).await;
        let probe = seen.tried().find(|probe| probe.place.name == "*.windows.net");
        assert_eq!(probe.unwrap().naming, naming, "{text}");
    }
}

#[tokio::test]
async fn a_name_without_an_address_is_told_from_one_that_is_blocked() {
    let unresolved = |seen: &Survey| {
        let unresolved = seen.tried().filter(|probe| probe.naming == Naming::NoAddress);
        unresolved.map(|probe| probe.place.name.clone()).collect::<Vec<_>>()
    };
    let without = |names: &[&str]| {
        let unknown = names.iter().map(|name| (*name).to_owned()).collect();
        Net { unknown, ..Net::healthy() }
    };
    let (seen, _) = survey(on(without(&["login.windows.net", "go.microsoft.com"]))).await;
    assert_eq!(unresolved(&seen), ["*.Microsoft.com", "*.windows.net"]);
    assert_eq!(blocked(&seen), []);
    let behind = without(&["login.windows.net"]).proxy(PROXY, &[]);
    let (seen, _) = survey(with_proxy(behind_proxy(behind), PROXY)).await;
    assert_eq!(unresolved(&seen), ["*.windows.net"]);
    assert_eq!(blocked(&seen), []);

    // Where no name has an address, no zone is to blame.
    let all: Vec<&str> = SERVERS.iter().map(|(name, _)| *name).collect();
    let (seen, _) = survey(on(without(&all))).await;
    assert_eq!((unresolved(&seen), seen.is_lost()), (Vec::new(), true));
    // What has an address and is not reached is blocked, whatever the caller is told.
    let blocks = Net::healthy().block("*.windows.net", DialError::NoSuchHost);
    let (seen, _) = survey(on(blocks)).await;
    assert_eq!(unresolved(&seen), Vec::<String>::new());
    assert_eq!(blocked(&seen).len(), 1);
}

#[tokio::test]
async fn an_exception_is_told_from_a_block_where_only_the_proxy_leads_out() {
    let set = |machine: Machine| machine.value(SYSTEM, "ProxyOverride", "<local>;*.windows.net");
    let bypassed = |seen: &Survey| {
        let probes = seen.tried().filter_map(|probe| probe.bypassed.clone());
        probes.map(|it| (it.exception, it.proxy.to_string())).collect::<Vec<_>>()
    };
    let found = || vec![("*.windows.net".to_owned(), PROXY.to_owned())];
    let machine = with_proxy(behind_proxy(Net::healthy().proxy(PROXY, &[])), PROXY);
    let (seen, _) = survey(set(machine.clone())).await;
    assert_eq!((bypassed(&seen), blocked(&seen)), (found(), vec![]));
    assert!(!seen.nothing_passes() && !seen.is_lost());
    let all = machine.clone().value(SYSTEM, "ProxyOverride", "*");
    let (seen, _) = survey(all).await;
    assert_eq!(bypassed(&seen).len(), 5);
    assert!(!seen.nothing_passes() && !seen.is_lost());
    assert!(seen.clock.is_some() && seen.version_page.is_some());

    // What is reached without the proxy may be left out, and what the proxy refuses is blocked by somebody else.
    let open = with_proxy(on(Net::healthy().proxy(PROXY, &[])), PROXY);
    assert_eq!(bypassed(&survey(set(open)).await.0), []);
    let refusing = Net::healthy().proxy(PROXY, &[("*.windows.net", 403)]);
    let (seen, _) = survey(set(with_proxy(behind_proxy(refusing), PROXY))).await;
    assert_eq!(bypassed(&seen), []);
    let range = Block::Range("20.190.128.0/18");
    assert_eq!(blocked(&seen), [("*.windows.net", Blocker::Network, range)]);
    // A user's exceptions are nothing to the agent.
    let who = Account::User(Name::new(ADMIN));
    let users = SYSTEM.replace(r"HKU\S-1-5-18", ADMIN_HIVE);
    let users_own = machine.value(&users, "ProxyEnable", 1).value(&users, "ProxyServer", PROXY);
    let users_own = users_own.value(&users, "ProxyOverride", "*");
    let seen = super::survey(&users_own.host(), who, &of_portal(&PUBLIC)).await;
    assert_eq!(bypassed(&seen), []);
}

#[tokio::test]
async fn near_misses_block_nothing() {
    for target in
        ["*.windows.net.example", "20.190.192.0/18", "www.msftconnecttest.com", "microsoft.org"]
    {
        let (seen, _) = survey(on(Net::healthy().block(target, DialError::TimedOut))).await;
        assert_eq!(blocked(&seen), [], "{target}");
        assert!(!seen.nothing_passes());
    }
}

#[tokio::test]
async fn behind_a_proxy_nothing_is_dialled_directly() {
    let machine = with_proxy(behind_proxy(Net::healthy().proxy(PROXY, &[])), PROXY);
    let (seen, dialled) = survey(machine).await;
    assert!(seen.probes().iter().all(|probe| probe.by_name == Reach::Passed));
    assert_eq!(dialled, [PROXY; 5]);
    assert_eq!(seen.version_page.as_deref(), Some("latest: 2.0.9169.0"));
}

#[tokio::test]
async fn a_proxy_that_asks_is_asked_once() {
    for status in [407, 401] {
        let net = Net::healthy().proxy(PROXY, &[("*.windows.net", 403), ("*", status)]);
        let (seen, dialled) = survey(with_proxy(behind_proxy(net), PROXY)).await;
        let place = of_agent(&needs()).remove(0);
        let proxy = PROXY.parse().unwrap();
        assert_eq!(seen.access, Access::ProxyAsks { proxy, status, place });
        assert_eq!(dialled, [PROXY]);
        assert_eq!(blocked(&seen), []);
    }
}

#[tokio::test]
async fn what_needs_no_proxy_is_tried_although_the_proxy_is_dead() {
    for (setting, target, name) in [
        ("https=10.0.0.5:8081", "www.msftncsi.com", "www.msftncsi.com"),
        ("http=10.0.0.5:8081", "*.microsoftonline.com", "*.microsoftonline.com"),
    ] {
        let net = Net::healthy().proxy(PROXY, &[]).block(target, DialError::Reset);
        let (seen, _) = survey(with_proxy(on(net), setting)).await;
        assert!(matches!(seen.access, Access::ProxyDead { without: Without::Works, .. }));
        assert_eq!(blocked(&seen), [(name, Blocker::Network, Block::Name)], "{setting}");
    }
}

#[tokio::test]
async fn a_proxy_that_is_not_there_is_dialled_once() {
    for (address, error) in [
        ("10.0.0.5:8081", DialError::Refused),
        ("10.0.0.6:8080", DialError::TimedOut),
        ("proxy.contoso.example:8080", DialError::NoSuchHost),
    ] {
        let net = Net::healthy().proxy(PROXY, &[]);
        let (seen, dialled) = survey(with_proxy(behind_proxy(net.clone()), address)).await;
        let dead = |without| Access::ProxyDead {
            proxy: address.parse().unwrap(),
            death: Death::Dial(error),
            without,
        };
        assert_eq!(seen.access, dead(Without::Fails), "{address}");
        // Once, and then every place without it.
        assert_eq!(dialled.iter().filter(|to| *to == address).count(), 1);
        assert_eq!(dialled.len(), 6);

        let (seen, dialled) =
            survey(with_proxy(on(Net::healthy().proxy(PROXY, &[])), address)).await;
        assert_eq!(seen.access, dead(Without::Works), "{address}");
        assert_eq!(dialled.len(), 2);
    }
}

#[tokio::test]
async fn what_gives_no_answer_is_no_proxy() {
    let address = "10.0.0.5:8081";
    let net = Net { mute: vec![address.to_owned()], ..Net::healthy().proxy(PROXY, &[]) };
    let (seen, dialled) = survey(with_proxy(behind_proxy(net), address)).await;
    let proxy = address.parse().unwrap();
    assert_eq!(
        seen.access,
        Access::ProxyDead { proxy, death: Death::NoHttp, without: Without::Fails }
    );
    assert_eq!(seen.own_status, None);
    // Each place, itself, and each place without it.
    assert_eq!(dialled.iter().filter(|to| *to == address).count(), 6);
}

#[tokio::test]
async fn a_proxy_that_refuses_without_an_answer_still_answers_for_itself() {
    let net = Net::healthy().proxy(PROXY, &[("*", 0)]);
    let (seen, _) = survey(with_proxy(behind_proxy(net), PROXY)).await;
    assert!(seen.nothing_passes());
    assert!(seen.probes().iter().all(|probe| probe.by_name == Reach::Silent));
    assert_eq!(seen.own_status, Some(503));
    // One that answers somebody is not asked.
    let net = Net::healthy().proxy(PROXY, &[("*.windows.net", 0)]);
    let (seen, _) = survey(with_proxy(behind_proxy(net), PROXY)).await;
    assert_eq!(blocked(&seen), [("*.windows.net", Blocker::Proxy, Block::Name)]);
    assert_eq!(seen.own_status, None);
}

#[tokio::test]
async fn https_that_is_dropped_is_told_from_the_probe_that_passes() {
    let net = Net::healthy();
    let block = |net: Net, (_, ip): &(&str, &str)| match *ip {
        "203.0.113.10" => net,
        ip => net.block(ip, DialError::TimedOut),
    };
    let (seen, _) = survey(on(SERVERS.iter().fold(net, block))).await;
    assert_eq!(
        blocked(&seen),
        [
            ("*.Microsoft.com", Blocker::Network, Block::Name),
            ("*.WindowsAzure.com", Blocker::Network, Block::Name),
            ("*.microsoftonline.com", Blocker::Network, Block::Range("40.126.0.0/18")),
            ("*.windows.net", Blocker::Network, Block::Range("20.190.128.0/18")),
        ]
    );
}

#[tokio::test]
async fn a_certificate_of_nobody_known_is_noted() {
    let net = Net { inspected: true, ..Net::healthy() };
    let (seen, _) = survey(on(net)).await;
    assert_eq!(blocked(&seen), []);
    let hosts: Vec<String> = seen.refusals.iter().map(Refusal::host).collect();
    assert_eq!(hosts[..2], ["go.microsoft.com", "pod01-manag1.jpe.backup.windowsazure.com"]);
    assert_eq!(hosts.len(), 4);
    assert!(seen.refusals.iter().all(|it| it.issuer() == Some("Inspection") && it.via.is_none()));
    let (seen, _) = survey(on(Net::healthy())).await;
    assert_eq!(seen.refusals, []);
}

#[tokio::test]
async fn the_proxys_gateway_errors_are_the_networks() {
    let net = Net::healthy().proxy(PROXY, &[("*.windows.net", 503)]);
    let (seen, _) = survey(with_proxy(behind_proxy(net), PROXY)).await;
    assert_eq!(blocked(&seen), [("*.windows.net", Blocker::Network, Block::Name)]);
}

#[tokio::test]
async fn a_block_page_is_no_answer_of_the_probe() {
    let net = Net::healthy().proxy(PROXY, &[("www.msftncsi.com", 200)]);
    let (seen, _) = survey(with_proxy(behind_proxy(net), PROXY)).await;
    assert_eq!(blocked(&seen), [("www.msftncsi.com", Blocker::Proxy, Block::Name)]);
}

#[tokio::test]
async fn where_nothing_passes_other_proxies_are_looked_for() {
    let users = SYSTEM.replace(r"HKU\S-1-5-18", ADMIN_HIVE);
    let net = Net::healthy().proxy(PROXY, &[]);
    let lost = behind_proxy(net.clone()).value(&users, "ProxyEnable", 1);
    let lost = lost.value(&users, "ProxyServer", PROXY);
    let (seen, dialled) = survey(lost.clone()).await;
    assert!(seen.nothing_passes());
    let [other] = seen.elsewhere.as_slice() else { panic!("{:?}", seen.elsewhere) };
    assert_eq!(other.address, PROXY.parse().unwrap());
    assert!(other.passes);
    assert_eq!(dialled.iter().filter(|to| *to == PROXY).count(), 1);

    let (seen, _) = survey(lost.value(&users, "ProxyServer", "10.0.0.5:8081")).await;
    assert_eq!(seen.elsewhere, []);
    let (seen, _) = survey(behind_proxy(net)).await;
    assert!(seen.nothing_passes());
    assert_eq!(seen.elsewhere, []);
}

#[tokio::test]
async fn exceptions_are_reached_past_the_proxy() {
    let net = Net::healthy().proxy(PROXY, &[("*.windows.net", 403)]);
    let machine = with_proxy(on(net), PROXY).value(SYSTEM, "ProxyOverride", "*.windows.net");
    let (seen, dialled) = survey(machine).await;
    assert_eq!(blocked(&seen), []);
    assert_eq!(dialled.last().map(String::as_str), Some("login.windows.net:443"));
}

#[tokio::test]
async fn a_servers_own_error_is_noted_and_is_no_block() {
    let service = "pod01-manag1.jpe.backup.windowsazure.com";
    let net = |status| Net::healthy().answering(service, move |_| answer(status, "{}"));
    let (seen, _) = survey(on(net(500))).await;
    assert_eq!(
        (seen.errors.clone(), blocked(&seen)),
        (vec![(service.to_owned(), 500)], Vec::new())
    );
    let (seen, _) = survey(on(net(404))).await;
    assert_eq!(seen.errors, []);
    // Over plain HTTP only the code tells a server from a proxy that answers in its place.
    let probe = "www.msftncsi.com";
    let says = |status, code: &'static str| {
        let body = format!(r#"{{"error": {{"code": "{code}"}}}}"#);
        Net::healthy().answering(probe, move |_| answer(status, &body))
    };
    let through = |net: Net| with_proxy(behind_proxy(net.proxy(PROXY, &[])), PROXY);
    let own = || says(503, "CloudInternalError");
    for machine in [on(own()), through(own())] {
        let (seen, _) = survey(machine).await;
        assert_eq!((seen.errors.clone(), blocked(&seen)), (vec![(probe.to_owned(), 503)], vec![]));
    }
    for net in [says(503, "Busy"), says(404, "CloudInternalError")] {
        let (seen, _) = survey(on(net)).await;
        assert_eq!(seen.errors, []);
        assert_eq!(blocked(&seen), [(probe, Blocker::Network, Block::Name)]);
    }
    // A proxy's own gateway error is none of the server's.
    let net = Net::healthy().proxy(PROXY, &[("*.windows.net", 502)]);
    let (seen, _) = survey(with_proxy(behind_proxy(net), PROXY)).await;
    assert_eq!(seen.errors, []);
}

#[tokio::test]
async fn a_script_is_fetched_directly() {
    let script = r#"function FindProxyForURL(url, host) { return "PROXY 10.0.0.5:8080"; }"#;
    let net = Net::healthy().proxy(PROXY, &[("*.windows.net", 403)]);
    let net = net.answering("management.azure.com", move |_| answer(200, script));
    let machine = on(net).value(SYSTEM, "AutoConfigURL", "http://management.azure.com/proxy.pac");
    let (seen, _) = survey(machine).await;
    assert_eq!(blocked(&seen), [("*.windows.net", Blocker::Proxy, Block::Name)]);

    let lost = on(Net::healthy()).value(SYSTEM, "AutoConfigURL", "http://wpad.example/proxy.pac");
    let (seen, _) = survey(lost).await;
    assert_eq!((seen.proxy.clone(), seen.lost_script.is_some()), (None, true));
    assert!(seen.probes().iter().all(|probe| probe.by_name == Reach::Passed));
}

#[tokio::test]
async fn a_script_may_go_on_without_its_proxy() {
    let script =
        |returned: &str| format!("function FindProxyForURL(u, h) {{ return {returned}; }}");
    let seen_with = async |returned: &str| {
        let script = script(returned);
        let net = Net::healthy().answering("management.azure.com", move |_| answer(200, &script));
        let at = "http://management.azure.com/proxy.pac";
        survey(on(net).value(SYSTEM, "AutoConfigURL", at)).await.0
    };
    let seen = seen_with("\"PROXY 10.0.0.6:8080; DIRECT\"").await;
    assert_eq!((seen.proxy.clone(), seen.lost_script.clone()), (None, None));
    assert!(seen.probes().iter().all(|probe| probe.by_name == Reach::Passed));
    let seen = seen_with("\"PROXY 10.0.0.6:8080\"").await;
    assert!(matches!(seen.access, Access::ProxyDead { without: Without::Works, .. }));
    let seen = seen_with("\"DIRECT\"").await;
    assert_eq!((seen.proxy.clone(), seen.lost_script.clone()), (None, None));
    let seen = seen_with("host == h ? \"DIRECT\" : \"PROXY 10.0.0.6:8080\"").await;
    assert_eq!((seen.proxy.clone(), seen.lost_script.is_some()), (None, true));
}

#[tokio::test]
async fn without_its_script_the_proxy_beside_it_is_used() {
    let machine = with_proxy(behind_proxy(Net::healthy().proxy(PROXY, &[])), PROXY);
    let machine = machine.value(SYSTEM, "AutoConfigURL", "http://wpad.example/proxy.pac");
    let (seen, _) = survey(machine).await;
    assert!(seen.lost_script.is_some());
    assert!(seen.probes().iter().all(|probe| probe.by_name == Reach::Passed));
}

#[tokio::test]
async fn the_agents_credentials_are_given_to_its_proxy() {
    let net = Net::healthy().proxy(PROXY, &[("*", 407)]);
    let machine = with_proxy(behind_proxy(net), "10.0.0.6:8080");
    let machine = machine.value(PROVIDER_KEY, "ProxyServer", "10.0.0.5");
    let machine = machine.value(PROVIDER_KEY, "ProxyPort", 8080);
    let (seen, _) = survey(machine).await;
    assert!(matches!(seen.access, Access::ProxyAsks { status: 407, .. }));
}

#[tokio::test]
async fn the_server_tells_the_time() {
    let net = Net { server_now: "2019-06-03T08:00:00Z".parse().unwrap(), ..Net::healthy() };
    let (seen, _) = survey(on(net)).await;
    assert_eq!(seen.clock.unwrap().seconds_ahead(), 3_600);
    let silent = Net::healthy().block("*", DialError::TimedOut);
    let (seen, _) = survey(on(silent)).await;
    assert_eq!(seen.clock, None);
}

#[tokio::test]
async fn a_user_is_surveyed_with_its_own_proxy() {
    let users = SYSTEM.replace(r"HKU\S-1-5-18", ADMIN_HIVE);
    let machine = behind_proxy(Net::healthy().proxy(PROXY, &[]));
    let machine = machine.value(&users, "ProxyEnable", 1).value(&users, "ProxyServer", PROXY);
    let who = Account::User(Name::new(ADMIN));
    let seen = super::survey(&machine.host(), who, &of_portal(&PUBLIC)).await;
    assert!(seen.probes().iter().all(|probe| probe.by_name == Reach::Passed));
}

#[test]
fn the_ranges_end_where_they_end() {
    for (ip, range) in [
        ("20.190.127.255", None),
        ("20.190.128.0", Some("20.190.128.0/18")),
        ("20.190.191.255", Some("20.190.128.0/18")),
        ("20.190.192.0", None),
        ("40.125.255.255", None),
        ("40.126.0.0", Some("40.126.0.0/18")),
        ("40.126.63.255", Some("40.126.0.0/18")),
        ("40.126.64.0", None),
        ("::1", None),
    ] {
        assert_eq!(range_of(ip.parse().unwrap()), range, "{ip}");
    }
}

fn asked(needs: &Needs) -> Vec<String> {
    let asked = |place: super::Place| format!("{} by {}", place.name, place.url);
    of_agent(needs).into_iter().map(asked).collect()
}

#[test]
fn a_place_is_known_only_where_something_tells_its_host() {
    let storage = vec!["a1.blob.core.usgovcloudapi.net".into(), "a1.other.example".into()];
    let service = Some("pod01-manag1.ugv.backup.windowsazure.us".into());
    assert_eq!(
        asked(&Needs { service, storage, ..Needs::default() }),
        [
            "www.msftncsi.com by http://www.msftncsi.com/ncsi.txt",
            "*.microsoft.com by https://go.microsoft.com/fwlink/?linkid=229525",
            "*.windowsazure.us by https://pod01-manag1.ugv.backup.windowsazure.us/",
            "*.microsoftonline.us by https://login.microsoftonline.us/",
            "*.usgovcloudapi.net by https://a1.blob.core.usgovcloudapi.net/",
            "a1.other.example by https://a1.other.example/",
        ]
    );
    // Nothing tells the region, and no host of another stands in for it.
    assert_eq!(
        asked(&Needs { without_probe: true, ..Needs::default() }),
        [
            "*.Microsoft.com by https://go.microsoft.com/fwlink/?linkid=229525",
            "*.microsoftonline.com by https://login.microsoftonline.com/",
            "*.windows.net by https://login.windows.net/",
        ]
    );
    let service = Some("pod01-manag1.bjb.backup.windowsazure.cn".into());
    let in_china = asked(&Needs { service, without_probe: true, ..Needs::default() });
    assert_eq!(in_china.last().unwrap(), "*.chinacloudapi.cn by https://login.chinacloudapi.cn/");
    assert_eq!(in_china.len(), 3);
}

fn names(machine: Machine, operation: Operation) -> Vec<String> {
    let host = machine.host();
    let places = Scene::at_rest(operation, &host, Limits::default()).places();
    places.into_iter().map(|place| place.name).collect()
}

#[test]
fn the_storage_account_is_needed_by_backups_alone() {
    let machine = || {
        Machine::healthy()
            .value(CONFIG_KEY, "BlobEndpoint", "https://a1.z01.blob.storage.azure.net/")
            .value(CONFIG_KEY, "QueueEndpoint", "https://a1.queue.core.windows.net/")
    };
    for operation in Operation::ALL {
        let is_backup = [Operation::Backup, Operation::ScheduledBackup].contains(&operation);
        let names = names(machine(), operation);
        for storage in ["*blob.storage.azure.net", "*queue.core.windows.net"] {
            assert_eq!(names.iter().any(|name| name == storage), is_backup, "{operation}");
        }
    }
}

#[test]
fn newer_agents_go_without_the_probe() {
    for (version, is_asked) in
        [("2.0.9248.9", true), ("2.0.9249.0", false), ("2.0.9250", false), ("x", true)]
    {
        let mut machine = Machine::healthy();
        machine.software = [(Name::new(AGENT_PROGRAM), version.to_owned())].into();
        let names = names(machine, Operation::Backup);
        assert_eq!(names.iter().any(|name| name == "www.msftncsi.com"), is_asked, "{version}");
    }
}

#[tokio::test]
async fn a_restore_dials_the_portal_of_the_vaults_region() {
    let recovery = async |operation, net| {
        Scene::gather(operation, &on(net).host(), Limits::default()).await.recovery
    };
    let portal = "pod01-rec2.jpe.backup.windowsazure.com:3260".parse().unwrap();
    let blocked = || Net::healthy().block("198.51.100.11", DialError::TimedOut);
    assert_eq!(recovery(Operation::Backup, blocked()).await, None);
    let seen = recovery(Operation::Restore, blocked()).await;
    assert_eq!(seen, Some((portal, Some(DialError::TimedOut))));
    let seen = recovery(Operation::Restore, Net::healthy()).await;
    assert_eq!(seen.unwrap().1, None);
}
