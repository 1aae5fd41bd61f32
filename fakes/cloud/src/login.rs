//! The login service: one service under two names (RFC 6749, mars-facts 4.5).
//!
//! | module | what lives there |
//! | --- | --- |
//! | `instance`, `metadata`, `realm` | what clients look up before they sign in |
//! | `tenant` | which tenant a path or a user means |
//! | `client`, `assertion`, `resource` | who asks, how it proves that, and for what |
//! | `grant` | what each grant needs |
//! | `kept` | refresh tokens and device codes |
//! | `issued`, `refusal` | the two answers |
//! | `version` | the two generations of endpoints |
//!
//! Paths, parameters and bodies are those that MSAL 1.39, ADAL 1.2.7 and azure-identity 1.27 send and read.

mod assertion;
mod client;
mod grant;
mod instance;
mod issued;
mod kept;
mod metadata;
mod realm;
mod refusal;
mod resource;
mod tenant;
mod version;

use http::Method;

use super::reply::Reply;
use super::request::CloudRequest;
use version::Version;

pub(super) use resource::vault_of;

pub(super) fn answer(request: &CloudRequest<'_>) -> Reply {
    let segments = request.segments();
    // Case does not matter in a path: ADAL asks for `common/UserRealm`.
    let lower: Vec<String> = segments.iter().map(|part| part.to_ascii_lowercase()).collect();
    let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
    let tenant = segments.first().copied().unwrap_or_default();
    let answer = match (request.method(), lower.as_slice()) {
        (&Method::GET, [_, "discovery", "instance"]) => instance::answer(request),
        (&Method::GET, [_, "userrealm", _]) => {
            Ok(realm::answer(request, segments.last().copied().unwrap_or_default()))
        }
        (&Method::GET, [_, ".well-known", "openid-configuration"]) => {
            metadata::configuration(request, tenant, Version::V1)
        }
        (&Method::GET, [_, "v2.0", ".well-known", "openid-configuration"]) => {
            metadata::configuration(request, tenant, Version::V2)
        }
        (
            &Method::GET,
            ["discovery", "keys"]
            | ["discovery", "v2.0", "keys"]
            | [_, "discovery", "keys"]
            | [_, "discovery", "v2.0", "keys"],
        ) => Ok(metadata::keys(request)),
        (&Method::POST, [_, "oauth2", "token"]) => grant::token(request, tenant, Version::V1),
        (&Method::POST, [_, "oauth2", "v2.0", "token"]) => {
            grant::token(request, tenant, Version::V2)
        }
        (&Method::POST, [_, "oauth2", "devicecode"]) => {
            kept::device_code(request, tenant, Version::V1)
        }
        (&Method::POST, [_, "oauth2", "v2.0", "devicecode"]) => {
            kept::device_code(request, tenant, Version::V2)
        }
        _ => Ok(Reply::not_found()),
    };
    answer.unwrap_or_else(|refusal| refusal.reply(request))
}
