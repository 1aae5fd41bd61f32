use http::HeaderMap;
use marslab_model::net::TlsLayer;

use super::*;
use crate::http::proxy_schemes;
use crate::testing::{LAYERS, pair, read_all};

const CHALLENGE: (&str, &str) = ("Proxy-Authenticate", "Basic realm=\"a, b\"");

/// `backup:secret` in Base64.
const BASIC: &str = "Basic YmFja3VwOnNlY3JldA==";

/// A proxy for clients that know the password, or for everyone if it asks for nothing (`offers` is empty). The mirror at
/// `a.example` is behind it.
fn proxy(
    layer: TlsLayer,
    offers: &'static [(&'static str, &'static str)],
) -> Arc<Answers<impl Fn(&http::Request<Bytes>) -> Answer + Send + Sync>> {
    Answers::new(move |request: &http::Request<Bytes>| {
        let given =
            request.headers().get("proxy-authorization").map(|value| value.to_str().unwrap());
        if !offers.is_empty() && given != Some(BASIC) {
            return response(407, offers, "who are you?");
        }
        if request.method() != http::Method::CONNECT {
            return response(200, &[], &format!("through the proxy to {}", request.uri()));
        }
        let net = Net::new(layer).with_https("a.example:443", mirror());
        let (near, mut far) = pair(layer);
        tokio::spawn(async move {
            let mut server = net.dial(&"a.example:443".parse().unwrap()).await.unwrap();
            tokio::io::copy_bidirectional(&mut far.stream, &mut server.stream).await.ok();
        });
        Answer::Tunnel(near)
    })
}

/// What the client got, what the proxy got, and how often it was dialed.
type Seen = (String, Vec<String>, usize);

fn ask(
    url: &str,
    offers: &'static [(&'static str, &'static str)],
    know: Option<(&str, &str)>,
) -> Seen {
    let mut all = LAYERS.map(|layer| {
        let proxy = proxy(layer, offers);
        let net = Net::new(layer).with_http(PROXY, proxy.clone());
        let answer = match send(&net, Some(route(know)), &get(url)) {
            Err(HttpError::ProxyRefused { proxy, status, headers }) => {
                format!("{proxy} refused: {status} {:?}", proxy_schemes(&headers))
            }
            answer => text(answer),
        };
        (answer, proxy.lines("proxy-authorization"), net.dialed().len())
    });
    assert_eq!(all[0], all[1]);
    std::mem::take(&mut all[0])
}

#[track_caller]
fn check(seen: &Seen, answer: &str, lines: &[&str], dialed: usize) {
    let lines = lines.iter().map(ToString::to_string).collect();
    assert_eq!(*seen, (answer.to_owned(), lines, dialed));
}

const KNOWN: Option<(&str, &str)> = Some(("backup", "secret"));
const PLAIN: &str = "http://a.example:81/b?c";
const SECURE: &str = "https://a.example/b?c";

#[test]
fn a_proxy_gets_the_whole_url_or_the_authority() {
    let answer = "200 through the proxy to http://a.example:81/b?c";
    check(&ask(PLAIN, &[], KNOWN), answer, &["GET http://a.example:81/b?c -"], 1);
    check(&ask(SECURE, &[], KNOWN), "200 GET /b?c []", &["CONNECT a.example:443 -"], 1);
}

#[test]
fn credentials_are_sent_on_demand() {
    let get =
        ["GET http://a.example:81/b?c -", "GET http://a.example:81/b?c Basic YmFja3VwOnNlY3JldA=="];
    let answer = "200 through the proxy to http://a.example:81/b?c";
    check(&ask(PLAIN, &[CHALLENGE], KNOWN), answer, &get, 1);
    let connect = ["CONNECT a.example:443 -", "CONNECT a.example:443 Basic YmFja3VwOnNlY3JldA=="];
    check(&ask(SECURE, &[CHALLENGE], KNOWN), "200 GET /b?c []", &connect, 1);
    // A proxy that closes the connection is dialed again.
    let closing = &[CHALLENGE, ("Connection", "close")];
    check(&ask(PLAIN, closing, KNOWN), answer, &get, 2);
    check(&ask(SECURE, closing, KNOWN), "200 GET /b?c []", &connect, 2);
    // All schemes may share a line.
    let shared = &[("Proxy-Authenticate", "Bearer, Custom a=\"b, c\", basic realm=\"x\"")];
    check(&ask(SECURE, shared, KNOWN), "200 GET /b?c []", &connect, 1);
}

