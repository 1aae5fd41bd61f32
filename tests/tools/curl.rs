//! A client that is not ours: curl, against a proxy of a session on loopback. The outcomes are those that the same commands had
//! against Squid 5.7 with the same schemes (measured; NTLM with a helper that really verifies). Tunnels
//! go to port 443, as Debian's `squid.conf` lets no other pass; the login service has no page there.

use libtest_mimic::Trial;

use crate::session::Proxy;
use crate::tool::{Tool, output_with};

pub(crate) fn trials() -> Vec<Trial> {
    let cases = CASES.into_iter().map(|case| {
        let name = format!("{} {}", case.schemes.join("-"), case.flag);
        Tool::Curl.trial(&name.replace(" --proxy-", "::"), move || check(&case))
    });
    cases.chain([Tool::GssNtlmssp.trial("negotiate", negotiates_with_ntlm)]).collect()
}

/// The schemes that a proxy offers, and what comes of it.
struct Case {
    schemes: &'static [&'static str],
    /// The options with which curl logs in.
    flag: &'static str,
    /// Whether the right password passes.
    passes: bool,
}

#[expect(clippy::fn_params_excessive_bools, reason = "a row of a table")]
const fn case(schemes: &'static [&'static str], flag: &'static str, passes: bool) -> Case {
    Case { schemes, flag, passes }
}

const ALL: &[&str] = &["negotiate", "ntlm", "digest", "basic"];

const CASES: [Case; 10] = [
    case(ALL, "--proxy-basic", true),
    case(ALL, "--proxy-digest", true),
    case(ALL, "--proxy-ntlm", true),
    // It takes the best that is offered, has no ticket, and does not fall back.
    case(ALL, "--proxy-anyauth", false),
    case(ALL, "--proxy-negotiate", false),
    case(&["ntlm", "digest", "basic"], "--proxy-anyauth", true),
    case(&["digest", "basic"], "--proxy-anyauth", true),
    case(&["digest-sha256"], "--proxy-digest", true),
    case(&["digest"], "--proxy-basic", false),
    case(&["basic"], "--proxy-ntlm", false),
];

fn check(case: &Case) {
    let proxy = Proxy::that_asks(case.schemes);
    let (name, flag) = (case.schemes.join(", "), case.flag);
    for (login, is_right) in
        [("backup:Let-me-out-17", true), ("backup:wrong", false), ("other:Let-me-out-17", false)]
    {
        let passes = case.passes && is_right;
        let expected = if passes { ["200 000", "404 200"] } else { ["407 000", "000 407"] };
        let login = [flag, "-U", login];
        let seen = [curl(&proxy, &login), curl(&proxy, &[&login[..], &["--proxytunnel"]].concat())];
        assert_eq!(seen, expected, "{name} {login:?}");
    }
    assert_eq!(curl(&proxy, &[]), "407 000", "{name} without credentials");
}

/// NTLM in Negotiate, with keys and signatures, as GSS has it. It takes whom it is to be from a file.
fn negotiates_with_ntlm() {
    let proxy = Proxy::that_asks(ALL);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("user");
    let file = file.to_str().unwrap();
    for (user, expected) in [
        ("CORP:backup:Let-me-out-17", ["200 000", "404 200"]),
        ("CORP:backup:wrong", ["407 000", "000 407"]),
        ("CORP:other:Let-me-out-17", ["407 000", "000 407"]),
    ] {
        std::fs::write(file, user).unwrap();
        let variables = [("NTLM_USER_FILE", file)];
        let seen = [&[][..], &["--proxytunnel"]].map(|more| {
            let flags = [&["--proxy-negotiate", "-U", ":"][..], more].concat();
            curl_with(&proxy, &flags, &variables)
        });
        assert_eq!(seen, expected, "{user}");
    }
}

/// What curl prints: the status of the last answer, and that of the last CONNECT.
fn curl(proxy: &Proxy, flags: &[&str]) -> String {
    curl_with(proxy, flags, &[])
}

fn curl_with(proxy: &Proxy, flags: &[&str], variables: &[(&str, &str)]) -> String {
    let proxy = format!("http://{}", proxy.at);
    let always = ["-s", "-o", "-", "-m", "20", "--noproxy", "none", "-x", &proxy];
    let is_tunnel = flags.contains(&"--proxytunnel");
    let plain = "http://www.msftncsi.com/ncsi.txt";
    let url = if is_tunnel { "https://login.microsoftonline.com/" } else { plain };
    let asks = ["-k", "-w", "%{http_code} %{http_connect}", url];
    let output = output_with("curl", &[&always[..], flags, &asks].concat(), variables).unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    // Behind the body, which is the probe's or a page.
    let codes = text.char_indices().rev().nth(CODES - 1).and_then(|(at, _)| text.get(at..));
    codes.unwrap_or_default().to_owned()
}

/// Two codes of three digits, and a space.
const CODES: usize = 7;
