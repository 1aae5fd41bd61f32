use proptest::prelude::*;

use super::{Algorithm, Challenge, ClientNonce, Response, parameters};

/// RFC 7616, 3.9.1.
#[test]
fn the_examples_of_the_rfc() {
    for (algorithm, expected) in [
        (Algorithm::Md5, "8ca523f5e9506fed4657c9700eebdbec"),
        (Algorithm::Sha256, "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
    ] {
        let challenge = Challenge {
            realm: "http-auth@example.org".to_owned(),
            nonce: "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v".to_owned(),
            algorithm,
            stale: false,
        };
        let cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
        let (login, asked) = (("Mufasa", "Circle of Life"), ("GET", "/dir/index.html"));
        let answer = Response::new(&challenge, login, asked, cnonce);
        assert_eq!(answer.response, expected);
        let read = Response::parse(answer.to_string().strip_prefix("Digest ").unwrap()).unwrap();
        assert_eq!(read, answer);
        assert!(read.verify("Mufasa", "Circle of Life", "GET"));
        assert!(!read.verify("Mufasa", "Circle of Life", "PUT"));
        assert!(!read.verify("Mufasa", "circle of life", "GET"));
    }
}

/// The form of RFC 2069, without `qop`. The values are those of curl's test 64.
#[test]
fn a_response_without_qop() {
    let text = "username=\"testuser\", realm=\"testrealm\", nonce=\"1053604145\", uri=\"/64\", \
                response=\"c55f7f30d83d774a3d2dcacf725abaca\"";
    let read = Response::parse(text).unwrap();
    assert!(read.client_nonce.is_none() && read.verify("testuser", "testpass", "GET"));
}

#[test]
fn challenges_as_squid_writes_them() {
    let text =
        "realm=\"Squid proxy-caching web server\", nonce=\"7cf1b0f7\", qop=\"auth\", stale=false";
    let read = Challenge::new(&parameters(text).unwrap()).unwrap();
    assert_eq!(read.to_string(), format!("Digest {text}"));
    let unknown = [
        "realm=\"r\", nonce=\"n\", qop=\"auth-int\"",
        "realm=\"r\"",
        "nonce=\"n\", realm=\"r\", algorithm=SHA-512-256",
    ];
    for unknown in unknown {
        assert_eq!(Challenge::new(&parameters(unknown).unwrap()), None, "{unknown}");
    }
}

#[test]
fn names_with_backslashes() {
    let rest = "realm=\"r\", nonce=\"n\", uri=\"/\", response=\"x\"";
    let escaped = Response::parse(&format!("username=\"CORP\\\\backup\", {rest}")).unwrap();
    assert_eq!(
        (escaped.user.as_str(), escaped.raw_user.as_str()),
        ("CORP\\backup", "CORP\\\\backup")
    );
    let bare = Response::parse(&format!("username=\"CORP\\backup\", {rest}")).unwrap();
    assert_eq!((bare.user.as_str(), bare.raw_user.as_str()), ("CORPbackup", "CORP\\backup"));
}

/// Responses that Squid 5.7 answers with the full list of challenges (measured): each lacks something.
#[test]
fn incomplete_responses_are_refused() {
    let whole = [
        ("username", "\"u\""),
        ("realm", "\"r\""),
        ("nonce", "\"n\""),
        ("uri", "\"/\""),
        ("response", "\"x\""),
        ("qop", "auth"),
        ("nc", "00000001"),
        ("cnonce", "\"c\""),
    ];
    let text = |without: &str| {
        let kept = whole.iter().filter(|(name, _)| *name != without);
        kept.map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(", ")
    };
    let read = Response::parse(&text("")).unwrap();
    assert_eq!(
        read.client_nonce,
        Some(ClientNonce { count: "00000001".to_owned(), cnonce: "c".to_owned() })
    );
    for (name, _) in whole {
        assert_eq!(Response::parse(&text(name)), None, "without {name}");
    }
    let odd = [
        "garbage",
        "",
        "username=\"abc",
        "=",
        "a=b=c d",
        &text("").replace("00000001", "zzzzzzzz"),
        &format!("{}, algorithm=SHA-512", text("")),
        &"a=b,".repeat(99),
    ];
    for odd in odd {
        assert_eq!(Response::parse(odd), None, "{odd}");
    }
}

proptest! {
    #[test]
    fn no_input_makes_the_parser_panic(text in "\\PC*", pieces in prop::collection::vec("username|=|\"|,|\\\\| |é|nc|realm", 0..40)) {
        let _read = (Response::parse(&text), parameters(&text));
        let text = pieces.concat();
        let _read = (Response::parse(&text), parameters(&text));
    }

    #[test]
    fn a_written_response_can_be_read(user in "[^\\pC]{1,20}", realm in "[a-z ]{0,9}", password in "\\PC{0,9}") {
        let challenge = Challenge { realm, nonce: "n".to_owned(), algorithm: Algorithm::Md5, stale: true };
        let answer = Response::new(&challenge, (&user, &password), ("CONNECT", "a.example:443"), "c");
        let text = answer.to_string();
        let read = Response::parse(text.strip_prefix("Digest ").unwrap()).unwrap();
        prop_assert_eq!(&read.user, &user);
        prop_assert!(read.verify(&user, &password, "CONNECT"));
    }
}
