//! What Squid 5.7 with Debian's configuration answers to odd requests (measured): the status, what `X-Squid-Error` says, and
//! whether the connection ends.

use marslab_model::world::{Proxy, Scheme};

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::{FIDELITIES, Site, Talk, proxy, with};

/// A status without more is the server's. Nothing is a connection that ends without an answer.
type Row = (&'static str, &'static str, bool);

const URL: &str = "http://www.msftncsi.com/ncsi.txt";

/// Targets of CONNECT.
const TUNNELS: &[Row] = &[
    ("login.windows.net:443", "200", false),
    ("login.windows.net.:443", "200", false),
    ("login.windows.net", "200", false),
    ("login.windows.net:", "200", false),
    ("login.windows.net:abc", "200", false),
    ("login.windows.net:443/x", "200", false),
    ("login.windows.net:80", "403 ERR_ACCESS_DENIED 0", false),
    ("login.windows.net:3260", "403 ERR_ACCESS_DENIED 0", false),
    ("login.windows.net:0", "400 ERR_INVALID_URL 0", true),
    ("login.windows.net:65979", "400 ERR_INVALID_URL 0", true),
    (":443", "400 ERR_INVALID_URL 0", true),
    ("www.msftncsi.com:443", "503 ERR_CONNECT_FAIL 111", true),
    ("[::1]:443", "503 ERR_CONNECT_FAIL 110", true),
    ("nowhere.example:443", "500 ERR_CANNOT_FORWARD 0", true),
    ("u@login.windows.net:443", "500 ERR_CANNOT_FORWARD 0", true),
    ("http://login.windows.net/", "500 ERR_CANNOT_FORWARD 0", true),
    ("/", "500 ERR_CANNOT_FORWARD 0", true),
];

/// URLs of GET.
const URLS: &[Row] = &[
    ("http://www.msftncsi.com/ncsi.txt?a|b\"<>{}^`\\é", "200", false),
    ("http://u:p@www.msftncsi.com/ncsi.txt", "200", false),
    ("http://www.msftncsi.com./ncsi.txt", "200", false),
    ("HTTP://WWW.MSFTNCSI.COM/ncsi.txt", "200", false),
    ("http://www.msftncsi.com/ncsi.txt#x", "200", false),
    ("http://www.msftncsi.com/nc si.txt", "200", false),
    ("http://www.msftncsi.com:99999/", "400 ERR_INVALID_URL 0", true),
    ("http://www.msftncsi.com:0/", "400 ERR_INVALID_URL 0", true),
    ("http://www.msftncsi.com:abc/", "400 ERR_INVALID_URL 0", true),
    ("http://www.msftncsi.com:/", "400 ERR_INVALID_URL 0", true),
    ("http:///x", "400 ERR_INVALID_URL 0", true),
    ("www.msftncsi.com/", "400 ERR_INVALID_URL 0", true),
    ("/", "400 ERR_INVALID_URL 0", true),
    ("gopher://www.msftncsi.com/", "400 ERR_INVALID_URL 0", true),
    ("http://www.msftncsi.com:22/", "403 ERR_ACCESS_DENIED 0", false),
    ("http://www.msftncsi.com:443/", "503 ERR_CONNECT_FAIL 111", false),
    ("ftp://www.msftncsi.com/", "503 ERR_CONNECT_FAIL 111", false),
    ("http://nowhere.example/", "502 ERR_READ_ERROR 0", false),
];

/// Whole requests; `URL` stands for one that there is.
const REQUESTS: &[Row] = &[
    ("SSH-2.0-OpenSSH_9.2\r\n", "400 ERR_PROTOCOL_UNKNOWN 0", true),
    ("EHLO x\r\n", "400 ERR_PROTOCOL_UNKNOWN 0", true),
    ("CONNECT login.windows.net:443\r\n", "400 ERR_PROTOCOL_UNKNOWN 0", true),
    ("\0\0\r\n", "400 ERR_PROTOCOL_UNKNOWN 0", true),
    ("GET URL\r\n", "200", true),
    ("GET /\r\n", "400 ERR_INVALID_URL 0", true),
    ("GET URL HTTP/1.2\r\n\r\n", "200", false),
    ("GET URL HTTP/0.9\r\n\r\n", "200", true),
    ("GET URL HTTP/2.0\r\n\r\n", "505 ERR_UNSUP_HTTPVERSION 0", true),
    ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "400 ERR_INVALID_URL 0", true),
    ("GET\tURL  HTTP/1.1\r\n\r\n", "200", false),
    ("GET URL HTTP/1.1\r\nX: a\r\n b\u{1}\r\n\r\n", "200", false),
    ("GET URL HTTP/1.1\r\nX : a\r\n\r\n", "400 ERR_INVALID_REQ 0", true),
    ("GET URL HTTP/1.1\r\nX: a\0b\r\n\r\n", "400 ERR_INVALID_REQ 0", true),
    ("OPTIONS * HTTP/1.1\r\n\r\n", "501 ERR_UNSUP_REQ 0", true),
    ("OPTIONS URL HTTP/1.1\r\nMax-Forwards: 0\r\n\r\n", "501 ERR_UNSUP_REQ 0", true),
    ("TRACE URL HTTP/1.1\r\nMax-Forwards: 0\r\n\r\n", "200", false),
    ("GET URL HTTP/1.1\r\nMax-Forwards: 0\r\n\r\n", "200", false),
    (
        "GET URL HTTP/1.1\r\nVia: 1.1 other, 1.1 10.0.0.5 (squid/5.7)\r\n\r\n",
        "403 ERR_ACCESS_DENIED 0",
        false,
    ),
    ("GET URL HTTP/1.1\r\nVia: 1.1 other\r\n\r\n", "200", false),
    ("GET URL HTTP/1.1\r\nExpect: x\r\n\r\n", "417 ERR_INVALID_REQ 0", true),
    ("POST URL HTTP/1.1\r\nContent-Length: 5,5\r\n\r\nhello", "404", false),
    ("POST URL HTTP/1.1\r\nContent-Length: 5,6\r\n\r\nhello", "411 ERR_INVALID_REQ 0", true),
    ("GET URL HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello", "411 ERR_INVALID_REQ 0", true),
    ("POST URL HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", "501 ERR_UNSUP_REQ 0", true),
    ("POST URL HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "", true),
];

