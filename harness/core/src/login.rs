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
    #[derive(Deserialize)]
    struct Refusal {
        error_description: String,
    }
    match answer.json::<Refusal>() {
        Ok(Refusal { error_description: text }) if text.contains(UNKNOWN_KEY) => {
            Login::UnknownCertificate
        }
        _ => Login::Unclear(format!("the login service answered {}", answer.status)),
    }
}

fn request(document: &Document, Asked { now, valid_seconds }: Asked) -> Option<Request> {
    let endpoint =
        format!("{}/{}/oauth2/token", document.authority.trim_end_matches('/'), document.tenant);
    let x5t = x509::thumbprint_bytes(&document.bundle.certificate);
    let claims = Claims {
        aud: endpoint.clone(),
        exp: now.as_second() + valid_seconds,
        iss: document.client.clone(),
        jti: format!("{}-{}", URL_SAFE_NO_PAD.encode(x5t), now.as_second()),
        nbf: now.as_second(),
        sub: document.client.clone(),
    };
    let assertion = sign_rs256(&claims, &x5t, &document.bundle.key).ok()?;
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", document.client.as_str()),
        ("resource", &document.audience),
        ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
        ("client_assertion", &assertion),
    ];
    let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    Some(Request::post(endpoint.parse().ok()?, "application/x-www-form-urlencoded", form))
}

/// AADSTS700027: the certificate is not one of the application's (mars-facts 4.5).
const UNKNOWN_KEY: &str = "The key was not found";

#[cfg(test)]
mod tests;
