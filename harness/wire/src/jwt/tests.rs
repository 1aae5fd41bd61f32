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

fn said(claims: &Claims) -> AssertionClaims {
    let Claims { aud, exp, iss, nbf, sub, .. } = claims.clone();
    AssertionClaims { aud, exp, iss, nbf: Some(nbf), sub }
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
    verify(&TOKEN, &CERTIFICATE).unwrap();
    let expected = Unverified {
        algorithm: "RS256".to_owned(),
        thumbprint: Some(Thumbprint::Sha1(thumbprint(&CERTIFICATE))),
        claims: said(&claims()),
    };
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
    assert!(matches!(verify(&sign(&other), &CERTIFICATE), Err(JwtError::Signature)));
    assert!(matches!(verify(&TOKEN, &certificate(&other)), Err(JwtError::Signature)));
    assert!(matches!(verify(&TOKEN, b"?"), Err(JwtError::Certificate(_))));
    assert!(matches!(sign_rs256(&claims(), &[], b"?"), Err(JwtError::Key(_))));
}

#[test]
fn other_algorithms_are_refused() {
    let claims = serde_json::to_string(&claims()).unwrap();
    for algorithm in ["none", "HS256", "rs256"] {
        let header = format!(r#"{{"alg":"{algorithm}","typ":"JWT","x5t":"","kid":"unknown"}}"#);
        let token = token_of(&header, &claims);
        let refused = verify(&token, &CERTIFICATE);
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
        let error = verify(token, &CERTIFICATE).unwrap_err();
        assert!(is_expected(&error), "{token}: {error:?}");
    }
    let header = r#"{"alg":"RS256","typ":"JWT","x5t":""}"#;
    check("", |error| matches!(error, JwtError::Parts));
    check("a.b", |error| matches!(error, JwtError::Parts));
    check("a.b.c.d", |error| matches!(error, JwtError::Parts));
    check("....", |error| matches!(error, JwtError::Parts));
    check("a=.b.c", |error| matches!(error, JwtError::Base64(_)));
    check(&token_of("{}", "{}"), |error| matches!(error, JwtError::Json(_)));
    check(&token_of("[", "{}"), |error| matches!(error, JwtError::Json(_)));
    for payload in ["{}", r#"{"aud":"a","iss":"c","sub":"c","exp":"1"}"#, "[", r#"{"exp":1e999}"#] {
        assert!(matches!(decode(&token_of(header, payload)), Err(JwtError::Json(_))), "{payload}");
    }
    check(&"x".repeat(TOKEN_BYTES_MAX + 1), |error| matches!(error, JwtError::Oversized { .. }));
}

/// As ADAL, MSAL and azure-identity send it (wire-differences 4).
#[test]
fn what_client_libraries_send_is_read() {
    let sha256 = ring::digest::digest(&ring::digest::SHA256, &CERTIFICATE);
    let (x5t, s256) = (
        base64::engine::general_purpose::URL_SAFE.encode(thumbprint_bytes(&CERTIFICATE)),
        base64::engine::general_purpose::URL_SAFE.encode(sha256),
    );
    assert!(x5t.ends_with('=') && s256.ends_with('='));
    let payload = r#"{"aud":"a","iss":"c","sub":"c","exp":1556712600.75}"#;
    for header in [
        format!(r#"{{"alg":"RS256","x5t":"{x5t}"}}"#),
        format!(r#"{{"alg":"PS256","x5t#S256":"{s256}"}}"#),
        format!(r#"{{"alg":"PS256","x5t#S256":"{}","x5t":"x"}}"#, s256.trim_end_matches('=')),
    ] {
        let read = decode(&token_of(&header, payload)).unwrap();
        assert!(read.thumbprint.unwrap().is_of(&CERTIFICATE), "{header}");
        assert_eq!((read.claims.exp, read.claims.nbf), (1_556_712_600, None));
    }
    let other = certificate(&make_rsa_key(2).unwrap());
    assert!(!Thumbprint::of(Some(&x5t), None).unwrap().is_of(&other));
    assert!(!Thumbprint::of(None, Some(&s256)).unwrap().is_of(&other));
    for neither in [Thumbprint::of(None, None), Thumbprint::of(Some(&s256), Some(&x5t))] {
        assert_eq!(neither, None);
    }
}

#[test]
fn a_signature_by_ps256_is_verified() {
    let pkcs8 = ring::signature::RsaKeyPair::from_pkcs8(&KEY).unwrap();
    let encode = |part: &str| URL_SAFE_NO_PAD.encode(part);
    let payload = serde_json::to_string(&claims()).unwrap();
    let signed = format!("{}.{}", encode(r#"{"alg":"PS256"}"#), encode(&payload));
    let mut signature = vec![0; pkcs8.public().modulus_len()];
    let random = ring::rand::SystemRandom::new();
    pkcs8
        .sign(&ring::signature::RSA_PSS_SHA256, &random, signed.as_bytes(), &mut signature)
        .unwrap();
    let token = format!("{signed}.{}", URL_SAFE_NO_PAD.encode(&signature));
    verify(&token, &CERTIFICATE).unwrap();
    // The same signature under the other algorithm.
    let (_, rest) = token.split_once('.').unwrap();
    let other = format!("{}.{rest}", encode(r#"{"alg":"RS256"}"#));
    assert!(matches!(verify(&other, &CERTIFICATE), Err(JwtError::Signature)));
}

#[test]
fn a_signer_s_tokens_are_checked_with_its_key() {
    let spec = SelfSigned {
        subject: "issuer".to_owned(),
        not_before: "2019-05-01T12:00:00Z".parse().unwrap(),
        not_after: "2024-05-01T12:00:00Z".parse().unwrap(),
        client_auth: false,
    };
    let signer = Signer::new(&spec, &KEY).unwrap();
    let token = signer.sign(&serde_json::json!({ "aud": "a" })).unwrap();
    assert!(signer.has_signed(&token));
    assert!(!Signer::new(&spec, &make_rsa_key(2).unwrap()).unwrap().has_signed(&token));
    let jwk = serde_json::to_value(signer.jwk()).unwrap();
    let text = |name: &str| jwk[name].as_str().unwrap().to_owned();
    assert_eq!((text("kty"), text("use"), text("e")), ("RSA".into(), "sig".into(), "AQAB".into()));
    assert_eq!(URL_SAFE_NO_PAD.decode(text("n")).unwrap().len(), 256);
    let der = base64::engine::general_purpose::STANDARD.decode(jwk["x5c"][0].as_str().unwrap());
    let der = der.unwrap();
    verify(&token, &der).unwrap();
    assert_eq!(text("kid"), URL_SAFE_NO_PAD.encode(thumbprint_bytes(&der)));
    let header = URL_SAFE_NO_PAD.decode(token.split('.').next().unwrap()).unwrap();
    let header: serde_json::Value = serde_json::from_slice(&header).unwrap();
    assert_eq!((&header["kid"], &header["alg"]), (&jwk["kid"], &"RS256".into()));
    assert!(!format!("{signer:?}").contains("key:"));
}

proptest! {
    /// A fraction of a second is dropped, whatever else an assertion leaves out.
    #[test]
    fn times_are_whole_or_not(seconds in -100_000_000_000i64..100_000_000_000, part in 0.0f64..0.99) {
        #[expect(clippy::cast_precision_loss, reason = "these are exact")]
        let exp = seconds as f64 + part;
        let payload = serde_json::json!({ "aud": "a", "iss": "c", "sub": "c", "exp": exp });
        let token = token_of(r#"{"alg":"RS256"}"#, &payload.to_string());
        prop_assert_eq!(decode(&token).unwrap().claims.exp, seconds);
    }

    #[test]
    fn any_text_is_read_without_panic(text in "[A-Za-z0-9_.{}\":-]{0,80}|\\PC{0,40}") {
        drop(decode(&text));
        drop(verify(&text, &CERTIFICATE));
    }

    #[test]
    fn a_changed_token_is_refused(position: prop::sample::Index, other in b' '..=b'~') {
        let mut changed = TOKEN.clone().into_bytes();
        let position = position.index(changed.len());
        prop_assume!(changed[position] != other);
        changed[position] = other;
        let changed = String::from_utf8(changed).unwrap();
        prop_assert!(verify(&changed, &CERTIFICATE).is_err(), "{}", changed);
    }

    #[test]
    fn any_claims_come_back(aud: String, iss: String, nbf: i64, exp: i64) {
        let claims = Claims { aud, iss: iss.clone(), sub: iss, jti: String::new(), nbf, exp };
        let token = token_of(
            r#"{"alg":"RS256","typ":"JWT","x5t":""}"#,
            &serde_json::to_string(&claims).unwrap(),
        );
        prop_assert_eq!(decode(&token).unwrap().claims, said(&claims));
    }
}
