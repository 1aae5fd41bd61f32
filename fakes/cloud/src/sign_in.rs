//! What both login servers share: granting a token and refusing one (mars-facts 4.5); and signing a user in.
//!
//! Refusals other than those that mars-facts 4.5 names are from memory.

use http::StatusCode;
use marslab_model::Name;
use serde_json::json;

use super::reply::Reply;
use super::request::{CloudRequest, Form};
use super::token::{Claims, LIFE_SECONDS, Subject};
use super::{guid, management};

/// Why no token is granted.
#[derive(Debug)]
pub(super) struct Refusal {
    status: StatusCode,
    error: &'static str,
    code: u32,
    text: String,
}

impl Refusal {
    /// A refusal with status 400, the OAuth error and the number behind `AADSTS`.
    pub(super) fn new(error: &'static str, code: u32, text: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, error, code, text: text.into() }
    }

    /// The client did not prove who it is (401).
    pub(super) fn of_client(code: u32, text: impl Into<String>) -> Self {
        Self { status: StatusCode::UNAUTHORIZED, ..Self::new("invalid_client", code, text) }
    }

    pub(super) fn unknown_tenant(tenant: &str) -> Self {
        Self::new("invalid_request", 90_002, format!("Tenant '{tenant}' not found."))
    }

    pub(super) fn unknown_resource(resource: &str, tenant: &str) -> Self {
        let text = format!(
            "The resource principal named {resource} was not found in the tenant named {tenant}."
        );
        Self::new("invalid_resource", 500_011, text)
    }

    pub(super) fn other_grant() -> Self {
        let text = "The app requested an unsupported grant type.";
        Self::new("unsupported_grant_type", 70_003, text)
    }

    /// The answer (mars-facts 4.5). It names who asks and for what, and nothing that proves it.
    pub(super) fn reply(&self, request: &CloudRequest<'_>) -> Reply {
        let (trace, correlation) = (guid(request.running()), guid(request.running()));
        let at = request.running().stamp().strftime("%Y-%m-%d %H:%M:%SZ").to_string();
        let description = format!(
            "AADSTS{}: {}\r\nTrace ID: {trace}\r\nCorrelation ID: {correlation}\r\nTimestamp: {at}",
            self.code, self.text
        );
        let body = json!({
            "error": self.error,
            "error_description": description,
            "error_codes": [self.code],
            "timestamp": at,
            "trace_id": trace,
            "correlation_id": correlation,
        });
        Reply::json(self.status, &body).shown()
    }
}

/// A parameter that a form must have.
pub(super) fn required<'a>(form: &'a Form, key: &str) -> Result<&'a str, Refusal> {
    form.get(key).ok_or_else(|| {
        let text = format!("The request body must contain the following parameter: '{key}'.");
        Refusal::new("invalid_request", 900_144, text)
    })
}

/// The answer with a token.
pub(super) fn granted(request: &CloudRequest<'_>, claims: &Claims) -> Reply {
    let token = request.cloud.tokens.issue(claims);
    let body = json!({ "token_type": "Bearer", "expires_in": LIFE_SECONDS, "access_token": token });
    Reply::json(StatusCode::OK, &body)
}

/// Signs a user in to the resource manager. The grant is the lab's own: it stands for a browser in which the user is
/// signed in already, so that no password is needed.
pub(super) fn user(request: &CloudRequest<'_>, tenant: &str) -> Result<Reply, Refusal> {
    let form = request.form();
    if required(&form, "grant_type")? != "sso" {
        return Err(Refusal::other_grant());
    }
    let resource = required(&form, "resource")?;
    if !management::is_audience(resource) {
        return Err(Refusal::unknown_resource(resource, tenant));
    }
    let upn = required(&form, "username")?;
    if request
        .cookie(SESSION_COOKIE)
        .is_some_and(|session| request.cloud.tokens.open(session).is_none())
    {
        return Err(lost_session());
    }
    let oid = request.running().look(|world| {
        let tenants = world.cloud().tenants();
        let found =
            tenants.at(&Name::new(tenant)).ok_or_else(|| Refusal::unknown_tenant(tenant))?;
        let user = found.users().at(&Name::new(upn));
        Ok(user.ok_or_else(|| unknown_user(upn, tenant))?.get().clone())
    })?;
    let subject = Subject::User { upn: upn.to_owned(), oid };
    Ok(granted(request, &Claims::new(resource, tenant, subject, request.running().stamp())))
}

/// A browser that shows a session which the service does not know is not signed in silently. That an interactive page
/// would come next, at which the user starts over, is left out: the lab's own.
fn lost_session() -> Refusal {
    let text = "Session information is not sufficient for single-sign-on.";
    Refusal::new("login_required", 50_058, text)
}

fn unknown_user(upn: &str, tenant: &str) -> Refusal {
    let text = format!(
        "The user account {upn} does not exist in the {tenant} directory. To sign into this application, the \
         account must be added to the directory."
    );
    Refusal::new("invalid_grant", 50_034, text)
}

/// The cookie of a session at the login service; the name is from memory. A session is kept as the token that began it:
/// the lab's own.
const SESSION_COOKIE: &str = "ESTSAUTH";
