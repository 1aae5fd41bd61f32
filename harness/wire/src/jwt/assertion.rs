//! What an assertion says, read as leniently as client libraries write it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest;
use serde::{Deserialize, Deserializer};

use crate::x509;

/// The contents of an assertion whose signature was not checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unverified {
    /// How it says that it is signed (RFC 7518, 3.1).
    pub algorithm: String,
    /// The certificate with whose key it says that it is signed; `None` if it names none that could be one.
    pub thumbprint: Option<Thumbprint>,
    /// The claims.
    pub claims: AssertionClaims,
}

/// What an assertion claims. MSAL sends no `nbf`, and nothing asks for a `jti` (RFC 7523, 3).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct AssertionClaims {
    /// The audience.
    pub aud: String,
    /// The end of validity, in seconds since 1970. A fraction, which azure-identity sends, is dropped (RFC 7519, 2).
    #[serde(deserialize_with = "seconds")]
    pub exp: i64,
    /// The issuer: the client's id.
    pub iss: String,
    /// The start of validity, in seconds since 1970.
    #[serde(default, deserialize_with = "seconds_if_any")]
    pub nbf: Option<i64>,
    /// The subject: the client's id again.
    pub sub: String,
}

/// A digest of a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Thumbprint {
    /// `x5t`, in the format of [`x509::thumbprint`].
    Sha1(String),
    /// `x5t#S256`.
    Sha256([u8; digest::SHA256_OUTPUT_LEN]),
}

impl Thumbprint {
    /// Of the header's `x5t` and `x5t#S256` (RFC 7515, 4.1.7 and 4.1.8); ADAL pads them.
    pub(super) fn of(x5t: Option<&str>, sha256: Option<&str>) -> Option<Self> {
        let decoded = |text: &str| URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok();
        let of_sha256 = || Some(Self::Sha256(decoded(sha256?)?.try_into().ok()?));
        let bytes = x5t.and_then(decoded).filter(|bytes| bytes.len() == x509::THUMBPRINT_BYTES);
        bytes.map(|bytes| Self::Sha1(hex::encode_upper(bytes))).or_else(of_sha256)
    }

    /// Whether it is that of a certificate (DER).
    pub fn is_of(&self, certificate: &[u8]) -> bool {
        match self {
            Self::Sha1(thumbprint) => x509::thumbprint(certificate) == *thumbprint,
            Self::Sha256(bytes) => {
                digest::digest(&digest::SHA256, certificate).as_ref() == bytes.as_slice()
            }
        }
    }
}

/// A time in seconds since 1970, whole or not.
#[derive(Deserialize)]
#[serde(untagged)]
enum NumericDate {
    Whole(i64),
    Fractional(f64),
}

fn seconds<'de, D: Deserializer<'de>>(from: D) -> Result<i64, D::Error> {
    #[expect(clippy::cast_possible_truncation, reason = "a cast of a float stops at the bounds")]
    NumericDate::deserialize(from).map(|date| match date {
        NumericDate::Whole(seconds) => seconds,
        NumericDate::Fractional(seconds) => seconds.floor() as i64,
    })
}

fn seconds_if_any<'de, D: Deserializer<'de>>(from: D) -> Result<Option<i64>, D::Error> {
    seconds(from).map(Some)
}
