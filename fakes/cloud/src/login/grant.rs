//! What each grant needs before there is a token (RFC 6749, 4).
//!
//! The texts of 50034 (Microsoft365DSC 801), 50126 (Microsoft's troubleshooting of its sign-in on Windows) and 50058 (the first
//! sentence of what Azure's documentation of MSAL quotes) are as they stand there.

use marslab_model::Name;

use super::client::{self, Client, Proof, no_proof};
use super::issued::{Granted, User};
use super::kept;
use super::refusal::{Refusal, required};
use super::resource::{Wanted, Who};
use super::tenant::Authority;
use super::version::Version;
use crate::reply::Reply;
use crate::request::{CloudRequest, Form};

/// A request to a token endpoint.
pub(super) struct Ask<'a> {
    pub(super) request: &'a CloudRequest<'a>,
    pub(super) form: Form,
    pub(super) authority: Authority,
    pub(super) version: Version,
}

/// Answers at a token endpoint.
pub(super) fn token(
    request: &CloudRequest<'_>,
    tenant: &str,
    version: Version,
) -> Result<Reply, Refusal> {
    let form = request.form();
    let grant = required(&form, "grant_type")?.to_owned();
    let authority = Authority::of(request, tenant)?;
    let ask = Ask { request, form, authority, version };
    let granted = match grant.as_str() {
        "client_credentials" => application(ask)?,
        "password" => password(ask)?,
        "sso" => browser(ask)?,
        "refresh_token" => kept::refreshed(ask)?,
        "device_code" | "urn:ietf:params:oauth:grant-type:device_code" => return kept::polled(ask),
        other => {
            let text = format!("The app requested an unsupported grant type '{other}'.");
            return Err(Refusal::new("unsupported_grant_type", 70_003, text));
        }
    };
    granted.reply(request, version).ok_or_else(|| Refusal::new("server_error", 90_033, TROUBLE))
}

/// A token for an application (RFC 6749, 4.4).
fn application(ask: Ask<'_>) -> Result<Granted, Refusal> {
    let Ask { request, form, authority, version } = ask;
    let tenant = authority.tenant()?;
    let client = client::of(request, &form, &tenant)?;
    if client.proof == Proof::Nothing {
        return Err(no_proof());
    }
    let wanted = Wanted::of(&form, version, Who::Application)?;
    wanted.check(request, &client.id, tenant.as_str())?;
    Ok(Granted { client, tenant, wanted, user: None, now: request.running().now() })
}

/// A token for a user who gives the password (RFC 6749, 4.3).
fn password(ask: Ask<'_>) -> Result<Granted, Refusal> {
    let Ask { request, form, authority, version } = ask;
    let (upn, password) = (required(&form, "username")?, required(&form, "password")?);
    required(&form, "client_id")?;
    let tenant = authority.of_user(request, upn).ok_or_else(|| unknown_user(upn, "common"))?;
    let client = client::of(request, &form, &tenant)?;
    let user = user(request, upn, &tenant)?;
    let is_right = request.running().look(|world| {
        let users = world.cloud().tenants().at(&tenant)?.users();
        Some(*users.at(&Name::new(upn))?.password().get() == password)
    });
    if is_right != Some(true) {
        let text = "Error validating credentials due to invalid username or password.";
        return Err(Refusal::new("invalid_grant", 50_126, text));
    }
    let wanted = Wanted::of(&form, version, Who::User)?;
    wanted.check(request, &client.id, tenant.as_str())?;
    Ok(Granted { client, tenant, wanted, user: Some(user), now: request.running().stamp() })
}

/// Signs a user in to the resource manager. The grant is the lab's own: it stands for a browser in which the user is
/// signed in already, so that no password is needed.
fn browser(ask: Ask<'_>) -> Result<Granted, Refusal> {
    let Ask { request, form, authority, version } = ask;
    let tenant = authority.tenant()?;
    let wanted = Wanted::of(&form, version, Who::User)?;
    wanted.check(request, PORTAL, tenant.as_str())?;
    let upn = required(&form, "username")?;
    if request
        .cookie(SESSION_COOKIE)
        .is_some_and(|session| request.cloud.tokens.open(session).is_none())
    {
        return Err(lost_session());
    }
    let user = user(request, upn, &tenant)?;
    let client = Client { id: PORTAL.to_owned(), proof: Proof::Assertion };
    Ok(Granted { client, tenant, wanted, user: Some(user), now: request.running().stamp() })
}

/// A user of a tenant.
pub(super) fn user(request: &CloudRequest<'_>, upn: &str, tenant: &Name) -> Result<User, Refusal> {
    let oid = request.running().look(|world| {
        let users = world.cloud().tenants().at(tenant)?.users();
        Some(users.at(&Name::new(upn))?.object_id().get().clone())
    });
    let oid = oid.ok_or_else(|| unknown_user(upn, tenant.as_str()))?;
    Ok(User { upn: upn.to_owned(), oid })
}

/// A browser that shows a session which the service does not know is not signed in silently. That an interactive page
/// would come next, at which the user starts over, is left out: the lab's own.
fn lost_session() -> Refusal {
    let text = "A silent sign-in request was sent but no user is signed in.";
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

/// The client id of the Azure portal.
const PORTAL: &str = "c44b4083-3bb0-49c1-b47d-974e53cbdf3c";

/// What the service says where it cannot sign (from memory).
const TROUBLE: &str = "A transient error has occurred. Please try again.";
