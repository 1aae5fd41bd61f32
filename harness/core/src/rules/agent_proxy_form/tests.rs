use super::RULE;
use crate::facts::PROVIDER_KEY;
use crate::testing::{Machine, assert_cause, assert_silent, look};

fn set_to(server: &str, port: Option<u32>) -> Machine {
    let machine = Machine::healthy().value(PROVIDER_KEY, "ProxyServer", server);
    match port {
        Some(port) => machine.value(PROVIDER_KEY, "ProxyPort", port),
        None => machine,
    }
}

#[test]
fn a_server_without_its_scheme_is_found() {
    for (server, port) in [
        ("10.0.0.5", Some(8080)),
        ("10.0.0.5:8080", None),
        ("proxy.contoso.example", Some(8080)),
        ("https://10.0.0.5", Some(8080)),
        ("https://10.0.0.5:8080", None),
        ("http://10.0.0.5:8080", Some(8080)),
        ("http://?!", None),
        ("http://", Some(8080)),
    ] {
        let seen = look(&RULE, set_to(server, port));
        assert_cause(&seen, "agent-proxy-malformed", Some(server), "set-agent-proxy");
        let evidence = &seen.findings[0].evidence[0];
        assert!(evidence.contains(server), "{evidence}");
    }
}

#[test]
fn the_documented_form_is_fine() {
    for (server, port) in [
        ("http://10.0.0.5", Some(8080)),
        ("HTTP://proxy.contoso.example/", Some(8080)),
        ("http://10.0.0.5:8080", None),
        ("http://10.0.0.5", None),
    ] {
        assert_silent(&look(&RULE, set_to(server, port)));
    }
    assert_silent(&look(&RULE, Machine::healthy()));
}
