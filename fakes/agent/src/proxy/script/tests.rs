use super::{Hop, read};

#[track_caller]
fn check(script: &str, expected: Option<&[&str]>) {
    let text_of = |hop: &Hop| match hop {
        Hop::Direct => "direct".to_owned(),
        Hop::Proxy(address) => address.to_string(),
    };
    let found = read(script).map(|hops| hops.iter().map(text_of).collect::<Vec<_>>());
    let expected = expected.map(|hops| hops.iter().map(|hop| (*hop).to_owned()).collect());
    assert_eq!(found, expected, "{script}");
}

#[test]
fn one_answer_for_every_url_is_read() {
    let proxy = "10.0.0.5:8080";
    let function = |returned: &str| format!("function FindProxyForURL(url, host) {returned}");
    check(&function(r#"{ return "PROXY 10.0.0.5:8080; DIRECT"; }"#), Some(&[proxy, "direct"]));
    check(&function("{\n  return 'PROXY 10.0.0.5:8080'\n}\n"), Some(&[proxy]));
    check(&function(r#"{return"DIRECT";}"#), Some(&["direct"]));
}

#[test]
fn anything_else_is_not_guessed() {
    for script in [
        "",
        r#"return "DIRECT";"#,
        r#"function Other(url, host) { return "DIRECT"; }"#,
        r#"function FindProxyForURL(url, host) { return ""; }"#,
        r#"function FindProxyForURL(url, host) { return "SOCKS 10.0.0.5:1080"; }"#,
        r#"function FindProxyForURL(url, host) { return "PROXY 10.0.0.5"; }"#,
        r#"function FindProxyForURL(url, host) { return "PROXY" + " 10.0.0.5:8080"; }"#,
        r#"function FindProxyForURL(url, host) { if (isPlainHostName(host)) return "DIRECT"; return "PROXY 10.0.0.5:8080"; }"#,
    ] {
        check(script, None);
    }
}
