//! The answer with tokens (RFC 6749, 5.1; OpenID Connect Core 1.0, 3.1.3.3; mars-facts 4.5).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::StatusCode;
use jiff::Timestamp;
use marslab_model::Name;
use serde_json::{Map, Value, json};

use super::client::{Client, Proof};
use super::kept;
use super::metadata::issuer_of;
use super::resource::Wanted;
use super::version::Version;
use crate::reply::Reply;
use crate::request::CloudRequest;
use crate::token::{Claims, LIFE_SECONDS, Subject, issuer, pairwise};

/// What is granted.
pub(super) struct Granted {
    pub(super) client: Client,
    pub(super) tenant: Name,
    pub(super) wanted: Wanted,
    /// Who signed in; `None` for an application that asks for itself.
    pub(super) user: Option<User>,
    pub(super) now: Timestamp,
}

/// Who signed in.
pub(super) struct User {
    pub(super) upn: String,
    pub(super) oid: String,
}

impl Granted {
    /// The answer; `None` where the service cannot sign.
    pub(super) fn reply(&self, request: &CloudRequest<'_>, version: Version) -> Option<Reply> {
        let claims = self.claims(request);
        let tokens = &request.cloud.tokens;
        let mut body = Map::new();
        let mut put = |name: &str, value: Value| body.insert(name.to_owned(), value);
        put("token_type", json!("Bearer"));
        // The older endpoints write every number as a text.
        let number = |number: i64| match version {
            Version::V1 => json!(number.to_string()),
            Version::V2 => json!(number),
        };
        put("expires_in", number(LIFE_SECONDS));
        put("ext_expires_in", number(LIFE_SECONDS));
        if version == Version::V1 {
            put("expires_on", number(claims.exp));
            put("not_before", number(claims.nbf));
            put("resource", json!(self.wanted.resource));
        }
        put("access_token", json!(tokens.issue(&claims.written())?));
        if let Some(user) = &self.user {
            put("scope", json!(self.scope(version)));
            if version == Version::V1 || self.wanted.has("offline_access") {
                put("refresh_token", json!(kept::refresh_token(request, self, user)));
            }
            if self.wanted.has("openid") {
                put("id_token", json!(tokens.issue(&self.id_token(request, user, version))?));
            }
            if request.form().get("client_info") == Some("1") {
                let info = json!({ "uid": user.oid, "utid": self.tenant });
                put("client_info", json!(URL_SAFE_NO_PAD.encode(info.to_string())));
            }
        }
        Some(Reply::json(StatusCode::OK, &Value::Object(body)))
    }

    /// The resources of the lab all take tokens of the first version, wherever they are asked for.
    fn claims(&self, request: &CloudRequest<'_>) -> Claims {
        let sub = match &self.user {
            Some(user) => Subject::User { upn: user.upn.clone(), oid: user.oid.clone() },
            None => Subject::Application { appid: self.client.id.clone() },
        };
        let iss = issuer(request.host, self.tenant.as_str());
        let proof = match self.client.proof {
            Proof::Nothing => 0,
            Proof::Secret => 1,
            Proof::Assertion => 2,
        };
        let client = (self.client.id.clone(), proof);
        Claims::new((&self.wanted.resource, iss), self.tenant.as_str(), (sub, client), self.now)
    }

    /// What was granted, as a user's answer says it.
    fn scope(&self, version: Version) -> String {
        match version {
            Version::V1 => "user_impersonation".to_owned(),
            Version::V2 => {
                let resource = &self.wanted.resource;
                format!("{resource}/user_impersonation {resource}/.default")
            }
        }
    }

    fn id_token(&self, request: &CloudRequest<'_>, user: &User, version: Version) -> Value {
        let from = self.now.as_second();
        let claims = [
            ("aud", json!(self.client.id)),
            ("iss", json!(issuer_of(request.host, self.tenant.as_str(), version))),
            ("iat", json!(from)),
            ("nbf", json!(from)),
            ("exp", json!(from.saturating_add(LIFE_SECONDS))),
            ("oid", json!(user.oid)),
            ("sub", json!(pairwise(&user.oid, &self.client.id))),
            ("tid", json!(self.tenant)),
        ];
        let rest: [(&str, &str); 3] = match version {
            Version::V1 => [("ver", "1.0"), ("upn", &user.upn), ("unique_name", &user.upn)],
            Version::V2 => [("ver", "2.0"), ("preferred_username", &user.upn), ("name", &user.upn)],
        };
        let rest = rest.map(|(name, value)| (name, json!(value)));
        let all = claims.into_iter().chain(rest);
        Value::Object(all.map(|(name, value)| (name.to_owned(), value)).collect())
    }
}
