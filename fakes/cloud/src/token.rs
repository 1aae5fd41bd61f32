//! Bearer tokens: opaque to clients, and not to be forged without the run's seed.
//!
//! The format is the lab's own: claims as JSON in base64url, a dot, their HMAC-SHA256 in base64url.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use marslab_pki::derived;
use ring::hmac::{self, HMAC_SHA256, Key};
use serde::{Deserialize, Serialize};

/// The claims of a token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Claims {
    /// The audience.
    pub(super) aud: String,
    /// The tenant that issued it.
    pub(super) tid: String,
    /// The subject.
    pub(super) sub: Subject,
    /// From when it is valid, in seconds since 1970.
    pub(super) nbf: i64,
    /// When it expires, in seconds since 1970.
    pub(super) exp: i64,
}

/// The subject of a token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Subject {
    /// A user.
    User {
        /// The principal name.
        upn: String,
        /// The object id.
        oid: String,
    },
    /// An application.
    Application {
        /// The client id.
        appid: String,
    },
}

impl Claims {
    /// The claims of a token that is issued `now`.
    pub(super) fn new(aud: &str, tid: &str, sub: Subject, now: Timestamp) -> Self {
        let nbf = now.as_second();
        Self {
            aud: aud.to_owned(),
            tid: tid.to_owned(),
            sub,
            nbf,
            exp: nbf.saturating_add(LIFE_SECONDS),
        }
    }

    /// Whether the token is valid at a moment.
    pub(super) fn is_valid_at(&self, now: Timestamp) -> bool {
        (self.nbf..self.exp).contains(&now.as_second())
    }
}

/// Issues and verifies tokens, and signs other short texts.
pub(super) struct TokenIssuer(Key);

impl TokenIssuer {
    pub(super) fn new(seed: u64) -> Self {
        Self(Key::new(HMAC_SHA256, &derived(seed, "tokens")))
    }

    /// Issues a token with these claims.
    pub(super) fn issue(&self, claims: &Claims) -> String {
        // Strings and numbers can always be written as JSON.
        let mut token = URL_SAFE_NO_PAD.encode(serde_json::to_vec(claims).unwrap_or_default());
        let seal = self.seal(&token);
        token.push('.');
        token.push_str(&seal);
        token
    }

    /// The claims of a token, if it was issued here.
    pub(super) fn open(&self, token: &str) -> Option<Claims> {
        let (payload, seal) = token.rsplit_once('.')?;
        if !self.is_sealed(payload, seal) {
            return None;
        }
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()
    }

    /// The signature of a text.
    pub(super) fn seal(&self, text: &str) -> String {
        URL_SAFE_NO_PAD.encode(hmac::sign(&self.0, text.as_bytes()))
    }

    /// Whether a seal is the signature of a text.
    pub(super) fn is_sealed(&self, text: &str, seal: &str) -> bool {
        URL_SAFE_NO_PAD
            .decode(seal)
            .is_ok_and(|seal| hmac::verify(&self.0, text.as_bytes(), &seal).is_ok())
    }
}

/// How long a token is valid (mars-facts 4.5).
pub(super) const LIFE_SECONDS: i64 = 3_599;

#[cfg(test)]
mod tests {
    use super::{Claims, Subject, TokenIssuer};

    #[test]
    fn only_its_own_tokens_are_opened() {
        let subject = Subject::Application { appid: "client".to_owned() };
        let claims = Claims::new("audience", "tenant", subject, jiff::Timestamp::UNIX_EPOCH);
        let token = TokenIssuer::new(1).issue(&claims);
        assert_eq!(TokenIssuer::new(1).open(&token), Some(claims));
        assert_eq!(TokenIssuer::new(2).open(&token), None);
        for garbage in ["", ".", "a.b", &format!("{token}x"), &format!("x{token}"), "ÿ.ÿ"] {
            assert_eq!(TokenIssuer::new(1).open(garbage), None, "{garbage}");
        }
    }
}
