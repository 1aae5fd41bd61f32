//! Whatever a proxy is asked for, it reaches nothing but the world's own servers: not the real machine, however that is
//! spelled, and not the sockets of the lab behind the world's back.

use std::net::TcpListener;

use marslab_model::world::Proxy;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::{FIDELITIES, PROBE, Site, Talk, proxy, with};

/// The real machine, as programs have been led to it.
const HOSTS: [&str; 12] = [
    "127.0.0.1",
    "localhost",
    "localhost.",
    "[::1]",
    "0.0.0.0",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "[::ffff:127.0.0.1]",
    "[::]",
    "10.0.0.5",
];

/// How a server is asked for; `AT` stands for host and port.
const FORMS: [&str; 12] = [
    "CONNECT AT HTTP/1.1\r\nHost: AT\r\n\r\n",
    "CONNECT AT HTTP/1.0\r\n\r\n",
    "CONNECT login.windows.net@AT HTTP/1.1\r\n\r\n",
    "CONNECT http://AT/ HTTP/1.1\r\n\r\n",
    "CONNECT AT/ HTTP/1.1\r\nHost: login.windows.net:443\r\n\r\n",
    "GET http://AT/ HTTP/1.1\r\nHost: www.msftncsi.com\r\n\r\n",
    "GET https://AT/ HTTP/1.1\r\n\r\n",
    "GET http://www.msftncsi.com@AT/ HTTP/1.1\r\n\r\n",
    "GET ftp://AT/ HTTP/1.1\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: AT\r\n\r\n",
    "POST http://AT/ HTTP/1.1\r\nContent-Length: 1\r\n\r\nx",
    "OPTIONS http://AT HTTP/1.1\r\n\r\n",
];

/// One that keeps to the usual ports, and two that do not.
const PRODUCTS: [&str; 3] = ["squid-5", "isa", "tinyproxy-1.11"];

/// The status of the answer, if one comes.
async fn status(site: &Site, text: &str) -> Option<u16> {
    let mut talk = Talk::new(site).await;
    talk.0.write_all(text.as_bytes()).await.ok()?;
    talk.0.shutdown().await.ok()?;
    let mut heard = vec![0; 64];
    let length = talk.0.read(&mut heard).await.ok()?;
    let line = String::from_utf8_lossy(&heard[..length]).into_owned();
    line.split(' ').nth(1)?.parse().ok()
}

/// What a proxy has connected to since this was asked last.
fn reached(site: &Site) -> Vec<String> {
    let said = site.said().into_iter();
    said.filter(|line| line.contains("for a proxy | connected")).collect()
}

#[tokio::test]
async fn the_real_machine_is_out_of_reach() {
    let canary = TcpListener::bind("127.0.0.1:0").unwrap();
    canary.set_nonblocking(true).unwrap();
    for product in PRODUCTS {
        let open = Proxy { product: product.into(), ..proxy(&[], &[]) };
        let site = Site::new(FIDELITIES[2], with(&open));
        // The servers of the lab have sockets, too, once they were dialled.
        site.client_behind(super::PROXY, None)
            .send(&marslab_wire::http::Request::get(PROBE.parse().unwrap()))
            .await
            .unwrap();
        assert_eq!(reached(&site).len(), 1);
        let own = site.network.listeners().into_values().map(|at| at.port());
        let ports = [22, 53, 80, 443, 3128, canary.local_addr().unwrap().port()];
        let (mut asked, mut answered) = (0, 0);
        for port in own.chain(ports) {
            for (host, form) in HOSTS.iter().flat_map(|host| FORMS.map(|form| (host, form))) {
                let text = form.replace("AT", &format!("{host}:{port}"));
                let status = status(&site, &text).await;
                asked += 1;
                answered += usize::from(status.is_some());
                assert!(
                    status.is_none_or(|status| status >= 400),
                    "{product} {text:?}: {status:?}"
                );
            }
        }
        assert!(answered > asked / 2, "{product}: {answered} answers of {asked}");
        assert_eq!(reached(&site), [""; 0], "{product}");
        assert!(canary.accept().is_err(), "{product}");
    }
}

/// Of anything that may be a target, only the world's own servers are found.
#[test]
fn any_target() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let site = Site::new(FIDELITIES[0], with(&Proxy { product: "isa".into(), ..proxy(&[], &[]) }));
    let known = "CONNECT login.windows.net:443 HTTP/1.1\r\n\r\n";
    assert_eq!(runtime.block_on(status(&site, known)), Some(200));
    assert_eq!(reached(&site).len(), 1);
    let piece = prop_oneof![
        prop::sample::select(HOSTS.to_vec()),
        prop::sample::select(vec![
            "http://",
            "https://",
            ":",
            "@",
            "/",
            "//",
            "\\",
            "#",
            "?",
            "%",
            ".",
            "443",
            "80",
            "login.windows.net",
            "www.msftncsi.com",
            "Host: ",
        ]),
    ];
    let targets = prop::collection::vec(piece, 1..7);
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) };
    TestRunner::new(config)
        .run(&targets, |pieces| {
            let target = pieces.concat();
            for method in ["CONNECT", "GET"] {
                let text = format!("{method} {target} HTTP/1.1\r\n\r\n");
                runtime.block_on(status(&site, &text));
                for line in reached(&site) {
                    let host = line.split(' ').next().unwrap_or_default();
                    prop_assert!(
                        ["login.windows.net", "www.msftncsi.com"].contains(&host),
                        "{text:?}: {line}"
                    );
                }
            }
            Ok(())
        })
        .unwrap();
}
