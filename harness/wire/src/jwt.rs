//! Client assertions: JSON Web Tokens signed with RS256 (RFC 7515, RFC 7519, RFC 7523).
//!
//! A token names its signer's certificate by thumbprint (`x5t`). [`decode`] shows what a token claims, the caller finds the
//! certificate, and [`verify_rs256`] checks the signature. Times, audience and issuer are for the caller to judge.
//!
//! There is no crate for this, because `jsonwebtoken` takes its cryptography from a process-wide setting, which belongs to
//! the program that the lab is embedded in, and the crates that do not are larger than what they would replace.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::error::Unspecified;
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::memo::Memo;
use crate::x509::{self, RsaKey, X509Error};

/// The claims of a client assertion, in the order in which they are written (mars-facts 4.5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// The audience: the URL of the token endpoint.
    pub aud: String,
    /// The end of validity, in seconds since 1970.
    pub exp: i64,
    /// The issuer: the client's id.
    pub iss: String,
    /// The token's own id.
    pub jti: String,
    /// The start of validity, in seconds since 1970.
    pub nbf: i64,
    /// The subject: the client's id again.
    pub sub: String,
}

/// The contents of a token whose signature was not checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unverified {
    /// The certificate that `x5t` names, in the format of [`x509::thumbprint`]. `None` if there is no SHA-1 in `x5t`.
    pub thumbprint: Option<String>,
    /// The claims.
    pub claims: Claims,
}

/// Makes a token with these claims, signed with the key `rsa_pkcs8` (PKCS#8 DER).
///
/// `x5t` is the signer's [`x509::thumbprint_bytes`]. It is written unchecked, so that a token can name a certificate that
/// did not sign it.
pub fn sign_rs256(claims: &Claims, x5t: &[u8], rsa_pkcs8: &[u8]) -> Result<String, JwtError> {
    let (alg, x5t) = (ALGORITHM.to_owned(), Some(URL_SAFE_NO_PAD.encode(x5t)));
    let header = Header { alg, typ: Some("JWT".to_owned()), x5t };
    let signed = format!("{}.{}", encode_part(&header)?, encode_part(claims)?);
    let signature = SIGNATURES.get(&[rsa_pkcs8, signed.as_bytes()], || {
        let key = RsaKey::from_pkcs8(rsa_pkcs8).map_err(JwtError::Key)?;
        key.sign(signed.as_bytes()).map_err(|Unspecified| JwtError::Signing)
    })?;
    Ok(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
}

/// Reads a token without checking its signature, whatever its algorithm. Unknown members are ignored (RFC 7515, 4).
pub fn decode(token: &str) -> Result<Unverified, JwtError> {
    let Parts { header, claims, .. } = Parts::of(token)?;
    let x5t = header.x5t.and_then(|x5t| URL_SAFE_NO_PAD.decode(x5t).ok());
    let x5t = x5t.filter(|x5t| x5t.len() == x509::THUMBPRINT_BYTES);
    Ok(Unverified { thumbprint: x5t.map(hex::encode_upper), claims })
}

/// Returns the claims of a token that was signed with RS256 and the key of `certificate` (DER).
///
/// Only the signature is checked: not `x5t`, not the times, and nothing about the certificate but its key.
pub fn verify_rs256(token: &str, certificate: &[u8]) -> Result<Claims, JwtError> {
    let Parts { header, claims, signed, signature } = Parts::of(token)?;
    if header.alg != ALGORITHM {
        return Err(JwtError::Algorithm { found: header.alg });
    }
    let certificate = x509::parse(certificate).map_err(JwtError::Certificate)?;
    let key = certificate.tbs_certificate.subject_public_key_info.subject_public_key;
    VERIFIED.get(&[key.raw_bytes(), signed.as_bytes(), &signature], || {
        UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key.raw_bytes())
            .verify(signed.as_bytes(), &signature)
            .map_err(|Unspecified| JwtError::Signature)
    })?;
    Ok(claims)
}

static SIGNATURES: Memo<Vec<u8>> = Memo::new();
static VERIFIED: Memo<()> = Memo::new();

/// Why a token could not be made, read or verified.
#[derive(Debug, thiserror::Error)]
pub enum JwtError {
    /// The token is longer than [`TOKEN_BYTES_MAX`].
    #[error("the token is longer than {TOKEN_BYTES_MAX} bytes: {bytes}")]
    Oversized {
        /// Its length.
        bytes: usize,
    },
    /// The token does not have three parts separated by dots.
    #[error("the token does not have three parts")]
    Parts,
    /// A part is not unpadded base64url.
    #[error("a part of the token is not base64url")]
    Base64(#[source] base64::DecodeError),
    /// A part is not the expected JSON.
    #[error("a part of the token is not the expected JSON")]
    Json(#[source] serde_json::Error),
    /// The token's algorithm is not RS256.
    #[error("the token is signed with `{found}` instead of `RS256`")]
    Algorithm {
        /// The algorithm in its header.
        found: String,
    },
    /// The certificate cannot be read.
    #[error("cannot read the certificate")]
    Certificate(#[source] X509Error),
    /// The signature was not made with the certificate's key, or for another text.
    #[error("the signature is invalid")]
    Signature,
    /// The key is not an RSA key in PKCS#8 DER.
    #[error("not an RSA key in PKCS#8: {0}")]
    Key(ring::error::KeyRejected),
    /// Signing failed.
    #[error("the key cannot sign")]
    Signing,
}

/// The header (RFC 7515, 4.1).
#[derive(Serialize, Deserialize)]
struct Header {
    alg: String,
    #[serde(default)]
    typ: Option<String>,
    #[serde(default)]
    x5t: Option<String>,
}

/// The parts of a token, decoded, and the text that its signature covers.
struct Parts<'a> {
    header: Header,
    claims: Claims,
    signed: &'a str,
    signature: Vec<u8>,
}

impl<'a> Parts<'a> {
    fn of(token: &'a str) -> Result<Self, JwtError> {
        if token.len() > TOKEN_BYTES_MAX {
            return Err(JwtError::Oversized { bytes: token.len() });
        }
        let (signed, signature) = token.rsplit_once('.').ok_or(JwtError::Parts)?;
        let (header, claims) = signed.split_once('.').ok_or(JwtError::Parts)?;
        if claims.contains('.') {
            return Err(JwtError::Parts);
        }
        let (header, claims) = (parse(header)?, parse(claims)?);
        Ok(Self { header, claims, signed, signature: decode_part(signature)? })
    }
}

fn encode_part(part: &impl Serialize) -> Result<String, JwtError> {
    Ok(URL_SAFE_NO_PAD.encode(serde_json::to_vec(part).map_err(JwtError::Json)?))
}

fn decode_part(part: &str) -> Result<Vec<u8>, JwtError> {
    URL_SAFE_NO_PAD.decode(part).map_err(JwtError::Base64)
}

fn parse<T: DeserializeOwned>(part: &str) -> Result<T, JwtError> {
    serde_json::from_slice(&decode_part(part)?).map_err(JwtError::Json)
}

const ALGORITHM: &str = "RS256";

/// The longest token that is read. A client assertion has less than 1 KiB.
pub const TOKEN_BYTES_MAX: usize = 16 << 10;

#[cfg(test)]
mod tests;