#[test]
fn credentials_are_not_sent_without_demand() {
    let other =
        &[("Proxy-Authenticate", "Bearer"), ("Proxy-Authenticate", "Digest realm=\"Basic \"")];
    let refused = format!("{PROXY} refused: 407 [\"Bearer\", \"Digest\"]");
    check(&ask(SECURE, other, KNOWN), &refused, &["CONNECT a.example:443 -"], 1);
    check(&ask(PLAIN, other, KNOWN), "407 who are you?", &["GET http://a.example:81/b?c -"], 1);
    check(
        &ask(PLAIN, &[CHALLENGE], None),
        "407 who are you?",
        &["GET http://a.example:81/b?c -"],
        1,
    );
    let unasked = &[("X-Reason", "it does not say how")];
    check(
        &ask(SECURE, unasked, KNOWN),
        &format!("{PROXY} refused: 407 []"),
        &["CONNECT a.example:443 -"],
        1,
    );
}

#[test]
fn wrong_credentials_are_tried_once() {
    let wrong = Some(("backup", "guess"));
    let refused = format!("{PROXY} refused: 407 [\"Basic\"]");
    let lines = ["CONNECT a.example:443 -", "CONNECT a.example:443 Basic YmFja3VwOmd1ZXNz"];
    check(&ask(SECURE, &[CHALLENGE], wrong), &refused, &lines, 1);
    let lines =
        ["GET http://a.example:81/b?c -", "GET http://a.example:81/b?c Basic YmFja3VwOmd1ZXNz"];
    check(&ask(PLAIN, &[CHALLENGE], wrong), "407 who are you?", &lines, 1);
}

#[test]
fn the_length_in_the_success_of_a_connect_is_ignored() {
    const ANSWER: &[u8] =
        b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n\x00lab\x00\x00\x00\x01\x46";
    // The refusal of the version, in the format of the layer, follows the head at once.
    let net = Net::new(TlsLayer::ChainOnly).with_server(PROXY, async |mut connection| {
        connection.stream.write_all(ANSWER).await.unwrap();
        read_all(&mut connection.stream).await;
    });
    let error = send(&net, Some(route(None)), &get(SECURE)).unwrap_err();
    assert_eq!(error, HttpError::Tls(tls::TlsError::NoCommonVersion));
}

#[test]
fn every_refusal_of_a_tunnel_is_reported() {
    for (status, head) in [
        (302, "HTTP/1.1 302 Found\r\nLocation: http://portal/\r\nContent-Length: 0\r\n\r\n"),
        (401, "HTTP/1.0 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\n\r\nno"),
        (403, "HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno"),
        (407, "HTTP/1.1 407 Proxy Authentication Required\r\nConnection: close\r\n\r\n"),
        (503, "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"),
    ] {
        let net = Net::new(LAYERS[0]).with_raw(PROXY, Vec::leak(vec![head]));
        let error = send(&net, Some(route(KNOWN)), &get(SECURE)).unwrap_err();
        let HttpError::ProxyRefused { status: seen, .. } = error else { panic!("{error:?}") };
        assert_eq!(seen, status);
    }
}

#[test]
fn schemes_and_parameters_are_distinguished() {
    for (lines, expected) in [
        (&[][..], &[][..]),
        (&["Negotiate", "NTLM"], &["Negotiate", "NTLM"]),
        (&["NTLM TlRMTVNTUAAC=="], &["NTLM"]),
        (
            &["Digest realm=\"a, Basic \\\" b\", nonce=\"0\", qop=\"auth\", stale=false"],
            &["Digest"],
        ),
        (
            &["Digest realm = \"a\" , nonce = x,Basic realm=\"b\",, Negotiate"],
            &["Digest", "Basic", "Negotiate"],
        ),
        (&["", ",", "\"Basic\"", "="], &["\"Basic\""]),
    ] {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append("proxy-authenticate", line.parse().unwrap());
        }
        assert_eq!(proxy_schemes(&headers), expected, "in {lines:?}");
    }
}
