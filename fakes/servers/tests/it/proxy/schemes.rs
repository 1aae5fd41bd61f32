//! Saying who one is, by each scheme: the lab's own client, and what must not pass.

mod older;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use marslab_model::world::{NtlmChallenge, Proxy, ResponseOptions, Scheme};
use marslab_wire::digest::{Challenge, Response, parameters};
use marslab_wire::{ntlm, spnego};

use super::{FIDELITIES, LOGIN, PROBE, Site, Talk, proxy, seen, with};

const KNOWN: Option<(&str, &str)> = Some(("CORP\\backup", "p:ss"));

#[tokio::test]
async fn every_scheme_lets_the_right_ones_in() {
    use Scheme::{Basic, Digest, DigestSha256, Negotiate, Ntlm};
    for (asks, note) in [
        (&[DigestSha256][..], "Digest: user known, password"),
        (&[Ntlm], "NTLM: user known, password"),
        (&[Negotiate], "NTLM: user known, password"),
        (&[Basic, Digest, Ntlm, Negotiate], "NTLM: user known, password"),
    ] {
        for challenges_in_one_line in [false, true] {
            let response_options =
                ResponseOptions { challenges_in_one_line, ..ResponseOptions::default() };
            let asking = Proxy { response_options, ..proxy(asks, &[]) };
            for fidelity in FIDELITIES {
                let site = Site::new(fidelity, with(&asking));
                admits_only_the_right_ones(&site, note).await;
            }
        }
    }
}

async fn admits_only_the_right_ones(site: &Site, note: &str) {
    for (login, passes) in [
        (KNOWN, true),
        (Some(("corp\\BACKUP", "p:ss")), true),
        (Some(("CORP\\backup", "secret")), false),
        (Some(("CORP\\other", "p:ss")), false),
        (None, false),
    ] {
        let expected = if passes { [200, 404] } else { [407, 407] };
        let seen = [seen(site, PROBE, login).await.0, seen(site, LOGIN, login).await.0];
        assert_eq!(seen, expected, "{note} {login:?}");
        let said = site.said().join("\n");
        let note = format!("{note} {}", if passes { "right" } else { "wrong" });
        let is_known = login.is_some_and(|(user, _)| !user.contains("other"));
        assert_eq!(said.contains(&note), is_known, "{said}");
        let secrets = ["p:ss", "secret", "backup"];
        assert!(!secrets.iter().any(|secret| said.contains(secret)), "{said}");
    }
}

/// Squid 5.7 reads `CORP\\backup` as `CORPbackup`, and takes no other realm than its own (measured). Other products do not.
#[tokio::test]
async fn whom_digest_knows() {
    for (product, domain, expected) in
        [("squid-5", "", 200), ("squid-5", "CORP\\", 407), ("isa", "", 200), ("isa", "CORP\\", 200)]
    {
        let asking = Proxy { product: product.into(), ..proxy(&[Scheme::Digest], &[]) };
        let site = Site::new(FIDELITIES[0], with(&asking));
        let login = format!("{domain}backup");
        assert_eq!(
            seen(&site, PROBE, Some((&login, "p:ss"))).await.0,
            expected,
            "{product} {login}"
        );
        assert_eq!(seen(&site, PROBE, Some((&login, "secret"))).await.0, 407, "{product} {login}");
    }
    let site = Site::new(FIDELITIES[0], with(&proxy(&[Scheme::Digest], &[])));
    let mut talk = Talk::new(&site).await;
    let head = talk.say(&get("")).await.head;
    let line = head.iter().find_map(|it| it.strip_prefix("Proxy-Authenticate: Digest ")).unwrap();
    let challenge = Challenge::new(&parameters(line).unwrap()).unwrap();
    for (realm, expected) in [("Contoso", "200 OK"), ("Other", "407 Proxy Authentication Required")]
    {
        let challenge = Challenge { realm: realm.to_owned(), ..challenge.clone() };
        let answer = Response::new(&challenge, ("backup", "p:ss"), ("GET", PROBE), "c");
        let head = talk.say(&get(&format!("Proxy-Authorization: {answer}\r\n"))).await.head;
        assert_eq!(head[0], format!("HTTP/1.1 {expected}"), "{realm}");
    }
}

#[tokio::test]
async fn every_ntlm_challenge_can_be_answered() {
    for ntlm_challenge in [NtlmChallenge::Domain, NtlmChallenge::Bare, NtlmChallenge::OutOfRange] {
        let response_options = ResponseOptions { ntlm_challenge, ..ResponseOptions::default() };
        let site = Site::new(
            FIDELITIES[0],
            with(&Proxy { response_options, ..proxy(&[Scheme::Ntlm], &[]) }),
        );
        assert_eq!(seen(&site, LOGIN, KNOWN).await.0, 404, "{ntlm_challenge:?}");
        assert_eq!(
            seen(&site, LOGIN, Some(("backup", "p:ss"))).await.0,
            404,
            "the proxy's own domain"
        );
        assert_eq!(seen(&site, LOGIN, Some(("OTHER\\backup", "p:ss"))).await.0, 407);
    }
}

