//! Tokens of the login service: JSON Web Tokens, and not to be forged without the run's seed and key.
//!
//! Where a program from outside may look, they are signed with RS256 and the key that the service publishes. Where none
//! can (`memory`), the signature is a seal, an HMAC-SHA256, since signing takes as long as a tenth of a backup: the lab's
//! own. Claims are those of access tokens of version 1.0, which the resource manager takes.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use marslab_model::HostName;
use marslab_pki::{Keys, derived};
use marslab_state::Running;
use marslab_wire::jwt::{Jwk, Signer};
use marslab_wire::x509::SelfSigned;
use ring::digest::{SHA256, digest};
use ring::hmac::{self, HMAC_SHA256, Key};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// The claims of an access token.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "Written<'static>")]
pub(super) struct Claims {
    /// The audience.
    pub(super) aud: String,
    /// Who issued it.
    pub(super) iss: String,
    /// The tenant that issued it.
    pub(super) tid: String,
    /// The subject.
    pub(super) sub: Subject,
    /// The client id of the application that asked for it, and how it proved that it is that (`appidacr`).
    pub(super) client: (String, u8),
    /// From when it is valid, in seconds since 1970.
    pub(super) nbf: i64,
    /// When it expires, in seconds since 1970.
    pub(super) exp: i64,
}

/// The subject of a token.
#[derive(Clone, Debug, PartialEq, Eq)]
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

/// The claims as a token has them.
#[derive(Serialize, Deserialize)]
pub(super) struct Written<'a> {
    aud: Cow<'a, str>,
    iss: Cow<'a, str>,
    iat: i64,
    nbf: i64,
    exp: i64,
    appid: Cow<'a, str>,
    appidacr: Cow<'a, str>,
    idp: Cow<'a, str>,
    idtyp: Cow<'a, str>,
    oid: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    scp: Option<Cow<'a, str>>,
    sub: Cow<'a, str>,
    tid: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unique_name: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    upn: Option<Cow<'a, str>>,
    ver: Cow<'a, str>,
}

impl From<Written<'static>> for Claims {
    fn from(said: Written<'static>) -> Self {
        let appid = said.appid.into_owned();
        let sub = match said.upn {
            Some(upn) => Subject::User { upn: upn.into_owned(), oid: said.oid.into_owned() },
            None => Subject::Application { appid: appid.clone() },
        };
        Self {
            aud: said.aud.into_owned(),
            iss: said.iss.into_owned(),
            tid: said.tid.into_owned(),
            sub,
            client: (appid, said.appidacr.parse().unwrap_or_default()),
            nbf: said.nbf,
            exp: said.exp,
        }
    }
}

impl Claims {
    /// The claims of a token that is issued `now`, for an audience by an issuer, about a subject at a client.
    pub(super) fn new(
        (aud, iss): (&str, String),
        tid: &str,
        (sub, client): (Subject, (String, u8)),
        now: Timestamp,
    ) -> Self {
        let (aud, tid, nbf) = (aud.to_owned(), tid.to_owned(), now.as_second());
        Self { aud, iss, tid, sub, client, nbf, exp: nbf.saturating_add(LIFE_SECONDS) }
    }

    /// Whether the token is valid at a moment.
    pub(super) fn is_valid_at(&self, now: Timestamp) -> bool {
        (self.nbf..self.exp).contains(&now.as_second())
    }

    /// As a token has them. An application's object id is † its client id.
    pub(super) fn written(&self) -> Written<'_> {
        let (appid, proof) = &self.client;
        let (idtyp, oid, upn) = match &self.sub {
            Subject::User { upn, oid } => ("user", oid, Some(Cow::from(upn))),
            Subject::Application { appid } => ("app", appid, None),
        };
        let sub = match upn {
            Some(_) => pairwise(oid, appid).into(),
            None => oid.into(),
        };
        Written {
            aud: (&self.aud).into(),
            iss: (&self.iss).into(),
            iat: self.nbf,
            nbf: self.nbf,
            exp: self.exp,
            appid: appid.into(),
            appidacr: proof.to_string().into(),
            idp: (&self.iss).into(),
            idtyp: idtyp.into(),
            oid: oid.into(),
            scp: upn.is_some().then(|| "user_impersonation".into()),
            sub,
            tid: (&self.tid).into(),
            unique_name: upn.clone(),
            upn,
            ver: "1.0".into(),
        }
    }
}

/// A subject as one client knows it, and no other (OpenID Connect Core 1.0, 8.1).
pub(super) fn pairwise(oid: &str, client: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest(&SHA256, format!("{oid} at {client}").as_bytes()))
}

