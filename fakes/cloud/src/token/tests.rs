use std::sync::Arc;

use marslab_pki::Keys;
use marslab_wire::x509::make_rsa_key;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Claims, Subject, TokenIssuer, URL_SAFE_NO_PAD, issuer};
use crate::tests::running_with;
use base64::Engine as _;

fn claims(sub: Subject) -> Claims {
    let iss = issuer(&"login.windows.net".into(), "tenant");
    let now = jiff::Timestamp::UNIX_EPOCH;
    Claims::new(("audience", iss), "tenant", (sub, ("client".to_owned(), 1)), now)
}

fn subjects() -> [Subject; 2] {
    let (upn, oid) = ("a@b.example".to_owned(), "0".to_owned());
    [Subject::User { upn, oid }, Subject::Application { appid: "client".to_owned() }]
}

#[test]
fn only_its_own_tokens_are_opened() {
    let keys: [Arc<[u8]>; 2] = [1, 2].map(|seed| make_rsa_key(seed).unwrap().into());
    for kind in [Keys::Seeded, Keys::Fresh] {
        let issuer = TokenIssuer::new(running_with(1, &keys[0]), kind);
        let other = TokenIssuer::new(running_with(2, &keys[1]), kind);
        for sub in subjects() {
            let claims = claims(sub);
            let token = issuer.issue(&claims.written()).unwrap();
            assert_eq!(issuer.open(&token), Some(claims), "{kind:?}");
            assert_eq!(other.open(&token), None);
            for garbage in ["", ".", "a.b", &format!("{token}x"), &format!("x{token}"), "ÿ.ÿ"] {
                assert_eq!(issuer.open(garbage), None, "{garbage}");
            }
        }
        // What it signs for others than its resources opens nothing.
        let id_token = issuer.issue(&json!({ "aud": "client", "exp": 9_999_999_999_i64 })).unwrap();
        assert_eq!(issuer.open(&id_token), None);
    }
}

#[test]
fn tokens_have_the_claims_of_version_1() {
    let issuer = TokenIssuer::new(running_with(1, &[].into()), Keys::Seeded);
    let [user, application] = subjects().map(|sub| {
        let token = issuer.issue(&claims(sub).written()).unwrap();
        let payload = token.split('.').nth(1).unwrap();
        serde_json::from_slice::<Value>(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
    });
    for (name, value) in [
        ("aud", json!("audience")),
        ("iss", json!("https://sts.windows.net/tenant/")),
        ("iat", json!(0)),
        ("nbf", json!(0)),
        ("exp", json!(3_599)),
        ("appid", json!("client")),
        ("tid", json!("tenant")),
        ("ver", json!("1.0")),
    ] {
        assert_eq!((&user[name], &application[name]), (&value, &value), "{name}");
    }
    for (name, of_user, of_application) in [
        ("idtyp", json!("user"), json!("app")),
        ("oid", json!("0"), json!("client")),
        ("upn", json!("a@b.example"), Value::Null),
        ("scp", json!("user_impersonation"), Value::Null),
        ("sub", json!(super::pairwise("0", "client")), json!("client")),
    ] {
        assert_eq!((&user[name], &application[name]), (&of_user, &of_application), "{name}");
    }
}

proptest! {
    /// What was kept for one purpose says nothing for another.
    #[test]
    fn what_is_kept_comes_back_by_its_kind(text: String, garbage in "[A-Za-z0-9._-]{0,60}") {
        let issuer = TokenIssuer::new(running_with(1, &[].into()), Keys::Seeded);
        let kept = issuer.keep("device", &text);
        prop_assert_eq!(issuer.kept::<String>("device", &kept), Some(text));
        prop_assert_eq!(issuer.kept::<String>("refresh", &kept), None);
        prop_assert_eq!(issuer.kept::<String>("device", &garbage), None);
        prop_assert_eq!(issuer.open(&kept), None);
    }
}
