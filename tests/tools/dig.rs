//! dig, against the DNS server of a session: every fault of names at the wire, as its textbook has it.

use libtest_mimic::Trial;
use marslab::live::Pace;
use marslab::session::control::Control;

use crate::session;
use crate::tool::{Tool, output};

pub(crate) fn trials() -> Vec<Trial> {
    let cases = CASES.into_iter().enumerate().map(|(number, case)| {
        let (name, ..) = case;
        Tool::Dig.trial(&format!("{:02} {name}", number + 1), move || check(&case))
    });
    cases.collect()
}

/// A fault, what dig is asked besides, and what its output has.
type Case = (&'static str, &'static str, &'static [&'static str], &'static [&'static str]);

const LOGIN: &str = "login.windows.net";
const HEALTHY: &str = "";

const CASES: [Case; 20] = [
    ("NOERROR", HEALTHY, &[LOGIN], &["status: NOERROR", "flags: qr rd ra;", "20.190.129.10"]),
    (
        "a chain of aliases",
        HEALTHY,
        &["login.microsoftonline.com", "+short"],
        &["login.mso.msidentity.com.\nak.privatelink.msidentity.com.\n", "\n40.126.1.10\n"],
    ),
    (
        "CNAME",
        HEALTHY,
        &["go.microsoft.com", "CNAME"],
        &["ANSWER: 1, AUTHORITY: 0", "edgekey.net."],
    ),
    ("AAAA", HEALTHY, &["dns.msftncsi.com", "AAAA"], &["status: NOERROR", "fd3e:4f5a:5b81::1"]),
    ("NODATA", HEALTHY, &[LOGIN, "TXT"], &["status: NOERROR", "ANSWER: 0, AUTHORITY: 1", "SOA"]),
    ("NXDOMAIN", HEALTHY, &["nobody.example"], &["status: NXDOMAIN", "a.root-servers.net."]),
    ("TCP", HEALTHY, &[LOGIN, "+tcp"], &["status: NOERROR", "(TCP)", "20.190.129.10"]),
    ("another class", HEALTHY, &["-c", "CH", "version.bind", "TXT"], &["status: REFUSED"]),
    ("another opcode", HEALTHY, &[LOGIN, "+opcode=STATUS"], &["status: NOTIMP"]),
    ("EDNS", HEALTHY, &[LOGIN, "+bufsize=4096"], &["EDNS: version: 0, flags:; udp: 1232"]),
    (
        "SERVFAIL everywhere",
        "resolver-answers = { a = 'server-failure', aaaa = 'server-failure' }",
        &[LOGIN],
        &["status: SERVFAIL"],
    ),
    (
        "SERVFAIL of a zone",
        "zone-answers = { zone = 'windows.net', answers = 'server-failure' }",
        &[LOGIN],
        &["status: SERVFAIL"],
    ),
    (
        "another zone",
        "zone-answers = { zone = 'windows.net', answers = 'server-failure' }",
        &["login.microsoftonline.com"],
        &["status: NOERROR"],
    ),
    (
        "NXDOMAIN of a zone",
        "zone-answers = { zone = 'windows.net', answers = 'name-error' }",
        &[LOGIN],
        &["status: NXDOMAIN", "windows.net."],
    ),
    (
        "REFUSED of a zone",
        "zone-answers = { zone = 'windows.net', answers = 'refused' }",
        &[LOGIN],
        &["status: REFUSED"],
    ),
    (
        "silence of a zone",
        "zone-answers = { zone = 'windows.net', answers = 'silence' }",
        &[LOGIN],
        &["timed out", "no servers could be reached"],
    ),
    (
        "too slow",
        "zone-answers = { zone = 'windows.net', delivery = { seconds = 60 } }",
        &[LOGIN],
        &["timed out", "no servers could be reached"],
    ),
    (
        "cut, and asked again over TCP",
        "zone-answers = { zone = 'windows.net', delivery = { whole-over-udp = false } }",
        &[LOGIN],
        &["Truncated, retrying in TCP mode", "(TCP)", "20.190.129.10"],
    ),
    (
        "cut, with no TCP",
        "zone-answers = { zone = 'windows.net', delivery = { whole-over-udp = false, over-tcp = false } }",
        &[LOGIN],
        &["Truncated, retrying in TCP mode", "no servers could be reached"],
    ),
    (
        "hijack of a zone",
        "zone-answers = { zone = 'windows.net', with = ['10.9.9.9'] }",
        &[LOGIN],
        &["status: NOERROR", "flags: qr aa rd ra;", "10.9.9.9"],
    ),
];

fn check((name, fault, asks, expected): &Case) {
    let (_runtime, control) = session::open(fault, Pace::Real);
    let said = dig(&control, asks);
    for text in *expected {
        assert!(said.contains(text), "{name}: `{text}` is not in\n{said}");
    }
}

/// What dig prints.
fn dig(control: &(Control, marslab::session::message::Description), asks: &[&str]) -> String {
    let (host, port) = control.1.dns.rsplit_once(':').unwrap();
    let at = format!("@{host}");
    let always = [at.as_str(), "-p", port, "+time=1", "+tries=1"];
    let output = output("dig", &[&always[..], asks].concat()).unwrap();
    let texts = [output.stdout, output.stderr].map(|it| String::from_utf8_lossy(&it).into_owned());
    texts.concat()
}