fn get(line: &str) -> String {
    format!("GET {PROBE} HTTP/1.1\r\nHost: x\r\n{line}\r\n")
}

fn authorization(scheme: &str, token: &[u8]) -> String {
    get(&format!("Proxy-Authorization: {scheme} {}\r\n", STANDARD.encode(token)))
}

/// The second message in the answer to the first.
async fn challenged(talk: &mut Talk, negotiate: &[u8]) -> Vec<u8> {
    let head = talk.say(&authorization("NTLM", negotiate)).await.head;
    let asked: Vec<&String> = head.iter().filter(|it| it.starts_with("Proxy-Auth")).collect();
    assert_eq!(asked.len(), 1, "only the challenge: {head:?}");
    STANDARD.decode(asked[0].strip_prefix("Proxy-Authenticate: NTLM ").unwrap()).unwrap()
}

fn third(negotiate: &[u8], challenge: &[u8], password: &str) -> String {
    let account = ntlm::Account { domain: "CORP", user: "backup", password };
    let now = crate::site::NOW.parse().unwrap();
    let message = ntlm::authenticate(&account, negotiate, challenge, (now, [3; 8])).unwrap();
    authorization("NTLM", &message)
}

#[tokio::test]
async fn a_handshake_belongs_to_its_connection() {
    let site = Site::new(FIDELITIES[0], with(&proxy(&[Scheme::Ntlm, Scheme::Basic], &[])));
    let negotiate = ntlm::Negotiate::WINDOWS.write();
    let full = |head: &[String]| head.iter().filter(|it| it.starts_with("Proxy-Auth")).count() == 2;
    let mut talk = Talk::new(&site).await;
    let challenge = challenged(&mut talk, &negotiate).await;
    let right = third(&negotiate, &challenge, "p:ss");
    // Without a first message, and on another connection.
    assert!(full(&Talk::new(&site).await.say(&right).await.head));
    let mut other = Talk::new(&site).await;
    challenged(&mut other, &negotiate).await;
    assert!(full(&other.say(&right).await.head));
    // Where it belongs. From then on the connection is theirs, whatever else is said.
    let head = talk.say(&right).await.head;
    assert_eq!(head[0], "HTTP/1.1 200 OK");
    assert_eq!(talk.say(&get("")).await.head[0], "HTTP/1.1 200 OK");
    let wrong = get("Proxy-Authorization: Basic eDp5\r\n");
    assert_eq!(talk.say(&wrong).await.head[0], "HTTP/1.1 200 OK");
}

/// As Squid 5.7 has it (measured), and what Chromium's user meets after a wrong password: on that connection nothing helps.
#[tokio::test]
async fn a_failure_is_for_the_whole_connection() {
    let site = Site::new(FIDELITIES[0], with(&proxy(&[Scheme::Ntlm, Scheme::Basic], &[])));
    let negotiate = ntlm::Negotiate::WINDOWS.write();
    let mut talk = Talk::new(&site).await;
    let challenge = challenged(&mut talk, &negotiate).await;
    let basic = get("Proxy-Authorization: Basic Q09SUFxiYWNrdXA6cDpzcw==\r\n");
    for said in [
        third(&negotiate, &challenge, "wrong"),
        third(&negotiate, &challenge, "p:ss"),
        authorization("NTLM", &negotiate),
        get(""),
        basic.clone(),
    ] {
        let head = talk.say(&said).await.head;
        assert_eq!(head.iter().filter(|it| it.starts_with("Proxy-Auth")).count(), 2, "{head:?}");
        assert!(head.contains(&"Connection: keep-alive".to_owned()), "{head:?}");
    }
    // A wrong password of Basic is forgotten.
    let mut talk = Talk::new(&site).await;
    talk.say(&get("Proxy-Authorization: Basic eDp5\r\n")).await;
    let challenge = challenged(&mut talk, &negotiate).await;
    assert_eq!(talk.say(&third(&negotiate, &challenge, "p:ss")).await.head[0], "HTTP/1.1 200 OK");
}

