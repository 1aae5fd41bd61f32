//! JSON Web Tokens (RFC 7515, RFC 7519): assertions by which clients prove who they are (RFC 7523), and tokens of an issuer.
//!
//! An assertion names its signer's certificate by thumbprint. [`decode`] shows what it claims, the caller finds the
//! certificate, and [`verify`] checks the signature. Times, audience and issuer are for the caller to judge. A [`Signer`] makes
//! tokens that anybody can check with its [`Jwk`] (RFC 7517).
//!
//! There is no crate for this, because `jsonwebtoken` takes its cryptography from a process-wide setting, which belongs to
//! the program that the lab is embedded in, and the crates that do not are larger than what they would replace.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::error::Unspecified;
use ring::signature::{
    RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256, RsaParameters, UnparsedPublicKey,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::memo::Memo;
use crate::x509::{self, RsaKey, X509Error};

mod assertion;
mod signer;

pub use assertion::{AssertionClaims, Thumbprint, Unverified};
pub use signer::{Jwk, Signer};

/// The claims of a client assertion, in the order in which they are written (mars-facts 4.5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
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

/// Makes a token with these claims, signed with the key `rsa_pkcs8` (PKCS#8 DER).
///
/// `x5t` is the signer's [`x509::thumbprint_bytes`]. It is written unchecked, so that a token can name a certificate that
/// did not sign it.
pub fn sign_rs256(claims: &Claims, x5t: &[u8], rsa_pkcs8: &[u8]) -> Result<String, JwtError> {
    let (alg, x5t) = (RS256.to_owned(), Some(URL_SAFE_NO_PAD.encode(x5t)));
    let header = Header { alg, typ: Some("JWT".to_owned()), x5t, sha256: None };
    let signed = format!("{}.{}", encode_part(&header)?, encode_part(claims)?);
    let signature = SIGNATURES.get(&[rsa_pkcs8, signed.as_bytes()], || {
        let key = RsaKey::from_pkcs8(rsa_pkcs8).map_err(JwtError::Key)?;
        key.sign(signed.as_bytes()).map_err(|Unspecified| JwtError::Signing)
    })?;
    Ok(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
}

/// Reads an assertion without checking its signature, whatever its algorithm. Unknown members are ignored (RFC 7515, 4).
pub fn decode(token: &str) -> Result<Unverified, JwtError> {
    let (head, payload, _signature) = split(token)?;
    let (header, claims): (Header, AssertionClaims) = (parse(head)?, parse(payload)?);
    let thumbprint = Thumbprint::of(header.x5t.as_deref(), header.sha256.as_deref());
    Ok(Unverified { algorithm: header.alg, thumbprint, claims })
}

/// Whether a token was signed with the key of `certificate` (DER), by RS256 or PS256 as its header says.
///
/// Only the signature is checked: not the thumbprint, not the claims, and nothing about the certificate but its key.
pub fn verify(token: &str, certificate: &[u8]) -> Result<(), JwtError> {
    let certificate = x509::parse(certificate).map_err(JwtError::Certificate)?;
    let key = certificate.tbs_certificate.subject_public_key_info.subject_public_key;
    verify_by(token, key.raw_bytes())
}

/// The same for an `RSAPublicKey` (RFC 8017, A.1.1) in DER.
fn verify_by(token: &str, key: &[u8]) -> Result<(), JwtError> {
    let (head, payload, signature) = split(token)?;
    let header: Header = parse(head)?;
    let algorithm: &RsaParameters = match header.alg.as_str() {
        RS256 => &RSA_PKCS1_2048_8192_SHA256,
        PS256 => &RSA_PSS_2048_8192_SHA256,
        _ => return Err(JwtError::Algorithm { found: header.alg }),
    };
    let signed = token.get(..=head.len() + payload.len()).ok_or(JwtError::Parts)?.as_bytes();
    let signature = decode_part(signature)?;
    // The header, and with it the algorithm, is part of what is signed.
    VERIFIED.get(&[key, signed, &signature], || {
        let key = UnparsedPublicKey::new(algorithm, key);
        key.verify(signed, &signature).map_err(|Unspecified| JwtError::Signature)
    })
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
    /// The token's algorithm is neither RS256 nor PS256.
    #[error("the token is signed with `{found}` instead of `RS256` or `PS256`")]
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
    /// The public half of a key cannot be read.
    #[error("not an RSA public key")]
    PublicKey(#[source] der::Error),
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
    #[serde(default, skip_serializing_if = "Option::is_none")]
    x5t: Option<String>,
    #[serde(rename = "x5t#S256", default, skip_serializing_if = "Option::is_none")]
    sha256: Option<String>,
}

/// Header, payload and signature of a token, as they stand there.
fn split(token: &str) -> Result<(&str, &str, &str), JwtError> {
    if token.len() > TOKEN_BYTES_MAX {
        return Err(JwtError::Oversized { bytes: token.len() });
    }
    let mut parts = token.split('.');
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(header), Some(payload), Some(signature), None) => Ok((header, payload, signature)),
        _ => Err(JwtError::Parts),
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

const RS256: &str = "RS256";
const PS256: &str = "PS256";

/// The longest token that is read. A client assertion has less than 1 KiB.
pub const TOKEN_BYTES_MAX: usize = 16 << 10;

#[cfg(test)]
mod tests;
