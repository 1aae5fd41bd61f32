//! Every head beside the one that was captured from the real product, line for line.

use marslab_model::world::{Denial, Proxy, Scheme};

use marslab_network::Fidelity;

use super::{FIDELITIES, Site, Talk, proxy, with};

const CAPTURES: &str = include_str!("captures.txt");

const ALL: [Scheme; 4] = [Scheme::Negotiate, Scheme::Ntlm, Scheme::Digest, Scheme::Basic];

/// The lines of a head that was captured.
fn captured(title: &str) -> Vec<String> {
    let start = format!("### {title} | ");
    let block = CAPTURES.split_once(&start).unwrap_or_else(|| panic!("no `{title}`")).1;
    let lines = block.lines().skip(1).take_while(|line| !line.is_empty() && !line.starts_with('['));
    lines.map(usual).collect()
}

/// A line without what differs from run to run and from site to site.
fn usual(line: &str) -> String {
    let mut line = line.to_owned();
    for (from, to) in [
        ("proxy.corp.example:13128", "10.0.0.5:8080"),
        ("proxy.corp.example:13129", "10.0.0.5:8080"),
        ("proxy.corp.example:13130", "10.0.0.5:8080"),
        ("proxy.corp.example", "10.0.0.5"),
        ("http%3A%2F%2Fx.portal.example%2Fa%3Fb%3Dc", "http%3A%2F%2Fwww.msftncsi.com%2Fncsi.txt"),
        ("x.portal.example%3A443", "www.msftncsi.com%3A443"),
    ] {
        line = line.replace(from, to);
    }
    if let Some((before, after)) = line.split_once("nonce=\"") {
        let (nonce, after) = after.split_once('"').unwrap();
        assert!(nonce.len() == 32 && nonce.bytes().all(|digit| digit.is_ascii_hexdigit()));
        line = format!("{before}nonce=\"\"{after}");
    }
    let varying = ["Date: ", "Content-Length: ", "Proxy-Authenticate: NTLM T"];
    match varying.into_iter().find(|start| line.starts_with(start)) {
        // An empty body has the same length in every product.
        Some(start) if line != "Content-Length: 0" => start.to_owned(),
        _ => line,
    }
}

/// Says all of `said` on one connection; the last answer must have the captured head. Tells what follows it.
#[track_caller]
fn check(title: &str, proxy: &Proxy, said: &[&str]) -> Option<Vec<u8>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let site = Site::new(FIDELITIES[0], with(proxy));
        let mut talk = Talk::new(&site).await;
        let mut heard = Vec::new();
        for text in said {
            heard = talk.say(text).await.head;
        }
        let heard: Vec<String> = heard.iter().map(|line| usual(line)).collect();
        assert_eq!(heard, captured(title), "{title}");
        let closes = heard.iter().any(|line| line == "Connection: close");
        if closes { talk.rest().await } else { None }
    })
}

const GET: &str = "GET http://www.msftncsi.com/ncsi.txt HTTP/1.1\r\nHost: x\r\n\r\n";
const CONNECT: &str = "CONNECT login.windows.net:443 HTTP/1.1\r\nHost: x\r\n\r\n";

fn with_header(request: &str, line: &str) -> String {
    request.replacen("\r\n\r\n", &format!("\r\n{line}\r\n\r\n"), 1)
}

fn squid(asks: &[Scheme], refuses: &[&str]) -> Proxy {
    Proxy { realm: String::new(), ..proxy(asks, refuses) }
}

#[test]
fn squid_asks() {
    check("all schemes GET no creds", &squid(&ALL, &[]), &[GET]);
    check("all schemes CONNECT no creds", &squid(&ALL, &[]), &[CONNECT]);
    let old = CONNECT.replace("1.1", "1.0");
    check("all schemes CONNECT HTTP/1.0 no keepalive", &squid(&ALL, &[]), &[&old]);
    let unknown = with_header(CONNECT, "Proxy-Authorization: Bearer x");
    check("unk", &squid(&ALL, &[]), &[&unknown]);
    let garbage = with_header(CONNECT, "Proxy-Authorization: Negotiate !!!!");
    check("neg", &squid(&ALL, &[]), &[&garbage]);
}

const TYPE_1: &str = "TlRMTVNTUAABAAAAB4IIogAAAAAAAAAAAAAAAAAAAAAGAbEdAAAADw==";

#[test]
fn squid_speaks_ntlm() {
    let ntlm = squid(&[Scheme::Ntlm], &[]);
    check("leg1 no creds", &ntlm, &[CONNECT]);
    let first = with_header(CONNECT, &format!("Proxy-Authorization: NTLM {TYPE_1}"));
    check("leg2 type1", &ntlm, &[CONNECT, &first]);
    check("h1.0", &ntlm, &[&GET.replace("1.1", "1.0")]);
    // A 407 without any challenge: real, and against RFC 9110.
    let old =
        with_header(&GET.replace("1.1", "1.0"), &format!("Proxy-Authorization: NTLM {TYPE_1}"));
    assert!(check("h1.0 t1", &ntlm, &[&old]).is_some());
}

