use std::sync::{Arc, Mutex};

use marslab_model::host::Account;
use marslab_wire::jwt::{decode, verify};

use super::{Asked, Login, ask};
use crate::credentials::Document;
use crate::testing::{Machine, NOW, Net, answer, bundle, credentials_xml};
use crate::web::Web;

async fn asked(status: u16, body: &'static str) -> (Login, String) {
    let said = Arc::new(Mutex::new(String::new()));
    let heard = Arc::clone(&said);
    let net = Net::healthy().answering("login.windows.net", move |request| {
        let body_text = String::from_utf8_lossy(request.body());
        *heard.lock().unwrap() = format!("{} {body_text}", request.uri().path());
        answer(status, body)
    });
    let host = Machine::unregistered().with(|machine| machine.net = net).host();
    let document = Document::read(credentials_xml("vault-east").as_bytes()).unwrap();
    let web = Web::new(&host, Account::System);
    let asked = Asked { now: NOW.parse().unwrap(), valid_seconds: 600 };
    let login = ask(&web, &document, None, asked).await;
    let said = said.lock().unwrap().clone();
    (login, said)
}

#[tokio::test]
async fn the_request_is_the_agents() {
    let (login, said) = asked(200, r#"{"access_token": "x"}"#).await;
    assert_eq!(login, Login::Accepted);
    let (path, form) = said.split_once(' ').unwrap();
    assert_eq!(path, "/5a2e7c1d-9f43-4b06-8a57-c3d0e1f29b64/oauth2/token");
    let fields: Vec<&str> = form.split('&').collect();
    assert_eq!(fields[0], "grant_type=client_credentials");
    assert_eq!(fields[1], "client_id=e7a1b2c3-d4e5-4f60-8192-a3b4c5d6e7f8");
    assert_eq!(
        fields[2],
        "resource=https%3A%2F%2FRecoveryServiceVault%2Fjapaneast%2Fvault-east%2F8726350008099341699"
    );
    let token = fields[4].strip_prefix("client_assertion=").unwrap();
    verify(token, &bundle().certificate).unwrap();
    let claims = decode(token).unwrap().claims;
    assert_eq!(claims.exp - claims.nbf.unwrap(), 600);
    assert!(claims.aud.ends_with("/oauth2/token"));
}

#[tokio::test]
async fn only_one_refusal_means_a_newer_file() {
    let not_found = r#"{"error": "invalid_client", "error_description": "AADSTS700027: Client assertion contains an invalid signature. [Reason - The key was not found.]\r\nTrace ID: 1"}"#;
    assert_eq!(asked(401, not_found).await.0, Login::UnknownCertificate);
    for (status, body) in [
        (401, r#"{"error_description": "AADSTS700027: [Reason - The key used is expired.]"}"#),
        (
            401,
            r#"{"error_description": "AADSTS700024: Client assertion is not within its valid time range."}"#,
        ),
        (400, r#"{"error_description": "AADSTS700016: Application was not found"}"#),
        (500, "oops"),
    ] {
        assert!(matches!(asked(status, body).await.0, Login::Unclear(_)), "{body}");
    }
}