/// Who issues access tokens of version 1.0: a name of old, which is no host of the lab.
pub(super) fn issuer(host: &HostName, tenant: &str) -> String {
    let cloud = if host.as_str().ends_with(".cn") { "chinacloudapi.cn" } else { "windows.net" };
    format!("https://sts.{cloud}/{tenant}/")
}

/// Issues and verifies tokens, and signs other short texts.
pub(super) struct TokenIssuer {
    seal: Key,
    keys: Keys,
    running: Arc<Running>,
    /// Made when it is first needed; nothing where the process's key is none.
    signer: OnceLock<Option<Signer>>,
}

impl TokenIssuer {
    /// Signs so that any program can check it only where the certificates are for any program, too.
    pub(super) fn new(running: Arc<Running>, keys: Keys) -> Self {
        let seal = Key::new(HMAC_SHA256, &derived(running.seed(), "tokens"));
        Self { seal, keys, running, signer: OnceLock::new() }
    }

    /// Issues a token with these claims; `None` where it cannot be signed.
    pub(super) fn issue(&self, claims: &impl Serialize) -> Option<String> {
        if self.keys == Keys::Fresh {
            return self.signer()?.sign(claims).ok();
        }
        let mut token = URL_SAFE_NO_PAD.encode(SEALED_HEADER);
        token.push('.');
        token.push_str(&URL_SAFE_NO_PAD.encode(serde_json::to_vec(claims).ok()?));
        Some(self.sealed(token))
    }

    /// The claims of an access token, if it was issued here.
    pub(super) fn open(&self, token: &str) -> Option<Claims> {
        let (signed, seal) = token.rsplit_once('.')?;
        let is_own = match self.keys {
            Keys::Fresh => self.signer()?.has_signed(token),
            Keys::Seeded => self.is_sealed(signed, seal),
        };
        let (_, payload) = signed.split_once('.').filter(|_| is_own)?;
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()
    }

    /// The key by which anybody can check the tokens.
    pub(super) fn jwk(&self) -> Option<&Jwk> {
        self.signer().map(Signer::jwk)
    }

    /// A text for clients to keep, from which what it says is read again.
    pub(super) fn keep(&self, kind: &str, what: &impl Serialize) -> String {
        // What is kept can always be written as JSON.
        let what = URL_SAFE_NO_PAD.encode(serde_json::to_vec(what).unwrap_or_default());
        self.sealed(format!("{kind}.{what}"))
    }

    /// What such a text of this kind says.
    pub(super) fn kept<T: DeserializeOwned>(&self, kind: &str, text: &str) -> Option<T> {
        let (kept, seal) = text.rsplit_once('.')?;
        let what =
            kept.strip_prefix(kind)?.strip_prefix('.').filter(|_| self.is_sealed(kept, seal))?;
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(what).ok()?).ok()
    }

    /// The signature of a text.
    pub(super) fn seal(&self, text: &str) -> String {
        URL_SAFE_NO_PAD.encode(hmac::sign(&self.seal, text.as_bytes()))
    }

    /// Whether a seal is the signature of a text.
    pub(super) fn is_sealed(&self, text: &str, seal: &str) -> bool {
        URL_SAFE_NO_PAD
            .decode(seal)
            .is_ok_and(|seal| hmac::verify(&self.seal, text.as_bytes(), &seal).is_ok())
    }

    fn sealed(&self, mut text: String) -> String {
        let seal = self.seal(&text);
        text.push('.');
        text.push_str(&seal);
        text
    }

    /// The certificate is, like the real ones, valid for years, and named after a service of old. It begins with a decade,
    /// so that one is made for many worlds.
    fn signer(&self) -> Option<&Signer> {
        let signer = self.signer.get_or_init(|| {
            let second = self.running.stamp().as_second();
            let from = Timestamp::from_second(second - second.rem_euclid(DECADE_SECONDS)).ok()?;
            let until = from.saturating_add(SignedDuration::from_secs(2 * DECADE_SECONDS)).ok()?;
            let subject = "accounts.accesscontrol.windows.net".to_owned();
            let spec =
                SelfSigned { subject, not_before: from, not_after: until, client_auth: false };
            Signer::new(&spec, self.running.rsa_key()).ok()
        });
        signer.as_ref()
    }
}

/// How long a token is valid (mars-facts 4.5).
pub(super) const LIFE_SECONDS: i64 = 3_599;

const SEALED_HEADER: &str = r#"{"typ":"JWT","alg":"RS256"}"#;

const DECADE_SECONDS: i64 = 10 * 365 * 24 * 3_600;

#[cfg(test)]
mod tests;
