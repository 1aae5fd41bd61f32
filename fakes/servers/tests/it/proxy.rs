mod answers;
mod bodies;
mod golden;
mod impairments;
mod inspection;
mod no_open_relay;
mod schemes;
mod squid;
mod worlds;

use marslab_model::net::Stream;
use marslab_model::world::{Action, Origin, Proxy, Rule, Scheme};
use marslab_model::{Address, DialError, Name, World};
use marslab_wire::http::{HttpError, Request};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::site::{FIDELITIES, Site};

const PROXY: &str = "10.0.0.5:8080";
const PROBE: &str = "http://www.msftncsi.com/ncsi.txt";
const LOGIN: &str = "https://login.windows.net/nothing";

fn proxy(asks: &[Scheme], refuses: &[&str]) -> Proxy {
    Proxy {
        asks: asks.to_vec(),
        realm: "Contoso".to_owned(),
        users: ["CORP\\backup", "backup"].map(|user| (Name::new(user), "p:ss".to_owned())).into(),
        refuses: refuses.iter().map(|target| target.parse().unwrap()).collect(),
        ..Proxy::open("squid-5")
    }
}

fn with(proxy: &Proxy) -> impl Fn(&mut World) {
    let proxy = proxy.clone();
    move |world| {
        world.network.proxies.insert(PROXY.into(), proxy.clone());
    }
}

/// What a client sees of a proxy that connects no further, or the status of the answer, with `X-Squid-Error`.
async fn seen(site: &Site, url: &str, login: Option<(&str, &str)>) -> (u16, String) {
    answered(site, url, login).await.unwrap_or_else(|| panic!("{url}: closed"))
}

/// The same; none where the connection is closed instead.
async fn answered(site: &Site, url: &str, login: Option<(&str, &str)>) -> Option<(u16, String)> {
    let client = site.client_behind(PROXY, login);
    let error = |headers: &http::HeaderMap| {
        headers.get("x-squid-error").map_or("", |value| value.to_str().unwrap()).to_owned()
    };
    match client.send(&Request::get(url.parse().unwrap())).await {
        Ok(answer) => Some((answer.status, error(&answer.headers))),
        Err(HttpError::ProxyRefused { status, headers, .. }) => Some((status, error(&headers))),
        Err(HttpError::Closed) => None,
        Err(other) => panic!("{url}: {other}"),
    }
}

#[tokio::test]
async fn passes_on_and_tunnels() {
    for fidelity in FIDELITIES {
        let site = Site::new(fidelity, with(&proxy(&[], &[])));
        let client = site.client_behind(PROXY, None);
        let answer = client.send(&Request::get(PROBE.parse().unwrap())).await.unwrap();
        assert_eq!((answer.status, answer.text().as_ref()), (200, "Microsoft NCSI"));
        assert_eq!(answer.header("via"), Some("1.1 10.0.0.5 (squid/5.7)"));
        assert_eq!(answer.header("server"), Some("Microsoft-IIS/10.0"));
        let answer = client.send(&Request::get(LOGIN.parse().unwrap())).await.unwrap();
        assert_eq!((answer.status, answer.header("via")), (404, None));
        assert_eq!(
            site.said(),
            [
                "10.0.0.5 | dial 10.0.0.5:8080 | connected",
                "www.msftncsi.com | dial 203.0.113.10:80 for a proxy | connected",
                "www.msftncsi.com | GET /ncsi.txt | 200",
                "10.0.0.5:8080 | GET http://www.msftncsi.com:80/ncsi.txt | 200",
                "10.0.0.5 | dial 10.0.0.5:8080 | connected",
                "login.windows.net | dial 20.190.129.10:443 for a proxy | connected",
                "10.0.0.5:8080 | CONNECT login.windows.net:443 | 200",
                "login.windows.net | GET /nothing | 404",
            ],
            "{fidelity:?}"
        );
    }
}

/// Asks for a page and for a tunnel, and checks what comes of it and what the journal tells.
#[expect(clippy::fn_params_excessive_bools, reason = "a row of a table")]
async fn check(site: &Site, login: Option<(&str, &str)>, is_admitted: bool, note: &str) {
    for (url, status) in [(PROBE, 200), (LOGIN, 404)] {
        let denied = (407, "ERR_CACHE_ACCESS_DENIED 0".to_owned());
        let expected = if is_admitted { (status, String::new()) } else { denied };
        assert_eq!(seen(site, url, login).await, expected, "{url} {login:?}");
        let said = site.said().join("\n");
        assert!(said.contains(&format!("({note})")), "{note}: {said}");
        assert!(!said.contains("p:ss") && !said.contains("secret"), "{said}");
    }
}

