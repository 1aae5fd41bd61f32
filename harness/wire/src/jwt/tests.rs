use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::x509::{SelfSigned, make_rsa_key, self_signed, thumbprint, thumbprint_bytes};

static KEY: LazyLock<Vec<u8>> = LazyLock::new(|| make_rsa_key(1).unwrap());
static CERTIFICATE: LazyLock<Vec<u8>> = LazyLock::new(|| certificate(&KEY));
static TOKEN: LazyLock<String> = LazyLock::new(|| sign(&KEY));

fn certificate(key: &[u8]) -> Vec<u8> {
    let spec = SelfSigned {
        subject: "example".to_owned(),
        not_before: "2019-05-01T12:00:00Z".parse().unwrap(),
        not_after: "2019-05-03T12:00:00Z".parse().unwrap(),
        client_auth: true,
    };
    self_signed(&spec, key).unwrap()
}

fn claims() -> Claims {
    Claims {
        aud: "https://login.example/tenant/oauth2/token".to_owned(),
        exp: 1_556_712_600,
        iss: "client".to_owned(),
        jti: "1".to_owned(),
        nbf: 1_556_712_000,
        sub: "client".to_owned(),
    }
}

fn sign(key: &[u8]) -> String {
    sign_rs256(&claims(), &thumbprint_bytes(&CERTIFICATE), key).unwrap()
}

/// A token with these two parts and an arbitrary signature.
fn token_of(header: &str, payload: &str) -> String {
    let encode = |part: &str| URL_SAFE_NO_PAD.encode(part);
    format!("{}.{}.{}", encode(header), encode(payload), encode("signature"))
}

#[test]
fn a_signed_token_is_verified_and_names_its_signer() {
    assert_eq!(verify_rs256(&TOKEN, &CERTIFICATE).unwrap(), claims());
    let expected = Unverified { thumbprint: Some(thumbprint(&CERTIFICATE)), claims: claims() };
    assert_eq!(decode(&TOKEN).unwrap(), expected);
    assert_eq!(sign(&KEY), *TOKEN, "the same claims under the same key make the same token");
}

#[test]
fn header_and_claims_have_the_documented_order() {
    let parts: Vec<String> = TOKEN
        .split('.')
        .take(2)
        .map(|part| String::from_utf8(URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap())
        .collect();
    let x5t = URL_SAFE_NO_PAD.encode(thumbprint_bytes(&CERTIFICATE));
    assert_eq!(parts[0], format!(r#"{{"alg":"RS256","typ":"JWT","x5t":"{x5t}"}}"#));
    assert_eq!(
        parts[1],
        r#"{"aud":"https://login.example/tenant/oauth2/token","exp":1556712600,"iss":"client","jti":"1","nbf":1556712000,"sub":"client"}"#
    );
}

#[test]
fn a_token_signed_with_another_key_is_refused() {
    let other = make_rsa_key(2).unwrap();
    assert!(matches!(verify_rs256(&sign(&other), &CERTIFICATE), Err(JwtError::Signature)));
    assert!(matches!(verify_rs256(&TOKEN, &certificate(&other)), Err(JwtError::Signature)));
    assert!(matches!(verify_rs256(&TOKEN, b"?"), Err(JwtError::Certificate(_))));
    assert!(matches!(sign_rs256(&claims(), &[], b"?"), Err(JwtError::Key(_))));
}

#[test]
fn other_algorithms_are_refused() {
    let claims = serde_json::to_string(&claims()).unwrap();
    for algorithm in ["none", "HS256", "rs256"] {
        let header = format!(r#"{{"alg":"{algorithm}","typ":"JWT","x5t":"","kid":"unknown"}}"#);
        let token = token_of(&header, &claims);
        let refused = verify_rs256(&token, &CERTIFICATE);
        assert!(
            matches!(&refused, Err(JwtError::Algorithm { found }) if found == algorithm),
            "{algorithm}: {refused:?}"
        );
        assert_eq!(decode(&token).unwrap().thumbprint, None);
    }
}

#[test]
fn anything_else_is_refused() {
    #[track_caller]
    fn check(token: &str, is_expected: fn(&JwtError) -> bool) {
        let error = decode(token).unwrap_err();
        assert!(is_expected(&error), "{token}: {error:?}");
        let error = verify_rs256(token, &CERTIFICATE).unwrap_err();
        assert!(is_expected(&error), "{token}: {error:?}");
    }
    let header = r#"{"alg":"RS256","typ":"JWT","x5t":""}"#;
    check("", |error| matches!(error, JwtError::Parts));
    check("a.b", |error| matches!(error, JwtError::Parts));
    check("a.b.c.d", |error| matches!(error, JwtError::Parts));
    check("....", |error| matches!(error, JwtError::Parts));
    check("a=.b.c", |error| matches!(error, JwtError::Base64(_)));
    check(&format!("{}=", *TOKEN), |error| matches!(error, JwtError::Base64(_)));
    check(&token_of("{}", "{}"), |error| matches!(error, JwtError::Json(_)));
    check(&token_of(header, "{}"), |error| matches!(error, JwtError::Json(_)));
    check(&token_of("[", "{}"), |error| matches!(error, JwtError::Json(_)));
    check(&"x".repeat(TOKEN_BYTES_MAX + 1), |error| matches!(error, JwtError::Oversized { .. }));
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic(text in "[A-Za-z0-9_.{}\":-]{0,80}|\\PC{0,40}") {
        drop(decode(&text));
        drop(verify_rs256(&text, &CERTIFICATE));
    }

    #[test]
    fn a_changed_token_is_refused(position: prop::sample::Index, other in b' '..=b'~') {
        let mut changed = TOKEN.clone().into_bytes();
        let position = position.index(changed.len());
        prop_assume!(changed[position] != other);
        changed[position] = other;
        let changed = String::from_utf8(changed).unwrap();
        prop_assert!(verify_rs256(&changed, &CERTIFICATE).is_err(), "{}", changed);
    }

    #[test]
    fn any_claims_come_back(aud: String, iss: String, nbf: i64, exp: i64) {
        let claims = Claims { aud, iss: iss.clone(), sub: iss, jti: String::new(), nbf, exp };
        let token = token_of(
            r#"{"alg":"RS256","typ":"JWT","x5t":""}"#,
            &serde_json::to_string(&claims).unwrap(),
        );
        prop_assert_eq!(decode(&token).unwrap().claims, claims);
    }
}
