use proptest::prelude::proptest;

use super::{Answer, Otherwise, answer};
use crate::proxy::{Proxy, Source};

#[track_caller]
fn check(returned: &str, expected: Option<&Answer>) {
    let script = format!("function FindProxyForURL(url, host) {{ return {returned} }}");
    assert_eq!(answer(&script, Source::System).as_ref(), expected, "{script}");
}

fn proxy(otherwise: Otherwise) -> Answer {
    let proxy = Proxy::plain("10.0.0.5:8080".parse().unwrap(), Source::System);
    Answer::Proxy { proxy, otherwise }
}

#[test]
fn one_answer_for_every_url_is_read() {
    check(r#""PROXY 10.0.0.5:8080; DIRECT";"#, Some(&proxy(Otherwise::Direct)));
    check(r#""PROXY 10.0.0.5:8080";"#, Some(&proxy(Otherwise::Nothing)));
    check("'PROXY 10.0.0.5:8080;'", Some(&proxy(Otherwise::Nothing)));
    check(
        r#""PROXY 10.0.0.5:8080; PROXY 10.0.0.6:8080; DIRECT";"#,
        Some(&proxy(Otherwise::Nothing)),
    );
    check(r#""DIRECT";"#, Some(&Answer::Direct));
    check(r#""DIRECT; PROXY 10.0.0.5:8080";"#, Some(&Answer::Direct));
}

#[test]
fn a_script_that_decides_is_left_alone() {
    for returned in [
        r#"shExpMatch(host, "*.a") ? "DIRECT" : "PROXY 10.0.0.5:8080";"#,
        r#""DIRECT"; } return "PROXY 10.0.0.5:8080";"#,
        r#""PROXY " + address;"#,
        r#""SOCKS 10.0.0.5:1080";"#,
        r#""PROXY ";"#,
        r#""";"#,
        "",
    ] {
        check(returned, None);
    }
    assert_eq!(answer("", Source::System), None);
}

proptest! {
    #[test]
    fn any_script_is_survived(text in "\\PC{0,60}") {
        drop(answer(&text, Source::System));
        drop(answer(&format!("return {text}"), Source::System));
        drop(answer(&format!("return \"PROXY {text}"), Source::System));
    }
}