/// As Squid 5.7 answers them (measured).
#[tokio::test]
async fn handshakes_that_go_nowhere() {
    let site = Site::new(
        FIDELITIES[0],
        with(&proxy(&[Scheme::Ntlm, Scheme::Negotiate, Scheme::Basic], &[])),
    );
    let negotiate = ntlm::Negotiate::WINDOWS.write();
    let full = |head: &[String]| head.iter().filter(|it| it.starts_with("Proxy-Auth")).count() == 3;
    for token in
        [&b""[..], b"hello", &negotiate[..9], b"NTLMSSP\0\x03\0\0\0", b"NTLMSSP\0\x09\0\0\0"]
    {
        for scheme in ["NTLM", "Negotiate"] {
            let mut talk = Talk::new(&site).await;
            assert!(
                full(&talk.say(&authorization(scheme, token)).await.head),
                "{scheme} {token:?}"
            );
            let mut talk = Talk::new(&site).await;
            challenged(&mut talk, &negotiate).await;
            assert!(
                full(&talk.say(&authorization(scheme, token)).await.head),
                "{scheme} {token:?}"
            );
        }
    }
    for header in ["NTLM", "NTLM ????", "Negotiate", "Negotiate ????", "ntlm =="] {
        let mut talk = Talk::new(&site).await;
        assert!(
            full(&talk.say(&get(&format!("Proxy-Authorization: {header}\r\n"))).await.head),
            "{header}"
        );
    }
    // Two first messages one after another.
    let mut talk = Talk::new(&site).await;
    challenged(&mut talk, &negotiate).await;
    assert!(full(&talk.say(&authorization("NTLM", &negotiate)).await.head));
    // A client that abandons a handshake is answered, and then the connection ends.
    for left in [get(""), get("Proxy-Authorization: Basic Q09SUFxiYWNrdXA6cDpzcw==\r\n")] {
        let mut talk = Talk::new(&site).await;
        challenged(&mut talk, &negotiate).await;
        let head = talk.say(&left).await.head;
        assert!(head.contains(&"Connection: keep-alive".to_owned()), "{head:?}");
        assert_eq!(talk.rest().await, Some(Vec::new()));
    }
}

#[tokio::test]
async fn a_nonce_is_good_for_half_an_hour_and_fifty_uses() {
    let site = Site::new(FIDELITIES[0], with(&proxy(&[Scheme::Digest], &[])));
    let mut talk = Talk::new(&site).await;
    let challenge = |head: &[String]| {
        let line =
            head.iter().find_map(|it| it.strip_prefix("Proxy-Authenticate: Digest ")).unwrap();
        Challenge::new(&parameters(line).unwrap()).unwrap()
    };
    let answer = |challenge: &Challenge, count: u32| {
        let mut answer = Response::new(challenge, ("backup", "p:ss"), ("GET", PROBE), "c");
        let client_nonce = marslab_wire::digest::ClientNonce {
            count: format!("{count:08x}"),
            cnonce: "c".to_owned(),
        };
        answer.client_nonce = Some(client_nonce);
        get(&format!("Proxy-Authorization: {}\r\n", answer.recomputed("backup", "p:ss", "GET")))
    };
    let first = challenge(&talk.say(&get("")).await.head);
    assert!(!first.stale);
    for count in 1..=51 {
        let head = talk.say(&answer(&first, count)).await.head;
        assert_eq!(head[0], "HTTP/1.1 200 OK", "use {count}");
        let tells =
            head.iter().any(|line| line.starts_with("Proxy-Authentication-Info: nextnonce="));
        assert_eq!(tells, count >= 49, "use {count}");
    }
    let second = challenge(&talk.say(&answer(&first, 52)).await.head);
    assert!(second.stale);
    // On any connection, but not too late.
    let mut other = Talk::new(&site).await;
    assert_eq!(other.say(&answer(&second, 1)).await.head[0], "HTTP/1.1 200 OK");
    site.running.wait(30 * 60 + 1);
    assert!(challenge(&other.say(&answer(&second, 2)).await.head).stale);
}

/// DER with short lengths only.
fn der(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = u8::try_from(content.len()).ok().filter(|length| *length < 0x80).unwrap();
    [&[tag, length], content].concat()
}

const KERBEROS: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x12, 1, 2, 2];
const NTLM: &[u8] = &[0x2b, 6, 1, 4, 1, 0x82, 0x37, 2, 2, 10];

/// The first token of a client of SPNEGO (RFC 4178, 4.2.1).
fn offer(mechanisms: &[&[u8]], first: Option<&[u8]>) -> Vec<u8> {
    let ids: Vec<u8> = mechanisms.iter().flat_map(|id| der(6, id)).collect();
    let first = first.map(|first| der(0xa2, &der(4, first))).unwrap_or_default();
    let fields = [der(0xa0, &der(0x30, &ids)), first].concat();
    let body = der(0xa0, &der(0x30, &fields));
    der(0x60, &[der(6, &[0x2b, 6, 1, 5, 5, 2]), body].concat())
}

/// The token in the one challenge of an answer.
fn negotiated(head: &[String]) -> Vec<u8> {
    let asked: Vec<&String> = head.iter().filter(|it| it.starts_with("Proxy-Auth")).collect();
    assert_eq!(asked.len(), 1, "{head:?}");
    STANDARD.decode(asked[0].strip_prefix("Proxy-Authenticate: Negotiate ").unwrap()).unwrap()
}

