mod managing;
mod registering;
mod signing_in;
mod stock_clients;
pub(crate) mod storing;
mod vaults;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jiff::{SignedDuration, Timestamp};
use marslab_wire::http::Request;
use marslab_wire::jwt::{self, Claims};
use marslab_wire::x509::{self, SelfSigned};
use serde_json::{Value, json};

use crate::site::{FIDELITIES, KEYS, Site};
use marslab_base as base;

/// An application of the directory that can prove who it is.
struct Client {
    id: String,
    tenant: String,
    key: usize,
    der: Vec<u8>,
}

/// Makes a certificate over one of the tests' keys, valid from ten minutes ago for two days.
fn certificate(subject: &str, key: usize, now: Timestamp) -> Vec<u8> {
    let spec = SelfSigned {
        subject: subject.to_owned(),
        not_before: now - SignedDuration::from_mins(10),
        not_after: now + SignedDuration::from_hours(48),
        client_auth: true,
    };
    x509::self_signed(&spec, &KEYS[key]).unwrap()
}

fn form(url: &str, pairs: &[(&str, &str)]) -> Request {
    let escaped = |text: &str| {
        let escape = |byte: u8| {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        };
        text.bytes().map(escape).collect::<String>()
    };
    let body: Vec<_> =
        pairs.iter().map(|(key, value)| format!("{key}={}", escaped(value))).collect();
    Request::post(url.parse().unwrap(), "application/x-www-form-urlencoded", body.join("&"))
}

fn bearer(request: Request, token: &str) -> Request {
    request.with_header("Authorization", &format!("Bearer {token}"))
}

fn management(rest: &str) -> marslab_wire::http::Url {
    let (subscription, group, vault) = (base::SUBSCRIPTION, base::RESOURCE_GROUP, base::VAULT);
    format!("https://management.azure.com/Subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.RecoveryServices/vaults/{vault}{rest}api-version=2016-06-01")
        .parse()
        .unwrap()
}

fn audience() -> String {
    format!("https://RecoveryServiceVault/japaneast/{}/8726350008099341699", base::VAULT)
}

/// A user's token for the resource manager.
async fn user_token(site: &Site) -> String {
    let url = format!("https://login.microsoftonline.com/{}/oauth2/token", base::TENANT);
    let resource = "https://management.azure.com/";
    let pairs = [("grant_type", "sso"), ("username", base::ADMIN_UPN), ("resource", resource)];
    let (status, answer) = site.ask(form(&url, &pairs)).await;
    assert_eq!(
        (status, &answer["token_type"], &answer["expires_in"]),
        (200, &json!("Bearer"), &json!("3599"))
    );
    answer["access_token"].as_str().unwrap().to_owned()
}

/// Uploads a certificate for registering.
async fn put_certificate(site: &Site, token: &str, der: &[u8]) -> (u16, Value) {
    let body = json!({ "properties": { "authType": "AAD", "certificate": STANDARD.encode(der) } });
    let url = management("/certificates/vault-east-5-21-2019?");
    site.ask(bearer(Request::put(url, "application/json", body.to_string()), token)).await
}

/// Downloads credentials as the portal does, and becomes the vault's application by them.
async fn credentials(site: &Site, key: usize) -> Client {
    let der = certificate("Windows Azure Tools", key, site.now());
    let token = user_token(site).await;
    let (status, answer) = put_certificate(site, &token, &der).await;
    assert_eq!(status, 200, "{answer}");
    let text = |name: &str| answer["properties"][name].as_str().unwrap().to_owned();
    Client { id: text("servicePrincipalClientId"), tenant: text("aadTenantId"), key, der }
}

impl Client {
    fn claims(&self, now: Timestamp) -> Claims {
        Claims {
            aud: format!("https://login.windows.net/{}/oauth2/token", self.tenant),
            exp: now.as_second() + 600,
            iss: self.id.clone(),
            jti: "0".to_owned(),
            nbf: now.as_second(),
            sub: self.id.clone(),
        }
    }

    /// Asks for a token with these claims.
    async fn assert(&self, site: &Site, claims: &Claims) -> (u16, Value) {
        let signed =
            jwt::sign_rs256(claims, &x509::thumbprint_bytes(&self.der), &KEYS[self.key]).unwrap();
        self.ask(site, &signed, &audience()).await
    }

    async fn ask(&self, site: &Site, assertion: &str, resource: &str) -> (u16, Value) {
        let url = format!("https://login.windows.net/{}/oauth2/token", self.tenant);
        let kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
        let pairs = [
            ("grant_type", "client_credentials"),
            ("client_id", &self.id),
            ("resource", resource),
            ("client_assertion_type", kind),
            ("client_assertion", assertion),
        ];
        site.ask(form(&url, &pairs)).await
    }

    async fn token(&self, site: &Site) -> String {
        let (status, answer) = self.assert(site, &self.claims(site.now())).await;
        assert_eq!(status, 200, "{answer}");
        answer["access_token"].as_str().unwrap().to_owned()
    }
}

/// The status and the code of a refusal.
fn refusal((status, body): &(u16, Value)) -> (u16, &str) {
    (*status, body["error"]["code"].as_str().unwrap_or(""))
}

const VERSIONS: &str = "latest: 2.0.9169.0\noldest: 2.0.9083.0";

