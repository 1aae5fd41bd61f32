use jiff::SignedDuration;
use marslab_wire::http::Request;
use marslab_wire::jwt::{self, Claims};
use marslab_wire::x509::{self, SelfSigned};
use serde_json::{Value, json};

use super::{Client, audience, credentials, form, put_certificate, user_token};
use crate::site::{FIDELITIES, KEYS, Site};
use marslab_base as base;

/// Checks a refusal's whole shape, and returns status, OAuth error, code and what the description begins with.
fn refused((status, body): &(u16, Value)) -> (u16, &str, u64, &str) {
    let text = body["error_description"].as_str().unwrap();
    let (trace, correlation) =
        (body["trace_id"].as_str().unwrap(), body["correlation_id"].as_str().unwrap());
    let at = body["timestamp"].as_str().unwrap();
    let uri = body["error_uri"].as_str().unwrap();
    assert!(uri.ends_with(&format!("/error?code={}", body["error_codes"][0])), "{uri}");
    let tail = format!("\r\nTrace ID: {trace}\r\nCorrelation ID: {correlation}\r\nTimestamp: {at}");
    let code = body["error_codes"][0].as_u64().unwrap();
    let head = format!("AADSTS{code}: ");
    assert_eq!((at.len(), trace.len(), correlation.len()), (20, 36, 36));
    let text = text.strip_suffix(&tail).unwrap().strip_prefix(&head).unwrap();
    (*status, body["error"].as_str().unwrap(), code, text)
}

#[tokio::test]
async fn instance_discovery() {
    for fidelity in FIDELITIES {
        let site = Site::new(fidelity, |_| {});
        let ask = |endpoint: &str| {
            let url = format!(
                "https://login.microsoftonline.com/common/discovery/instance?api-version=1.1&authorization_endpoint={endpoint}"
            );
            site.ask(Request::get(url.parse().unwrap()))
        };
        let endpoint = format!("https://login.windows.net/{}/oauth2/authorize", base::TENANT);
        let (status, answer) = ask(&endpoint).await;
        let found =
            format!("https://login.windows.net/{}/.well-known/openid-configuration", base::TENANT);
        assert_eq!(
            (status, &answer["tenant_discovery_endpoint"]),
            (200, &json!(found)),
            "{fidelity:?}"
        );
        for unknown in
            ["https://evil.example/x/oauth2/authorize", "https://login.windows.net/", "x", ""]
        {
            let answer = ask(unknown).await;
            let (status, error, code, _) = refused(&answer);
            assert_eq!((status, error, code), (400, "invalid_instance", 50_049), "{unknown}");
        }
    }
}

#[tokio::test]
async fn users() {
    let site = Site::new(FIDELITIES[0], |_| {});
    user_token(&site).await;
    let resource = "https://management.azure.com/";
    for (tenant, user, resource, grant, expected) in [
        (base::TENANT, "nobody@contoso.example", resource, "sso", ("invalid_grant", 50_034)),
        ("other", base::ADMIN_UPN, resource, "sso", ("invalid_request", 900_023)),
        ("other.example", base::ADMIN_UPN, resource, "sso", ("invalid_request", 90_002)),
        ("common", base::ADMIN_UPN, resource, "sso", ("invalid_request", 50_059)),
        (
            base::TENANT,
            base::ADMIN_UPN,
            "https://evil.example/",
            "sso",
            ("invalid_resource", 500_011),
        ),
        (base::TENANT, base::ADMIN_UPN, resource, "implicit", ("unsupported_grant_type", 70_003)),
    ] {
        let url = format!("https://login.microsoftonline.com/{tenant}/oauth2/token");
        let pairs = [("grant_type", grant), ("username", user), ("resource", resource)];
        let answer = site.ask(form(&url, &pairs)).await;
        let (status, error, code, _) = refused(&answer);
        assert_eq!((status, error, code), (400, expected.0, expected.1));
    }
}

#[tokio::test]
async fn applications() {
    for fidelity in FIDELITIES {
        let site = Site::new(fidelity, |_| {});
        let client = credentials(&site, 0).await;
        client.token(&site).await;

        let other = Client {
            key: 1,
            der: super::certificate("x", 1, site.now()),
            ..credentials(&site, 0).await
        };
        let answer = other.assert(&site, &other.claims(site.now())).await;
        let expected =
            "Client assertion contains an invalid signature. [Reason - The key was not found.]";
        assert_eq!(refused(&answer), (401, "invalid_client", 700_027, expected), "{fidelity:?}");

        let liar = Client { key: 1, ..client };
        let answer = liar.assert(&site, &liar.claims(site.now())).await;
        let (status, error, code, text) = refused(&answer);
        assert_eq!((status, error, code), (401, "invalid_client", 700_027), "{fidelity:?}");
        assert!(text.contains("use of the key to verify the signature failed"), "{text}");

        let stranger = Client { id: "nobody".to_owned(), key: 0, ..liar };
        let answer = stranger.assert(&site, &stranger.claims(site.now())).await;
        let (status, error, code, _) = refused(&answer);
        assert_eq!((status, error, code), (400, "unauthorized_client", 700_016), "{fidelity:?}");

        let lost = Client { tenant: "nowhere.example".to_owned(), ..stranger };
        let answer = lost.assert(&site, &lost.claims(site.now())).await;
        assert_eq!(refused(&answer).2, 90_002, "{fidelity:?}");
    }
}