#[test]
fn squid_speaks_digest() {
    let answer = |nonce: &str, response: &str| {
        let line = format!(
            "Proxy-Authorization: Digest username=\"CORP\\\\backup\", realm=\"r\", nonce=\"{nonce}\", uri=\"/\", response=\"{response}\""
        );
        with_header(GET, &line)
    };
    let bogus = answer("00000000000000000000000000000000", "0");
    check("l2 bogus nonce", &squid(&ALL, &[]), &[GET, &bogus]);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let site = Site::new(FIDELITIES[0], with(&squid(&ALL, &[])));
        let mut talk = Talk::new(&site).await;
        let asked = talk.say(GET).await.head.join("\n");
        let nonce = asked.split_once("nonce=\"").unwrap().1.split_once('"').unwrap().0.to_owned();
        let head = talk.say(&answer(&nonce, "0")).await.head;
        let head: Vec<String> = head.iter().map(|line| usual(line)).collect();
        assert_eq!(head, captured("l2 bad"));
    });
}

#[test]
fn squid_admits_and_refuses() {
    let asking = squid(&[Scheme::Basic], &[]);
    let known = "Proxy-Authorization: Basic Q09SUFxiYWNrdXA6cDpzcw==";
    check("Basic ok CONNECT", &asking, &[&with_header(CONNECT, known)]);
    let refusing = squid(&[], &["*"]);
    check("blocked GET 403", &refusing, &[GET]);
    check("blocked CONNECT 403", &refusing, &[CONNECT]);
    let secure = CONNECT.replace("login.windows.net", "www.msftncsi.com");
    check("CONNECT refused", &squid(&[], &[]), &[&secure]);
    check(
        "connect refused",
        &squid(&[], &[]),
        &["GET http://www.msftncsi.com:443/ HTTP/1.1\r\n\r\n"],
    );
    for prefix in ["", "302:"] {
        let url = format!("{prefix}http://portal.corp.example/login?url=%u");
        let away = Proxy { denial: Denial::Redirect(url), ..refusing.clone() };
        check("deny_info redirect", &away, &[GET]);
        if !prefix.is_empty() {
            check("deny_info redirect CONNECT", &away, &[&secure]);
        }
    }
}

#[tokio::test]
async fn squid_signs_what_it_passes_on() {
    let site = Site::new(FIDELITIES[0], with(&squid(&[], &[])));
    let head = Talk::new(&site).await.say(GET).await.head;
    let signed: Vec<String> = head[head.len() - 4..].iter().map(|line| usual(line)).collect();
    let golden = captured("open GET ok");
    assert_eq!(signed, golden[golden.len() - 4..]);
    let site =
        Site::new(FIDELITIES[0], with(&Proxy { product: "squid-6".into(), ..squid(&[], &[]) }));
    let head = Talk::new(&site).await.say(GET).await.head.join("\n");
    assert!(head.contains("Cache-Status: 10.0.0.5;") && !head.contains("X-Cache"), "{head}");
}

#[tokio::test]
async fn squid_resets() {
    for fidelity in FIDELITIES {
        let silent = Proxy { denial: Denial::Reset, ..squid(&[], &["*"]) };
        let site = Site::new(fidelity, with(&silent));
        let mut talk = Talk::new(&site).await;
        tokio::io::AsyncWriteExt::write_all(&mut talk.0, CONNECT.as_bytes()).await.unwrap();
        // In-process streams know no reset and just end.
        let expected = (fidelity != Fidelity::Loopback).then(Vec::new);
        assert_eq!(talk.rest().await, expected, "{fidelity:?}");
    }
}

#[test]
fn tinyproxy() {
    let tinyproxy = |asks: &[Scheme], refuses: &[&str]| Proxy {
        product: "tinyproxy-1.11".into(),
        ..squid(asks, refuses)
    };
    let asking = tinyproxy(&[Scheme::Basic], &[]);
    // Without a length, the body is what comes until the end.
    assert!(!check("tiny 407 GET", &asking, &[GET]).unwrap().is_empty());
    assert!(!check("tiny 407 CONNECT", &asking, &[CONNECT]).unwrap().is_empty());
    let wrong = with_header(GET, "Proxy-Authorization: Basic eDp5");
    assert!(!check("tiny bad creds", &asking, &[&wrong]).unwrap().is_empty());
    // Any other header than the right pair counts as a wrong pair (measured).
    let other = with_header(GET, "Proxy-Authorization: Bearer x");
    assert!(!check("tiny bad creds", &asking, &[&other]).unwrap().is_empty());
    assert!(!check("tiny filtered", &tinyproxy(&[], &["*"]), &[GET]).unwrap().is_empty());
    let secure = CONNECT.replace("login.windows.net", "www.msftncsi.com");
    assert!(!check("tiny connect refused", &tinyproxy(&[], &[]), &[&secure]).unwrap().is_empty());
}

#[tokio::test]
async fn tinyproxy_signs_above() {
    let tinyproxy = Proxy { product: "tinyproxy-1.11".into(), ..squid(&[], &[]) };
    let site = Site::new(FIDELITIES[0], with(&tinyproxy));
    let mut talk = Talk::new(&site).await;
    let head = talk.say(GET).await.head;
    assert_eq!(head[1], "Via: 1.1 10.0.0.5 (tinyproxy/1.11.1)");
    assert_eq!(talk.rest().await, Some(Vec::new()));
}

#[test]
fn isa() {
    let isa = Proxy { product: "isa".into(), ..squid(&[Scheme::Negotiate, Scheme::Ntlm], &[]) };
    assert_eq!(check("isa 407", &isa, &[CONNECT]), Some(Vec::new()));
}