#[tokio::test]
async fn asks_for_credentials() {
    for fidelity in FIDELITIES {
        let site = Site::new(fidelity, with(&proxy(&[Scheme::Basic], &[])));
        let (right, wrong) =
            ("Basic: user known, password right", "Basic: user known, password wrong");
        check(&site, None, false, "no credentials").await;
        check(&site, Some(("CORP\\backup", "p:ss")), true, right).await;
        check(&site, Some(("corp\\BACKUP", "p:ss")), true, right).await;
        check(&site, Some(("CORP\\backup", "secret")), false, wrong).await;
        check(&site, Some(("CORP\\other", "p:ss")), false, "Basic: user unknown").await;
    }
}

#[tokio::test]
async fn settings_are_read_at_every_request() {
    use marslab_model::tracked::Field;
    let site = Site::new(FIDELITIES[0], with(&proxy(&[Scheme::Basic], &[])));
    let login = Some(("CORP\\backup", "p:ss"));
    assert_eq!(seen(&site, LOGIN, login).await.0, 404);
    let password = Field::world().network().proxies().at(PROXY).users().at("CORP\\backup");
    site.running.apply(&password.set("changed")).unwrap();
    assert_eq!(seen(&site, LOGIN, login).await.0, 407);
    let asks = Field::world().network().proxies().at(PROXY).asks();
    site.running.apply(&asks.set(Vec::new())).unwrap();
    assert_eq!(seen(&site, LOGIN, None).await.0, 404);
}

#[tokio::test]
async fn refuses_by_name_and_by_range() {
    for fidelity in FIDELITIES {
        for (target, is_refused) in [
            ("login.windows.net", true),
            ("*.windows.net", true),
            ("*", true),
            ("20.190.128.0/18", true),
            ("20.190.129.10", true),
            ("40.126.0.0/18", false),
            ("*.microsoft.com", false),
        ] {
            let site = Site::new(fidelity, with(&proxy(&[], &[target])));
            let refused = (403, "ERR_ACCESS_DENIED 0".to_owned());
            let expected = if is_refused { refused } else { (404, String::new()) };
            assert_eq!(seen(&site, LOGIN, None).await, expected, "{fidelity:?} {target}");
        }
        let site = Site::new(fidelity, with(&proxy(&[Scheme::Basic], &["*"])));
        assert_eq!(seen(&site, PROBE, None).await.0, 407, "who asks is asked first");
        assert_eq!(seen(&site, PROBE, Some(("CORP\\backup", "p:ss"))).await.0, 403);
    }
}

#[tokio::test]
async fn what_is_allowed_is_not_refused() {
    for (refused, allowed, passes) in [
        ("*", "*.windows.net", true),
        ("*", "20.190.128.0/18", true),
        ("20.190.128.0/18", "*.windows.net", true),
        ("*.windows.net", "20.190.128.0/18", true),
        ("*", "*.microsoft.com", false),
        ("*.windows.net", "40.126.0.0/18", false),
    ] {
        let allows = vec![allowed.parse().unwrap()];
        let site = Site::new(FIDELITIES[0], with(&Proxy { allows, ..proxy(&[], &[refused]) }));
        let expected = if passes { 404 } else { 403 };
        assert_eq!(seen(&site, LOGIN, None).await.0, expected, "{refused} but {allowed}");
    }
}

#[tokio::test]
async fn a_script_is_served_to_everybody() {
    for fidelity in FIDELITIES {
        let script = "function FindProxyForURL(url, host) { return \"DIRECT\"; }";
        let asking = proxy(&[Scheme::Basic], &["*"]);
        let site =
            Site::new(fidelity, with(&Proxy { script: script.to_owned(), ..asking.clone() }));
        let answer = site.get("http://10.0.0.5:8080/proxy.pac").await.unwrap();
        assert_eq!((answer.status, answer.text().as_ref()), (200, script));
        assert_eq!(answer.header("content-type"), Some("application/x-ns-proxy-autoconfig"));
        assert_eq!(site.get("http://10.0.0.5:8080/other.pac").await.unwrap().status, 400);
        let site = Site::new(fidelity, with(&asking));
        assert_eq!(site.get("http://10.0.0.5:8080/proxy.pac").await.unwrap().status, 400);
    }
}

#[tokio::test]
async fn servers_that_cannot_be_reached() {
    for fidelity in FIDELITIES {
        for (url, action, expected) in [
            (LOGIN, Action::Reset, (503, "ERR_CONNECT_FAIL 111", 0)),
            (LOGIN, Action::Drop, (503, "ERR_CONNECT_FAIL 110", 21)),
            (PROBE, Action::Unreachable, (503, "ERR_CONNECT_FAIL 113", 0)),
            ("https://nowhere.example/", Action::Allow, (500, "ERR_CANNOT_FORWARD 0", 0)),
            ("http://nowhere.example/", Action::Allow, (502, "ERR_READ_ERROR 0", 0)),
            ("https://www.msftncsi.com/", Action::Allow, (503, "ERR_CONNECT_FAIL 111", 0)),
        ] {
            let site = Site::new(fidelity, |world| {
                with(&proxy(&[], &[]))(world);
                let to = "*".parse().unwrap();
                let rule = Rule { from: Origin::Proxies, to, port: None, action };
                world.network.firewall.insert("r".into(), rule);
            });
            let (status, error) = seen(&site, url, None).await;
            let seen = (status, error.as_str(), site.seconds());
            assert_eq!(seen, expected, "{fidelity:?} {url} {action:?}");
        }
    }
}

