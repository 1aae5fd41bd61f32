//! What a client keeps for later: a refresh token (RFC 6749, 6), a device code (RFC 8628).
//!
//! Both are opaque to clients; the service keeps nothing itself, for it knows its seal again. The texts of 70016 (the
//! tests of MSAL.js) and 70020 (azure-cli 22251) are as they stand there, and of 700082 the first sentence of what is quoted;
//! 9002313 and 70018 are †.

use http::StatusCode;
use jiff::Timestamp;
use marslab_model::Name;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::client::{self, application, is_public};
use super::grant::{Ask, user};
use super::issued::{Granted, User};
use super::refusal::{Refusal, required};
use super::resource::{Wanted, Who};
use super::tenant::Authority;
use super::version::Version;
use crate::reply::Reply;
use crate::request::CloudRequest;

/// What a refresh token says.
#[derive(Serialize, Deserialize)]
struct Refresh {
    client: String,
    tenant: Name,
    upn: String,
    until: i64,
}

/// What a device code says.
#[derive(Serialize, Deserialize)]
struct Device {
    client: String,
    until: i64,
}

/// A refresh token for who signed in.
pub(super) fn refresh_token(request: &CloudRequest<'_>, granted: &Granted, user: &User) -> String {
    let refresh = Refresh {
        client: granted.client.id.clone(),
        tenant: granted.tenant.clone(),
        upn: user.upn.clone(),
        until: after(granted.now, REFRESH_SECONDS),
    };
    request.cloud.tokens.keep(REFRESH, &refresh)
}

/// Takes a refresh token. Without a resource it is for the resource manager, as with the older clients.
pub(super) fn refreshed(ask: Ask<'_>) -> Result<Granted, Refusal> {
    let Ask { request, form, authority, version } = ask;
    let kept = request.cloud.tokens.kept::<Refresh>(REFRESH, required(&form, "refresh_token")?);
    let malformed = || {
        Refusal::new(
            "invalid_grant",
            9_002_313,
            "Invalid request. Request is malformed or invalid.",
        )
    };
    let Refresh { client: of, tenant, upn, until } = kept.ok_or_else(malformed)?;
    let client = client::of(request, &form, &tenant)?;
    let is_of_others = matches!(authority, Authority::Tenant(asked) if asked != tenant);
    if is_of_others || !of.eq_ignore_ascii_case(&client.id) {
        return Err(malformed());
    }
    let now = request.running().stamp();
    if now.as_second() >= until {
        let text = "The refresh token has expired due to inactivity.";
        return Err(Refusal::new("invalid_grant", 700_082, text));
    }
    let user = user(request, &upn, &tenant)?;
    let wanted = Wanted::of(&form, version, Who::User)?;
    wanted.check(request, &client.id, tenant.as_str())?;
    Ok(Granted { client, tenant, wanted, user: Some(user), now })
}

/// Begins a sign-in on another device. There is no page for its code: nobody ever enters it.
pub(super) fn device_code(
    request: &CloudRequest<'_>,
    tenant: &str,
    version: Version,
) -> Result<Reply, Refusal> {
    let form = request.form();
    let id = required(&form, "client_id")?;
    Wanted::of(&form, version, Who::User)?;
    match Authority::of(request, tenant)? {
        Authority::Tenant(tenant) if !is_public(id) => {
            request.running().look(|world| application(world.cloud(), id, &tenant).map(drop))?;
        }
        _ => {}
    }
    let until = after(request.running().stamp(), DEVICE_SECONDS);
    let device = Device { client: id.to_owned(), until };
    let code = user_code(request);
    let (page, number): (_, fn(i64) -> serde_json::Value) = match version {
        Version::V1 => ("verification_url", |number| json!(number.to_string())),
        Version::V2 => ("verification_uri", |number| json!(number)),
    };
    let body = json!({
        "user_code": code,
        "device_code": request.cloud.tokens.keep(DEVICE, &device),
        page: PAGE,
        "expires_in": number(DEVICE_SECONDS),
        "interval": number(INTERVAL_SECONDS),
        "message": format!(
            "To sign in, use a web browser to open the page {PAGE} and enter the code {code} to authenticate."
        ),
    });
    Ok(Reply::json(StatusCode::OK, &body))
}

/// Says how a sign-in on another device goes: pending, until its code expires.
pub(super) fn polled(ask: Ask<'_>) -> Result<Reply, Refusal> {
    let Ask { request, form, authority, version } = ask;
    let id = required(&form, "client_id")?;
    if !is_public(id) {
        client::of(request, &form, &authority.tenant()?)?;
    }
    let (parameter, expired) = match version {
        Version::V1 => ("code", "code_expired"),
        Version::V2 => ("device_code", "expired_token"),
    };
    let kept = request.cloud.tokens.kept::<Device>(DEVICE, required(&form, parameter)?);
    let Some(device) = kept.filter(|device| device.client.eq_ignore_ascii_case(id)) else {
        let text = "The provided device code is not known.";
        return Err(Refusal::new("bad_verification_code", 70_018, text));
    };
    if request.running().stamp().as_second() >= device.until {
        let text = format!(
            "The provided value for the input parameter '{parameter}' is not valid. This device code has expired."
        );
        return Err(Refusal::new(expired, 70_020, text));
    }
    let text = "OAuth 2.0 device flow error. Authorization is pending. Continue polling.";
    Err(Refusal::new("authorization_pending", 70_016, text))
}

/// Nine characters that people do not confuse.
fn user_code(request: &CloudRequest<'_>) -> String {
    let mut bytes = [0; 9];
    request.running().random(&mut bytes);
    let letter = |byte: &u8| LETTERS.get(usize::from(*byte) % LETTERS.len()).copied();
    bytes.iter().filter_map(letter).map(char::from).collect()
}

fn after(now: Timestamp, seconds: i64) -> i64 {
    now.as_second().saturating_add(seconds)
}

const REFRESH: &str = "refresh";
const DEVICE: &str = "device";

/// Ninety days, as documented.
const REFRESH_SECONDS: i64 = 90 * 24 * 3_600;

/// Fifteen minutes, as documented.
const DEVICE_SECONDS: i64 = 900;
const INTERVAL_SECONDS: i64 = 5;

const PAGE: &str = "https://microsoft.com/devicelogin";

const LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ";