/// A client of SPNEGO that gets as far as its third message. Its last token is that message, and the signature of its offer.
async fn enveloped(talk: &mut Talk, login: &Login) -> Vec<String> {
    let prefers_kerberos = login.prefers_kerberos;
    let negotiate = ntlm::Negotiate { flags: login.flags }.write();
    let said = if prefers_kerberos {
        // A ticket that leads nowhere; the proxy wants the other mechanism.
        let offered = offer(&[KERBEROS, NTLM], Some(b"a ticket"));
        let said = talk.say(&authorization("Negotiate", &offered)).await.head;
        assert_eq!(negotiated(&said), spnego::request_signature());
        spnego::accept_incomplete(&negotiate)
    } else {
        offer(&[NTLM, KERBEROS], Some(&negotiate))
    };
    let head = talk.say(&authorization("Negotiate", &said)).await.head;
    let token = negotiated(&head);
    let Some(spnego::Token::Response { message: challenge, .. }) = spnego::parse(&token) else {
        panic!("{token:?}")
    };
    let account = ntlm::Account { domain: "CORP", user: "backup", password: login.password };
    let made = (crate::site::NOW.parse().unwrap(), [3; 8]);
    let third = ntlm::authenticate(&account, &negotiate, challenge, made).unwrap();
    let offered = if prefers_kerberos { [KERBEROS, NTLM] } else { [NTLM, KERBEROS] };
    let ids = der(0x30, &offered.iter().flat_map(|id| der(6, id)).collect::<Vec<u8>>());
    let nonce = challenge[24..32].try_into().unwrap();
    let handshake = ntlm::Handshake { negotiate, challenge: challenge.to_vec(), nonce };
    let read = ntlm::Authenticate::parse(&third).unwrap();
    let proof = handshake.verify(&read, login.password).unwrap();
    let signature = match login.signs {
        Signs::Nothing => Vec::new(),
        Signs::Rightly => proof.session.client_signature(&ids).unwrap().to_vec(),
        Signs::Wrongly => proof.session.client_signature(b"other").unwrap().to_vec(),
    };
    let signature = if signature.is_empty() { signature } else { der(0xa3, &der(4, &signature)) };
    let response = long_der(0xa2, &long_der(4, &third));
    let said = long_der(0xa1, &long_der(0x30, &[response, signature].concat()));
    talk.say(&authorization("Negotiate", &said)).await.head
}

struct Login {
    prefers_kerberos: bool,
    password: &'static str,
    flags: u32,
    signs: Signs,
}

#[derive(Clone, Copy, Debug)]
enum Signs {
    Nothing,
    Rightly,
    Wrongly,
}

/// DER with lengths of two bytes.
fn long_der(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).unwrap().to_be_bytes();
    if content.len() < 0x100 {
        let short: &[u8] = if content.len() < 0x80 { &[length[1]] } else { &[0x81, length[1]] };
        return [&[tag], short, content].concat();
    }
    [&[tag, 0x82, length[0], length[1]], content].concat()
}

#[tokio::test]
async fn ntlm_in_an_envelope() {
    let site = Site::new(FIDELITIES[0], with(&proxy(&[Scheme::Negotiate, Scheme::Basic], &[])));
    let plain = ntlm::Negotiate::WINDOWS.flags;
    let with_keys = plain | ntlm::flags::SIGN | ntlm::flags::SEAL;
    for (prefers_kerberos, signs, passes) in [
        (false, Signs::Nothing, true),
        (false, Signs::Rightly, true),
        (false, Signs::Wrongly, false),
        (true, Signs::Nothing, false),
        (true, Signs::Rightly, true),
        (true, Signs::Wrongly, false),
    ] {
        for (password, flags) in [("p:ss", plain), ("p:ss", with_keys), ("wrong", plain)] {
            let mut talk = Talk::new(&site).await;
            let login = Login { prefers_kerberos, password, flags, signs };
            let head = enveloped(&mut talk, &login).await;
            let passes = passes && password == "p:ss";
            let status = if passes { "200 OK" } else { "407 Proxy Authentication Required" };
            assert_eq!(head[0], format!("HTTP/1.1 {status}"), "{prefers_kerberos} {signs:?}");
            // Squid does not pass the last token of its helper on to the client (measured).
            let asked = head.iter().any(|line| line.starts_with("Proxy-Authenticate"));
            assert_eq!(asked, !passes, "{head:?}");
        }
    }
    let mut talk = Talk::new(&site).await;
    let kerberos = offer(&[KERBEROS], Some(b"a ticket"));
    let head = talk.say(&authorization("Negotiate", &kerberos)).await.head;
    assert_eq!(head.iter().filter(|it| it.starts_with("Proxy-Auth")).count(), 2, "the full list");
}