/// What is said to a text: a row's two last columns.
async fn answer(site: &Site, text: &str) -> (String, bool) {
    let mut talk = Talk::new(site).await;
    let is_trace = text.starts_with("TRACE");
    let heard = talk.say(text).await;
    if is_trace {
        let body = String::from_utf8(heard.body).unwrap();
        assert_eq!(body, "TRACE /ncsi.txt HTTP/1.1\r\nMax-Forwards: 0\r\n\r\n");
    }
    let status = heard.head.first().and_then(|line| line.split(' ').nth(1)).unwrap_or_default();
    let error = heard.head.iter().find_map(|line| line.strip_prefix("X-Squid-Error: "));
    let said = format!("{status} {}", error.unwrap_or_default());
    // A connection that is kept answers once more.
    let is_tunnel = text.starts_with("CONNECT") && status == "200";
    let next = format!("HEAD {URL} HTTP/1.1\r\n\r\n");
    let ends = !is_tunnel
        && (talk.0.write_all(next.as_bytes()).await.is_err()
            || !matches!(talk.0.read(&mut [0]).await, Ok(1)));
    (said.trim().to_owned(), ends)
}

#[tokio::test]
async fn odd_requests() {
    for fidelity in [FIDELITIES[0], FIDELITIES[2]] {
        let site = Site::new(fidelity, with(&proxy(&[], &[])));
        let tunnels =
            TUNNELS.iter().map(|row| (format!("CONNECT {} HTTP/1.1\r\n\r\n", row.0), row));
        let urls = URLS.iter().map(|row| (format!("GET {} HTTP/1.1\r\n\r\n", row.0), row));
        let requests = REQUESTS.iter().map(|row| (row.0.replace("URL", URL), row));
        for (text, (_, said, ends)) in tunnels.chain(urls).chain(requests) {
            let expected = ((*said).to_owned(), *ends);
            assert_eq!(answer(&site, &text).await, expected, "{fidelity:?} {text:?}");
        }
        for (length, expected) in [
            (8_191, "200"),
            (8_192, "400 ERR_INVALID_URL 0"),
            (60_000, "400 ERR_INVALID_URL 0"),
            (66_000, "414 ERR_TOO_BIG 0"),
        ] {
            let url = format!("{URL}?{}", "a".repeat(length - URL.len() - 1));
            let (said, _) = answer(&site, &format!("GET {url} HTTP/1.1\r\n\r\n")).await;
            assert_eq!(said, expected, "{length}");
        }
    }
}

#[tokio::test]
async fn ports_come_before_passwords() {
    let site = Site::new(FIDELITIES[0], with(&proxy(&[Scheme::Basic], &[])));
    for (text, expected) in [
        ("CONNECT www.msftncsi.com:80 HTTP/1.1\r\n\r\n", "403 ERR_ACCESS_DENIED 0"),
        ("GET http://www.msftncsi.com:22/ HTTP/1.1\r\n\r\n", "403 ERR_ACCESS_DENIED 0"),
        ("CONNECT www.msftncsi.com:443 HTTP/1.1\r\n\r\n", "407 ERR_CACHE_ACCESS_DENIED 0"),
    ] {
        assert_eq!(answer(&site, text).await.0, expected, "{text}");
    }
    let isa = Proxy { product: "isa".into(), ..proxy(&[], &[]) };
    let site = Site::new(FIDELITIES[0], with(&isa));
    assert_eq!(answer(&site, "CONNECT www.msftncsi.com:80 HTTP/1.1\r\n\r\n").await.0, "200");
}

#[tokio::test]
async fn pages_in_the_language_that_is_asked_for() {
    let site = Site::new(FIDELITIES[0], with(&proxy(&[], &["*"])));
    for (asked, language, text) in [
        ("ja-JP,en", "ja-jp", "このプロキシ"),
        ("en-US", "en-us", "This proxy"),
        ("xx", "en", "This proxy"),
    ] {
        let heard = Talk::new(&site)
            .await
            .say(&format!("GET {URL} HTTP/1.1\r\nAccept-Language: {asked}\r\n\r\n"))
            .await;
        assert!(heard.head.contains(&format!("Content-Language: {language}")), "{:?}", heard.head);
        assert!(String::from_utf8(heard.body.clone()).unwrap().contains(text), "{asked}");
        assert_eq!(heard.body.len(), 3_100, "as long as Squid's");
    }
}

#[tokio::test]
async fn more_than_a_thousand_connections() {
    let site = Site::new(FIDELITIES[0], with(&proxy(&[], &[])));
    let mut talks = Vec::new();
    for _ in 0..1_500 {
        talks.push(Talk::new(&site).await);
    }
    for talk in &mut talks {
        assert_eq!(
            talk.say(&format!("GET {URL} HTTP/1.1\r\n\r\n")).await.head[0],
            "HTTP/1.1 200 OK"
        );
    }
}
