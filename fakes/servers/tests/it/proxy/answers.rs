//! What an administrator can set of a proxy's answers, and products that answer in ways of their own.

use marslab_model::world::{Proxy, ResponseOptions, Scheme};

use super::{FIDELITIES, PROBE, Site, Talk, proxy, seen, with};

const LOGIN: &str = "https://login.windows.net/nothing";
const CONNECT: &str = "CONNECT login.windows.net:443 HTTP/1.1\r\n\r\n";

#[tokio::test]
async fn answers_as_they_are_set() {
    let response_options = ResponseOptions {
        reason: "Who goes there? (access denied)\r\nX-Smuggled: 1".to_owned(),
        page_bytes: 40_000,
        closes_after_pages: true,
        challenges_in_one_line: true,
        ..ResponseOptions::default()
    };
    let asks = [Scheme::Ntlm, Scheme::DigestSha256, Scheme::Basic];
    let site = Site::new(FIDELITIES[0], with(&Proxy { response_options, ..proxy(&asks, &[]) }));
    let mut talk = Talk::new(&site).await;
    let heard = talk.say(CONNECT).await;
    assert_eq!(heard.head[0], "HTTP/1.1 407 Who goes there? (access denied)X-Smuggled: 1");
    assert_eq!(heard.body.len(), 40_000);
    let asked: Vec<&String> = heard.head.iter().filter(|it| it.starts_with("Proxy-Au")).collect();
    assert_eq!(asked.len(), 1);
    assert!(asked[0].starts_with("Proxy-Authenticate: NTLM, Digest realm=\"Contoso\", nonce=\""));
    assert!(asked[0].ends_with("stale=false, algorithm=SHA-256, Basic realm=\"Contoso\""));
    assert_eq!(heard.head.last().unwrap(), "Connection: close");
    assert_eq!(talk.rest().await, Some(Vec::new()));
    // The answer to a HEAD has the length of the answer to a GET.
    let heard = Talk::new(&site).await.say(&format!("HEAD {PROBE} HTTP/1.1\r\n\r\n")).await;
    assert!(heard.head.contains(&"Content-Length: 40000".to_owned()) && heard.body.is_empty());
    // The account is not lost on a proxy that closes: the client comes again.
    assert_eq!(
        seen(&site, LOGIN, Some(("CORP\\backup", "p:ss"))).await.0,
        407,
        "NTLM needs a kept connection"
    );
}

#[tokio::test]
async fn a_tunnel_whose_answer_has_a_length() {
    for fidelity in FIDELITIES {
        let tunnel_head = vec!["Content-Length: 5".to_owned(), "X-Proxy: a\nb".to_owned()];
        let response_options = ResponseOptions { tunnel_head, ..ResponseOptions::default() };
        let site = Site::new(fidelity, with(&Proxy { response_options, ..proxy(&[], &[]) }));
        let head = Talk::new(&site).await.say(CONNECT).await.head;
        assert_eq!(
            head,
            ["HTTP/1.1 200 Connection established", "Content-Length: 5", "X-Proxy: ab"]
        );
        // RFC 9110, 9.3.6: a client must not believe the length.
        assert_eq!(seen(&site, LOGIN, None).await.0, 404, "{fidelity:?}");
    }
}

#[tokio::test]
async fn products_with_ways_of_their_own() {
    for (product, asks, expected) in [
        ("squid-6", &[Scheme::Basic][..], "HTTP/1.1 407 Proxy Authentication Required"),
        ("asks-with-401", &[Scheme::Basic], "HTTP/1.1 401 Unauthorized"),
        ("asks-without-challenge", &[Scheme::Basic], "HTTP/1.1 407 Proxy Authentication Required"),
        ("cloud-gateway", &[], ""),
        ("data-guard", &[], "HTTP/1.1 403 Forbidden"),
    ] {
        for fidelity in FIDELITIES {
            let product = Proxy { product: product.into(), ..proxy(asks, &["*"]) };
            let site = Site::new(fidelity, with(&product));
            let mut talk = Talk::new(&site).await;
            tokio::io::AsyncWriteExt::write_all(&mut talk.0, CONNECT.as_bytes()).await.unwrap();
            if expected.is_empty() {
                let heard = talk.rest().await.unwrap_or_default();
                assert!(heard.is_empty(), "{heard:?}");
                assert_eq!(seen(&site, PROBE, None).await.0, 403, "in the clear it says why");
                continue;
            }
            let head = talk.say("").await.head;
            assert_eq!(head[0], expected, "{product:?}");
            let has = |name| head.iter().any(|line| line.starts_with(name));
            let asks_with = (has("Proxy-Authenticate: Basic"), has("WWW-Authenticate: Basic"));
            let expected =
                (product.product == "squid-6".into(), product.product == "asks-with-401".into());
            assert_eq!(asks_with, expected, "{product:?}");
        }
    }
}

#[tokio::test]
async fn what_is_held_back_seems_to_arrive() {
    let product = Proxy { product: "data-guard".into(), ..proxy(&[], &["*"]) };
    let site = Site::new(FIDELITIES[0], with(&product));
    assert_eq!(seen(&site, PROBE, None).await.0, 200);
}

#[tokio::test]
async fn an_upload_that_waits_to_be_told_to_go_on_is_asked_at_once() {
    let site = Site::new(FIDELITIES[0], with(&proxy(&[Scheme::Basic], &[])));
    let post =
        format!("POST {PROBE} HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    let mut talk = Talk::new(&site).await;
    assert_eq!(talk.say(&post).await.head[0], "HTTP/1.1 407 Proxy Authentication Required");
    let known =
        post.replace("Expect", "Proxy-Authorization: Basic Q09SUFxiYWNrdXA6cDpzcw==\r\nExpect");
    assert_eq!(talk.say(&format!("hi{known}")).await.head, ["HTTP/1.1 100 Continue"]);
    // Then the server's own answer.
    assert_eq!(talk.say("ho").await.head[0], "HTTP/1.1 404 Not Found");
}