#[tokio::test]
async fn a_machine_that_may_only_leave_through_the_proxy() {
    for fidelity in FIDELITIES {
        let site = Site::new(fidelity, |world| {
            with(&proxy(&[], &[]))(world);
            let rules = [("a", "10.0.0.5", Action::Allow), ("b", "*", Action::Drop)];
            for (name, to, action) in rules {
                let to = to.parse().unwrap();
                let rule = Rule { from: Origin::Machines, to, port: None, action };
                world.network.firewall.insert(name.into(), rule);
            }
        });
        let direct = site.get(PROBE).await;
        assert!(matches!(direct, Err(HttpError::Dial { error: DialError::TimedOut, .. })));
        assert_eq!(seen(&site, PROBE, None).await.0, 200);
        assert_eq!(seen(&site, LOGIN, None).await.0, 404);
    }
}

/// A conversation with a proxy on one connection.
struct Talk(Box<dyn Stream>);

/// What a proxy answers.
struct Heard {
    head: Vec<String>,
    body: Vec<u8>,
}

impl Talk {
    async fn new(site: &Site) -> Self {
        let to: Address = PROXY.parse().unwrap();
        Self(site.network.dial(Origin::Machines, &to).await.unwrap().stream)
    }

    /// Says something, and hears one answer: its head, and as much of a body as its length tells.
    async fn say(&mut self, text: &str) -> Heard {
        self.0.write_all(text.as_bytes()).await.unwrap();
        let mut head = Vec::new();
        let mut byte = [0];
        while !head.ends_with(b"\r\n\r\n") && matches!(self.0.read(&mut byte).await, Ok(1)) {
            head.push(byte[0]);
        }
        let head = String::from_utf8(head).unwrap();
        let head: Vec<String> = head.trim_end().lines().map(str::to_owned).collect();
        let has_body =
            !text.starts_with("HEAD") && !head.iter().any(|line| line.contains(" 200 C"));
        let length = head.iter().find_map(|line| line.strip_prefix("Content-Length: "));
        let length = length.filter(|_| has_body).map_or(0, |length| length.parse().unwrap());
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).await.unwrap();
        Heard { head, body }
    }

    /// What is still said until the connection ends; nothing where it is reset.
    async fn rest(mut self) -> Option<Vec<u8>> {
        let mut rest = Vec::new();
        self.0.read_to_end(&mut rest).await.is_ok().then_some(rest)
    }
}

/// Says something to the proxy and returns the head of what it answers.
async fn raw(site: &Site, text: &str) -> Vec<String> {
    Talk::new(site).await.say(text).await.head
}

#[tokio::test]
async fn garbage_is_answered_or_closed() {
    let site = Site::new(FIDELITIES[0], with(&proxy(&[Scheme::Basic], &[])));
    for (text, expected) in [
        ("GET / HTTP/1.1\r\nHost: 10.0.0.5:8080\r\n\r\n", "HTTP/1.1 400 Bad Request"),
        ("\u{16}\u{3}\u{1}\r\n\r\n", "HTTP/1.1 400 Bad Request"),
        ("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 501 Not Implemented"),
        ("GET / HTTP/2.0\r\nHost: x\r\n\r\n", "HTTP/1.1 505 HTTP Version not supported"),
    ] {
        assert_eq!(raw(&site, text).await[0], expected, "{text:?}");
    }
    for header in [
        "Proxy-Authorization: Basic",
        "Proxy-Authorization: Basic ????",
        "Proxy-Authorization: Basic /////w==",
        "Proxy-Authorization: Basic bm9jb2xvbg==",
        "Proxy-Authorization: Bearer x",
        "Proxy-Authorization: \u{7f}",
    ] {
        let head =
            raw(&site, &format!("GET {PROBE} HTTP/1.1\r\nHost: x\r\n{header}\r\n\r\n")).await;
        let status = head.first().map(String::as_str);
        let fine = ["HTTP/1.1 407 Proxy Authentication Required", "HTTP/1.1 400 Bad Request"];
        assert!(status.is_some_and(|status| fine.contains(&status)), "{header}: {status:?}");
    }
}

/// A proxy that asks itself must not run in circles.
#[tokio::test]
async fn a_proxy_that_is_asked_for_itself() {
    for fidelity in FIDELITIES {
        let site = Site::new(fidelity, with(&proxy(&[], &[])));
        assert_eq!(seen(&site, "http://10.0.0.5:8080/", None).await.0, 400, "{fidelity:?}");
    }
}
