//! curl in a shell that has the variables of a session: it sees the world's names, as the machine does, and nothing else.

use libtest_mimic::Trial;
use marslab::live::Pace;
use marslab::session::environment::{Shell, set};
use marslab::session::message::Description;

use crate::session;
use crate::tool::{Tool, output};

pub(crate) fn trials() -> Vec<Trial> {
    let tests: [(&str, fn()); 3] = [
        ("variables_lead_into_the_world", variables_lead_into_the_world),
        ("the_world_is_as_the_machine_sees_it", the_world_is_as_the_machine_sees_it),
        ("nothing_but_the_world_is_reached", nothing_but_the_world_is_reached),
    ];
    tests.map(|(name, test)| Tool::Curl.trial(name, test)).into()
}

const MANAGEMENT: &str = "https://management.azure.com/subscriptions?api-version=2016-06-01";
const PROBE: &str = "http://www.msftncsi.com/ncsi.txt";

/// What a shell with the variables prints.
fn in_shell(of: &Description, command: &str) -> String {
    let script = format!("{}{command}", set(of, Shell::Sh));
    let output = output("sh", &["-c", &script]).unwrap();
    String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
}

/// The status and the body, as curl has them, or its exit code.
fn get(of: &Description, options: &str, url: &str) -> String {
    let curl = format!("curl -s -m 20 {options} -w ' %{{http_code}}' '{url}' || echo \" exit $?\"");
    in_shell(of, &curl)
}

fn variables_lead_into_the_world() {
    let (_runtime, (_control, of)) = session::open("", Pace::Fast);
    assert_eq!(get(&of, "", PROBE), "Microsoft NCSI 200");
    assert_eq!(get(&of, "-o /dev/null", MANAGEMENT), " 401");
    let socks = format!("-x socks5h://{}", of.socks_proxy);
    assert_eq!(get(&of, &socks, PROBE), "Microsoft NCSI 200");
    assert_eq!(get(&of, &format!("-o /dev/null {socks}"), MANAGEMENT), " 401");
}

fn the_world_is_as_the_machine_sees_it() {
    let fault = "zone-answers = { zone = 'msftncsi.com', answers = 'name-error' }";
    let (_runtime, (_control, of)) = session::open(fault, Pace::Fast);
    assert!(get(&of, "", PROBE).ends_with(" 502"));
    assert_eq!(get(&of, "-o /dev/null", MANAGEMENT), " 401");
    let socks = format!("-x socks5h://{}", of.socks_proxy);
    assert!(get(&of, &socks, PROBE).ends_with(" exit 97"));
}

/// A server of the real machine, by every name that it has, is out of reach; nobody connects to it.
fn nothing_but_the_world_is_reached() {
    let (_runtime, (_control, of)) = session::open("", Pace::Fast);
    let outside = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    outside.set_nonblocking(true).unwrap();
    let port = outside.local_addr().unwrap().port();
    let control = of.control.rsplit_once(':').unwrap().1;
    for host in ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "127.1", "2130706433", "0x7f000001"]
    {
        for port in [port.to_string().as_str(), control] {
            let url = format!("http://{host}:{port}/");
            for options in [
                String::new(),
                "-p".to_owned(),
                format!("-x socks5h://{}", of.socks_proxy),
                format!("-x socks5://{}", of.socks_proxy),
            ] {
                let seen = get(&of, &format!("-o /dev/null {options}"), &url);
                let is_refused =
                    seen.contains(" exit ") || seen.ends_with(" 502") || seen.ends_with(" 504");
                assert!(is_refused, "{options} {url}: {seen}");
            }
        }
    }
    assert!(outside.accept().is_err(), "a connection has left the lab");
}