#[tokio::test]
async fn clocks_may_differ_by_five_minutes() {
    for fidelity in FIDELITIES {
        let site = Site::new(fidelity, |_| {});
        let client = credentials(&site, 0).await;
        for (ahead, is_fine) in
            [(0, true), (299, true), (301, false), (-899, true), (-901, false), (32_400, false)]
        {
            let clock = site.now() + SignedDuration::from_secs(ahead);
            let answer = client.assert(&site, &client.claims(clock)).await;
            if is_fine {
                assert_eq!(answer.0, 200, "{fidelity:?} {ahead}: {}", answer.1);
                continue;
            }
            let (status, error, code, text) = refused(&answer);
            assert_eq!(
                (status, error, code),
                (401, "invalid_client", 700_024),
                "{fidelity:?} {ahead}"
            );
            assert!(
                text.starts_with("Client assertion is not within its valid time range."),
                "{text}"
            );
        }
    }
}

#[tokio::test]
async fn a_session_that_was_never_begun_signs_nobody_in() {
    let site = Site::new(FIDELITIES[0], |_| {});
    let session = user_token(&site).await;
    let url = format!("https://login.microsoftonline.com/{}/oauth2/token", base::TENANT);
    let resource = "https://management.azure.com/";
    let pairs = [("grant_type", "sso"), ("username", base::ADMIN_UPN), ("resource", resource)];
    let ask = |cookie: String| site.ask(form(&url, &pairs).with_header("Cookie", &cookie));
    site.running.wait(50 * 3_600);
    for fine in [format!("x=1; ESTSAUTH={session}"), "other=x".to_owned()] {
        assert_eq!(ask(fine.clone()).await.0, 200, "{fine}");
    }
    let answer = ask("ESTSAUTH=x".to_owned()).await;
    let (status, error, code, _) = refused(&answer);
    assert_eq!((status, error, code), (400, "login_required", 50_058));
}

#[tokio::test]
async fn certificates_expire() {
    let site = Site::new(FIDELITIES[0], |_| {});
    let client = credentials(&site, 0).await;
    for (hours, is_fine) in [(47, true), (2, false)] {
        site.running.wait(hours * 3_600);
        let answer = client.assert(&site, &client.claims(site.now())).await;
        if is_fine {
            assert_eq!(answer.0, 200, "{}", answer.1);
            continue;
        }
        let (status, _, code, text) = refused(&answer);
        assert_eq!((status, code), (401, 700_027));
        let thumbprint = x509::thumbprint(&client.der);
        assert_eq!(
            text,
            format!(
                "Client assertion contains an invalid signature. [Reason - The key used is expired., Thumbprint of key used by client: '{thumbprint}', Found key 'Start=05/21/2019 02:50:00, End=05/23/2019 03:00:00']"
            )
        );
    }
    let spec = SelfSigned {
        subject: "early".to_owned(),
        not_before: site.now() + SignedDuration::from_hours(1),
        not_after: site.now() + SignedDuration::from_hours(2),
        client_auth: true,
    };
    let early = Client { der: x509::self_signed(&spec, &KEYS[0]).unwrap(), ..client };
    put_certificate(&site, &user_token(&site).await, &early.der).await;
    let answer = early.assert(&site, &early.claims(site.now())).await;
    assert_eq!(refused(&answer).2, 700_027);
}

#[tokio::test]
async fn assertions_must_fit() {
    let site = Site::new(FIDELITIES[0], |_| {});
    let client = credentials(&site, 0).await;
    let claims = client.claims(site.now());
    for (changed, expected) in [
        (
            Claims {
                aud: "https://login.windows.net/other/oauth2/token".to_owned(),
                ..claims.clone()
            },
            700_023,
        ),
        (Claims { iss: "other".to_owned(), ..claims.clone() }, 700_021),
        (Claims { sub: "other".to_owned(), ..claims.clone() }, 700_021),
        (Claims { exp: i64::MAX, ..claims.clone() }, 50_027),
    ] {
        let answer = client.assert(&site, &changed).await;
        assert_eq!(refused(&answer).2, expected, "{changed:?}");
    }
    let signed = jwt::sign_rs256(&claims, &x509::thumbprint_bytes(&client.der), &KEYS[0]).unwrap();
    for resource in [
        "https://RecoveryServiceVault/japaneast/vault-east/1",
        "https://RecoveryServiceVault/japanwest/vault-east/8726350008099341699",
        "https://RecoveryServiceVault/japanwest/vault-west/5108442771930255873",
        "https://RecoveryServiceVault/japaneast/vault-east/8726350008099341699/x",
        "x",
        "",
    ] {
        let answer = client.ask(&site, &signed, resource).await;
        assert_eq!(refused(&answer).2, 500_011, "{resource}");
    }
    for garbage in ["", "..", "a.b.c", &format!("{signed}x."), &"x".repeat(100_000)] {
        assert_eq!(refused(&client.ask(&site, garbage, &audience()).await).2, 50_027);
    }
}
