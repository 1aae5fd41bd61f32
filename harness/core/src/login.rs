//! Whether the login service still knows the certificate of a vault credentials file.
//!
//! A token is asked for as the agent would when it registers (mars-facts 4.5), and thrown away.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use marslab_wire::http::{Request, Response, Route};
use marslab_wire::jwt::{Claims, sign_rs256};
use marslab_wire::x509;
use serde::Deserialize;
use serde_json::json;

use crate::credentials::Document;
use crate::web::Web;

/// What the login service says of a certificate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Login {
    /// It was not asked.
    #[default]
    NotAsked,
    /// It gave a token.
    Accepted,
    /// It does not know the certificate (any more): AADSTS700027.
    UnknownCertificate,
    /// It said something else, or nothing.
    Unclear(String),
}

/// When is asked, and for how long what was signed for it is valid.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked {
    /// The time.
    pub(crate) now: Timestamp,
    /// How long.
    pub(crate) valid_seconds: i64,
}

/// Asks for a token with the certificate of a file.
pub(crate) async fn ask(
    web: &Web<'_>,
    document: &Document,
    route: Option<Route>,
    asked: Asked,
) -> Login {
    let Some(request) = request(document, asked) else {
        return Login::Unclear("the file names no login service".to_owned());
    };
    match web.send(&request, route).await {
        Ok(answer) if answer.is_success() => Login::Accepted,
        Ok(answer) => of_refusal(&answer),
        Err(error) => Login::Unclear(error.to_string()),
    }
}

fn of_refusal(answer: &Response) -> Login {
    match refusal(answer) {
        Some(text) if text.contains(UNKNOWN_KEY) => Login::UnknownCertificate,
        _ => Login::Unclear(format!("the login service answered {}", answer.status)),
    }
}

/// What the login service says of a request that it refuses, in one line; `None` if somebody else answered.
pub(crate) fn refusal(answer: &Response) -> Option<String> {
    #[derive(Deserialize)]
    struct Refusal {
        error_description: String,
    }
    let refusal: Refusal = answer.json().ok()?;
    refusal.error_description.lines().next().map(str::to_owned)
}

/// An application, as it asks for tokens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Application<'a> {
    /// The login service.
    pub(crate) authority: &'a str,
    /// The tenant there.
    pub(crate) tenant: &'a str,
    /// The application's id.
    pub(crate) client: &'a str,
    /// For whom the token is.
    pub(crate) audience: &'a str,
}

impl Application<'_> {
    fn endpoint(self) -> String {
        format!("{}/{}/oauth2/token", self.authority.trim_end_matches('/'), self.tenant)
    }

    fn claims(self, x5t: &[u8], Asked { now, valid_seconds }: Asked) -> Claims {
        Claims {
            aud: self.endpoint(),
            exp: now.as_second() + valid_seconds,
            iss: self.client.to_owned(),
            jti: format!("{}-{}", URL_SAFE_NO_PAD.encode(x5t), now.as_second()),
            nbf: now.as_second(),
            sub: self.client.to_owned(),
        }
    }

    fn request(self, assertion: &str) -> Option<Request> {
        let form = [
            ("grant_type", "client_credentials"),
            ("client_id", self.client),
            ("resource", self.audience),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", assertion),
        ];
        let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let endpoint = self.endpoint().parse().ok()?;
        Some(Request::post(endpoint, "application/x-www-form-urlencoded", form))
    }

    /// A request with an assertion that names a certificate (DER) and is not signed by its key.
    pub(crate) fn unsigned(self, certificate: &[u8], asked: Asked) -> Option<Request> {
        let x5t = x509::thumbprint_bytes(certificate);
        let head = json!({ "alg": "RS256", "typ": "JWT", "x5t": URL_SAFE_NO_PAD.encode(x5t) });
        let claims = serde_json::to_vec(&self.claims(&x5t, asked)).ok()?;
        let parts = [head.to_string().into_bytes(), claims, b"unsigned".to_vec()];
        self.request(&parts.map(|part| URL_SAFE_NO_PAD.encode(part)).join("."))
    }
}

fn request(document: &Document, asked: Asked) -> Option<Request> {
    let x5t = x509::thumbprint_bytes(&document.bundle.certificate);
    let application = document.application();
    let claims = application.claims(&x5t, asked);
    application.request(&sign_rs256(&claims, &x5t, &document.bundle.key).ok()?)
}

/// AADSTS700027: the certificate is not one of the application's (mars-facts 4.5).
const UNKNOWN_KEY: &str = "The key was not found";

/// AADSTS700027: the certificate is one of the application's, and has not signed the assertion.
pub(crate) const NOT_SIGNED: &str = "Key was found";

/// Where a login service says whether an authority is known (mars-facts 4.5).
pub(crate) const DISCOVERY: &str =
    "common/discovery/instance?api-version=1.1&authorization_endpoint=";

#[cfg(test)]
mod tests;