#[tokio::test]
async fn pages() {
    for fidelity in FIDELITIES {
        let site = Site::new(fidelity, |_| {});
        for (url, status, text) in [
            ("http://www.msftncsi.com/ncsi.txt", 200, "Microsoft NCSI"),
            ("http://www.msftconnecttest.com/connecttest.txt", 200, "Microsoft Connect Test"),
            ("http://www.msftncsi.com/connecttest.txt", 404, "Not Found"),
            ("https://go.microsoft.com/fwlink/?linkid=229525", 200, VERSIONS),
            ("https://go.microsoft.com/fwlink/p/?LinkId=229525&clcid=0x409", 200, VERSIONS),
            ("https://go.microsoft.com/fwlink/?linkid=1", 404, "Not Found"),
            ("https://pod01-manag1.jpe.backup.windowsazure.com/", 404, "Not Found"),
            ("https://pod01-rec2.jpe.backup.windowsazure.com/", 404, "Not Found"),
        ] {
            let answer = site.get(url).await.unwrap();
            assert_eq!(
                (answer.status, answer.text().as_ref()),
                (status, text),
                "{fidelity:?} {url}"
            );
            assert_eq!(answer.header("date"), Some("Tue, 21 May 2019 03:00:00 GMT"));
            assert_eq!(answer.header("server"), Some("Microsoft-IIS/10.0"));
            let has_id = answer.header("x-ms-request-id").is_some();
            assert_eq!(has_id, url.contains("backup.windowsazure"), "{url}");
        }
        let moved = site.get("http://go.microsoft.com/fwlink/?linkid=229525").await.unwrap();
        let location = Some("https://go.microsoft.com/fwlink/?linkid=229525");
        assert_eq!((moved.status, moved.header("location")), (301, location));
    }
}

#[tokio::test]
async fn tokens_cannot_be_forged() {
    let site = Site::new(FIDELITIES[0], |_| {});
    let token = user_token(&site).await;
    let parts: Vec<&str> = token.split('.').collect();
    let [header, payload, seal] = parts[..] else { panic!("{token}") };
    let mut claims: Value =
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap();
    claims["exp"] = json!(i64::MAX);
    let forged = format!("{header}.{}.{seal}", URL_SAFE_NO_PAD.encode(claims.to_string()));
    let get = |token: &str| site.ask(bearer(Request::get(management("?")), token));
    assert_eq!(get(&token).await.0, 200);
    assert_eq!(refusal(&get(&forged).await), (401, "InvalidAuthenticationToken"));
    site.running.wait(3_600);
    assert_eq!(refusal(&get(&token).await), (401, "ExpiredAuthenticationToken"));
}

#[tokio::test]
async fn garbage_is_refused() {
    for fidelity in FIDELITIES {
        let site = Site::new(fidelity, |_| {});
        let token = user_token(&site).await;
        let garbage = "\u{0}%%&&=={[[\"";
        for (request, status) in [
            (Request::put(management("/certificates/x?"), "a", garbage), 400),
            (
                Request::put(
                    management("/certificates/x?"),
                    "a",
                    "{\"properties\":{\"certificate\":\"AAAA\"}}",
                ),
                400,
            ),
            (Request::get(management("/nothing?")), 404),
            (Request::get("https://management.azure.com/%ff%00/../%zz".parse().unwrap()), 404),
            (
                Request::post(
                    "https://login.windows.net/x/oauth2/token".parse().unwrap(),
                    "a",
                    garbage,
                ),
                400,
            ),
            (
                Request::post(
                    "https://login.microsoftonline.com/x/oauth2/token".parse().unwrap(),
                    "a",
                    garbage,
                ),
                400,
            ),
        ] {
            let what = format!("{fidelity:?} {} {}", request.method, request.url);
            assert_eq!(site.ask(bearer(request, &token)).await.0, status, "{what}");
        }
    }
}

/// The journal tells who was asked what, and no secret.
#[tokio::test]
async fn the_journal_holds_no_secret() {
    let site = Site::new(FIDELITIES[0], |_| {});
    let client = credentials(&site, 0).await;
    let token = client.token(&site).await;
    let whole = site.running.journal().take();
    let said = format!("{whole:?}");
    let mut exchanges = whole.iter().filter_map(|said| said.exchange.as_deref());
    let url = "https://login.windows.net/5a2e7c1d-9f43-4b06-8a57-c3d0e1f29b64/oauth2/token";
    let asked = exchanges.find(|it| it.url == url).unwrap();
    assert_eq!((asked.method.as_str(), asked.version), ("POST", "HTTP/1.1"));
    assert!(asked.bytes > 100);
    let answer = asked.answer.as_ref().unwrap();
    assert_eq!((answer.status, answer.reason.as_str(), &answer.text), (200, "OK", &None));
    assert!(answer.bytes > token.len());
    assert!(!said.contains(&token) && !said.contains("assertion"), "{said}");
}

/// The duration of a connection attempt without an answer, and of a public page.
#[tokio::test]
async fn the_journal_tells_how_long_it_took() {
    let site = Site::new(FIDELITIES[0], |_| {});
    site.get("http://www.msftncsi.com/ncsi.txt?key=word").await.unwrap();
    site.get("http://192.0.2.1/").await.unwrap_err();
    let whole = site.running.journal().take();
    let [_, probe, dialled] = whole.as_slice() else { panic!("{whole:?}") };
    let told = probe.exchange.as_ref().unwrap();
    assert_eq!(
        (told.url.as_str(), told.began),
        ("http://www.msftncsi.com/ncsi.txt?key=redacted", probe.at)
    );
    let answer = told.answer.as_ref().unwrap();
    assert_eq!((answer.bytes, answer.text.as_deref()), (14, Some("Microsoft NCSI")));
    let told = dialled.exchange.as_ref().unwrap();
    assert_eq!((told.url.as_str(), &told.answer), ("http://192.0.2.1/", &None));
    assert_eq!(dialled.at.as_second() - told.began.as_second(), 21);
}
