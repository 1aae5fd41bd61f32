//! What credentials files say, and what the cloud answers to them (mars-facts 3.2, 4.5).
//!
//! Tokens are thrown away. What the vault's own service is asked is the lab's own † (fakes/README.md, requests to the
//! cloud).

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jiff::Timestamp;
use marslab_agent::Limits;
use marslab_model::host::{Account, RegistryValue};
use marslab_model::{HostRead, KeyPath, Name, WinPath};
use marslab_wire::http::{HttpError, Request, Response, Route};
use marslab_wire::{jwt, pkcs12, x509};
use serde_json::json;

use super::cloud::{FORM, answered, token, way};
use super::network::ask;
use super::{Aspect, Census, Names, note};

/// Reads every credentials file and asks for a token with it. `now` is the best that is known of the time.
pub(super) async fn look(
    host: &dyn HostRead,
    names: &Names,
    files: &[(WinPath, String)],
    now: Timestamp,
    census: &mut Census,
) {
    let visitor = Visitor { host, now, route: way(host, names, LOGIN).await };
    for (path, text) in files {
        visitor.show(path, &elements(text), census).await;
    }
    visitor.show_own(census).await;
}

/// Who asks, when, and by which way.
struct Visitor<'a> {
    host: &'a dyn HostRead,
    now: Timestamp,
    route: Option<Route>,
}

impl Visitor<'_> {
    /// What the login service says of the machine's own certificate. The key cannot be read: an assertion that nobody has signed
    /// tells whether the certificate is known all the same.
    async fn show_own(&self, census: &mut Census) {
        let values = self.host.registry_values(&Account::System, &KeyPath::new(CONFIG_KEY));
        let values = values.unwrap_or_default();
        let texts = values.iter().filter_map(|(name, value)| match value {
            RegistryValue::Text(text) => Some((name.as_str(), text.as_str())),
            RegistryValue::Number(_) | RegistryValue::Binary(_) => None,
        });
        let elements: Elements<'_> = texts.collect();
        let own = elements.get("CertThumbprint").map(|text| Name::new(*text));
        for stored in self.host.certificates().unwrap_or_default() {
            if Some(&stored.thumbprint) != own.as_ref() {
                continue;
            }
            let request = token_request(&elements, (stored.der.bytes(), None), self.now);
            let Some(request) = request else { return };
            answered(census, "a token for the machine", &self.ask(&request).await);
        }
    }

    async fn show(&self, path: &WinPath, elements: &Elements<'_>, census: &mut Census) {
        for (name, text) in elements.iter().filter(|(name, _)| **name != CERTIFICATE) {
            census.note(Aspect::Files, format!("{path} {name}"), note::text(text));
        }
        let Some(bundle) = bundle(elements) else {
            return census.note(Aspect::Files, format!("{path} {CERTIFICATE}"), "cannot be read");
        };
        if let Ok(facts) = x509::read(&bundle.certificate) {
            let hours = facts.not_after.duration_since(self.now).as_hours().to_string();
            let asked = format!("{path} hours until its certificate ends");
            census.note(Aspect::Files, asked, hours);
        }
        let signer = (bundle.certificate.as_slice(), Some(bundle.key.as_slice()));
        let Some(request) = token_request(elements, signer, self.now) else { return };
        let answer = self.ask(&request).await;
        answered(census, &format!("a token for {path}"), &answer);
        if let Some(token) = answer.ok().and_then(|answer| token(&answer)) {
            self.recovery_points(elements, &token, census).await;
        }
    }

    /// What the vault's own service tells of what the machine has backed up, under its id and under its name.
    async fn recovery_points(&self, elements: &Elements<'_>, token: &str, census: &mut Census) {
        let (key, name) = (KeyPath::new(CONFIG_KEY), Name::new("MachineId"));
        let id = match self.host.registry_value(&Account::System, &key, &name) {
            Ok(Some(RegistryValue::Text(id))) => id,
            _ => "none".to_owned(),
        };
        let service = elements.get("IdMgmtRestEndpoint").copied().unwrap_or_default();
        for of in [String::new(), format!("?of={}", self.host.full_name())] {
            let url = format!("{service}machines/{id}/recoverypoints{of}").parse();
            let Ok(url) = url else { return };
            let bearer = format!("Bearer {token}");
            let request = Request::get(url).with_header("Authorization", &bearer);
            let answer = self.ask(&request).await;
            answered(census, &format!("recovery points{of}"), &answer);
        }
    }

    async fn ask(&self, request: &Request) -> Result<Response, HttpError> {
        ask(self.host, request, self.route.clone()).await
    }
}

/// The elements of a document that have nothing but text in them.
type Elements<'a> = BTreeMap<&'a str, &'a str>;

fn elements(document: &str) -> Elements<'_> {
    let tags = document.split('<').filter_map(|tag| tag.split_once('>'));
    let texts = tags.map(|(name, text)| (name.split(' ').next().unwrap_or(name), text.trim()));
    texts.filter(|(name, text)| !name.starts_with('/') && !text.is_empty()).collect()
}

fn bundle(elements: &Elements<'_>) -> Option<pkcs12::Bundle> {
    let packed: String = elements.get(CERTIFICATE)?.split_whitespace().collect();
    pkcs12::read(&STANDARD.decode(packed).ok()?, "").ok()
}

/// Asks for a token as the agent does when it registers, with a certificate (DER) and its key, if that is known.
fn token_request(
    elements: &Elements<'_>,
    (certificate, key): (&[u8], Option<&[u8]>),
    now: Timestamp,
) -> Option<Request> {
    let element = |name| elements.get(name).copied();
    let authority = element("AadAuthority")?.trim_end_matches('/');
    let endpoint = format!("{authority}/{}/oauth2/token", element("AadTenantId")?);
    let client = element("ServicePrincipalClientId")?;
    let claims = jwt::Claims {
        aud: endpoint.clone(),
        exp: now.as_second() + Limits::default().assertion_seconds,
        iss: client.to_owned(),
        jti: "census".to_owned(),
        nbf: now.as_second(),
        sub: client.to_owned(),
    };
    let x5t = x509::thumbprint_bytes(certificate);
    let assertion = match key {
        Some(key) => jwt::sign_rs256(&claims, &x5t, key).ok()?,
        None => unsigned(&claims, &x5t)?,
    };
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", client),
        ("resource", element("AadAudience")?),
        ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
        ("client_assertion", &assertion),
    ];
    let form = form.map(|(name, value)| format!("{name}={value}")).join("&");
    Some(Request::post(endpoint.parse().ok()?, FORM, form))
}

fn unsigned(claims: &jwt::Claims, x5t: &[u8]) -> Option<String> {
    let head = json!({ "alg": "RS256", "typ": "JWT", "x5t": URL_SAFE_NO_PAD.encode(x5t) });
    let parts = [head.to_string().into_bytes(), serde_json::to_vec(claims).ok()?, Vec::from(b"-")];
    Some(parts.map(|part| URL_SAFE_NO_PAD.encode(part)).join("."))
}

/// The login service (mars-facts 4.5).
const LOGIN: &str = "https://login.windows.net/";

/// Where a credentials file has its certificate and key (mars-facts 3.5).
const CERTIFICATE: &str = "ManagementCert";

/// Where the agent keeps the id that the machine was given (mars-facts 5.2).
const CONFIG_KEY: &str = r"HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Config";
