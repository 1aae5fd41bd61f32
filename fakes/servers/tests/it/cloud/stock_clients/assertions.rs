//! wire-differences 4: what ADAL, MSAL and azure-identity send is accepted, and nothing laxer.

use base64::Engine as _;
use base64::engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD};
use marslab_wire::x509;
use ring::signature::{RSA_PKCS1_SHA256, RSA_PSS_SHA256, RsaEncoding, RsaKeyPair};
use serde_json::{Value, json};

use super::{HOST, code, post};
use crate::cloud::{Client, audience, credentials};
use crate::site::{FIDELITIES, KEYS, Site};
use marslab_base as base;

/// An application, and when it asks.
struct Asker {
    site: Site,
    client: Client,
    now: i64,
    /// The SHA-1 and the SHA-256 of its certificate, padded as ADAL and MSAL pad them.
    x5t: String,
    s256: String,
}

impl Asker {
    async fn new() -> Self {
        let site = Site::new(FIDELITIES[0], |_| {});
        let client = credentials(&site, 0).await;
        let x5t = URL_SAFE.encode(x509::thumbprint_bytes(&client.der));
        let s256 = URL_SAFE.encode(ring::digest::digest(&ring::digest::SHA256, &client.der));
        assert!(x5t.ends_with('=') && s256.ends_with('='));
        Self { now: site.now().as_second(), site, client, x5t, s256 }
    }

    /// Claims without `nbf` and `jti`.
    fn claims(&self, aud: &str, exp: &Value) -> Value {
        json!({ "aud": aud, "iss": self.client.id, "sub": self.client.id, "exp": exp })
    }

    fn soon(&self) -> Value {
        self.claims(&endpoint(), &json!(self.now + 600))
    }

    fn header(&self) -> Value {
        json!({ "alg": "RS256", "x5t": self.x5t })
    }

    /// Asks with an assertion for the vault's service; the code of the refusal, or 0.
    async fn ask(&self, header: &Value, claims: &Value, by: &'static dyn RsaEncoding) -> u64 {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", part(header), part(claims));
        let key = RsaKeyPair::from_pkcs8(&KEYS[0]).unwrap();
        let mut signature = vec![0; key.public().modulus_len()];
        let random = ring::rand::SystemRandom::new();
        key.sign(by, &random, signed.as_bytes(), &mut signature).unwrap();
        let assertion = format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature));
        let pairs = [
            ("grant_type", "client_credentials"),
            ("client_id", self.client.id.as_str()),
            ("scope", &format!("{}/.default", audience())),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", &assertion),
        ];
        let path = format!("{}/oauth2/v2.0/token", base::TENANT);
        code(&post(&self.site, &path, &pairs).await).1
    }
}

fn endpoint() -> String {
    format!("{HOST}/{}/oauth2/v2.0/token", base::TENANT)
}

#[tokio::test]
async fn client_libraries_are_understood() {
    let asker = Asker::new().await;
    #[expect(clippy::cast_precision_loss, reason = "it is exact")]
    let fraction = json!(asker.now as f64 + 600.5);
    let claims = asker.claims(&endpoint(), &fraction);
    assert_eq!(asker.ask(&asker.header(), &claims, &RSA_PKCS1_SHA256).await, 0);
    let newer = json!({ "alg": "PS256", "typ": "JWT", "x5t#S256": asker.s256 });
    assert_eq!(asker.ask(&newer, &asker.soon(), &RSA_PSS_SHA256).await, 0);
    for audience in [
        endpoint(),
        format!("{HOST}/{}/v2.0", base::TENANT),
        format!("{HOST}/contoso.example/oauth2/token"),
        format!("https://login.windows.net/{}/oauth2/token", base::TENANT),
    ] {
        let claims = asker.claims(&audience, &json!(asker.now + 600));
        assert_eq!(asker.ask(&asker.header(), &claims, &RSA_PKCS1_SHA256).await, 0, "{audience}");
    }
}

#[tokio::test]
async fn nobody_else_is() {
    let asker = Asker::new().await;
    let x5t = asker.x5t.as_str();
    for (header, expected) in [
        (json!({ "alg": "none", "x5t": x5t }), 5_002_730),
        (json!({ "alg": "HS256", "x5t": x5t }), 5_002_730),
        (json!({ "alg": "PS256", "x5t": x5t }), 700_027),
        (json!({ "alg": "RS256" }), 50_027),
        (json!({ "alg": "RS256", "x5t": "?" }), 50_027),
        (json!({ "alg": "RS256", "x5t": URL_SAFE.encode([1; 20]) }), 700_027),
        (json!({ "alg": "RS256", "x5t#S256": URL_SAFE.encode([1; 32]) }), 700_027),
    ] {
        let found = asker.ask(&header, &asker.soon(), &RSA_PKCS1_SHA256).await;
        assert_eq!(found, expected, "{header}");
    }
    let soon = json!(asker.now + 600);
    for (audience, exp, expected) in [
        (format!("{HOST}/no.example/oauth2/v2.0/token"), soon.clone(), 700_023),
        (format!("https://evil.example/{}/oauth2/token", base::TENANT), soon.clone(), 700_023),
        (endpoint().replace("https", "http"), soon.clone(), 700_023),
        (format!("{HOST}/common/oauth2/v2.0/token"), soon.clone(), 700_023),
        (String::new(), soon, 700_023),
        (endpoint(), json!(asker.now - 301), 700_024),
        (endpoint(), json!("soon"), 50_027),
    ] {
        let claims = asker.claims(&audience, &exp);
        let found = asker.ask(&asker.header(), &claims, &RSA_PKCS1_SHA256).await;
        assert_eq!(found, expected, "{claims}");
    }
}
