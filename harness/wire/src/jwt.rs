//! JSON Web Tokens as clients assert themselves with them (RFC 7519, RFC 7523): compact form, RS256.
//!
//! A token says which certificate signed it by `x5t`, and nothing here looks one up: [`decode`] shows what
//! a token claims, the caller finds the certificate, and [`verify_rs256`] checks the signature. Times,
//! audience and issuer are the caller's to judge.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::error::Unspecified;
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::x509::{self, RsaKey, X509Error};

/// The claims of a client assertion, in the order in which they are written (mars-facts 4.5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// Whom the token is for: the URL of the token endpoint.
    pub aud: String,
    /// The moment after which the token is void, in seconds since 1970.
    pub exp: i64,
    /// Who made the token: the client's id.
    pub iss: String,
    /// The token's own id, different for each.
    pub jti: String,
    /// The moment before which the token is void, in seconds since 1970.
    pub nbf: i64,
    /// Whom the token speaks for: the client's id again.
    pub sub: String,
}

/// The protected header of a token (RFC 7515, 4.1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The signature algorithm; `RS256` in each token made here.
    pub alg: String,
    /// The kind of token; `JWT` in each token made here.
    pub typ: String,
    /// The SHA-1 of the signer's certificate in unpadded base64url.
    pub x5t: String,
}

/// A token that was taken apart; nothing vouches for what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unverified {
    /// The header as it stands in the token.
    pub header: Header,
    /// The claims as they stand in the token.
    pub claims: Claims,
}

impl Header {
    /// The certificate that `x5t` names, as [`x509::thumbprint`] writes it; nothing where it is no SHA-1.
    pub fn thumbprint(&self) -> Option<String> {
        let digest = URL_SAFE_NO_PAD.decode(&self.x5t).ok()?;
        (digest.len() == x509::THUMBPRINT_BYTES).then(|| hex::encode_upper(&digest))
    }
}

/// Writes a token with the `claims`, signed by the key `rsa_pkcs8` (PKCS#8 DER).
///
/// `x5t` is the SHA-1 of the signer's certificate ([`x509::thumbprint_bytes`]); it is written as it is, so that a
/// token can name a certificate that did not sign it.
pub fn sign_rs256(claims: &Claims, x5t: &[u8], rsa_pkcs8: &[u8]) -> Result<String, JwtError> {
    let key = RsaKey::from_pkcs8(rsa_pkcs8).map_err(JwtError::Key)?;
    let header = Header {
        alg: ALGORITHM.to_owned(),
        typ: "JWT".to_owned(),
        x5t: URL_SAFE_NO_PAD.encode(x5t),
    };
    let mut token = encode_part(&header)?;
    token.push('.');
    token.push_str(&encode_part(claims)?);
    let signature = key.sign(token.as_bytes()).map_err(|Unspecified| JwtError::Signing)?;
    token.push('.');
    URL_SAFE_NO_PAD.encode_string(signature, &mut token);
    Ok(token)
}

/// Takes a token apart without looking at its signature, whatever its algorithm.
///
/// Members of header and claims that stand not in [`Header`] and [`Claims`] are passed over (RFC 7515, 4).
pub fn decode(token: &str) -> Result<Unverified, JwtError> {
    Parts::of(token)?.decode()
}

/// Gives the claims of a token that is signed with RS256 by the key of the certificate `certificate_der`.
///
/// Only the signature is checked: not `x5t`, no times, and nothing about the certificate but its key.
pub fn verify_rs256(token: &str, certificate_der: &[u8]) -> Result<Claims, JwtError> {
    let parts = Parts::of(token)?;
    let Unverified { header, claims } = parts.decode()?;
    if header.alg != ALGORITHM {
        return Err(JwtError::Algorithm { found: header.alg });
    }
    let certificate = x509::parse(certificate_der).map_err(JwtError::Certificate)?;
    let key = certificate.tbs_certificate.subject_public_key_info.subject_public_key;
    let signature = decode_part(parts.signature)?;
    UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key.raw_bytes())
        .verify(parts.signed.as_bytes(), &signature)
        .map_err(|Unspecified| JwtError::Signature)?;
    Ok(claims)
}

/// Why a token could not be written, read or believed.
#[derive(Debug, thiserror::Error)]
pub enum JwtError {
    /// The token is longer than [`TOKEN_BYTES_MAX`].
    #[error("the token has {bytes} bytes, more than {TOKEN_BYTES_MAX}")]
    Oversized {
        /// Its length.
        bytes: usize,
    },
    /// The token is not three parts between dots.
    #[error("the token does not have three parts")]
    Parts,
    /// A part is not unpadded base64url.
    #[error("a part of the token is not base64url")]
    Base64(#[source] base64::DecodeError),
    /// A part is not the JSON that it should be.
    #[error("a part of the token is not the expected JSON")]
    Json(#[source] serde_json::Error),
    /// The token is signed by another algorithm than RS256, or by none.
    #[error("the token is signed with `{found}`, not with `RS256`")]
    Algorithm {
        /// The algorithm that its header names.
        found: String,
    },
    /// The certificate cannot be read.
    #[error("the certificate cannot be read")]
    Certificate(#[source] X509Error),
    /// The certificate's key did not make this signature of this text.
    #[error("the signature does not fit")]
    Signature,
    /// The key is not an RSA key in PKCS#8 DER.
    #[error("not an RSA key in PKCS#8: {0}")]
    Key(ring::error::KeyRejected),
    /// The key did not sign.
    #[error("the key cannot sign")]
    Signing,
}

struct Parts<'a> {
    /// Header, dot and payload: the text that the signature covers.
    signed: &'a str,
    header: &'a str,
    payload: &'a str,
    signature: &'a str,
}

impl<'a> Parts<'a> {
    fn of(token: &'a str) -> Result<Self, JwtError> {
        if token.len() > TOKEN_BYTES_MAX {
            return Err(JwtError::Oversized { bytes: token.len() });
        }
        let (signed, signature) = token.rsplit_once('.').ok_or(JwtError::Parts)?;
        let (header, payload) = signed.split_once('.').ok_or(JwtError::Parts)?;
        if payload.contains('.') {
            return Err(JwtError::Parts);
        }
        Ok(Self { signed, header, payload, signature })
    }

    fn decode(&self) -> Result<Unverified, JwtError> {
        // The signature is not looked at, but a token in which it is not even text of its kind is none.
        decode_part(self.signature)?;
        Ok(Unverified { header: parse(self.header)?, claims: parse(self.payload)? })
    }
}

fn encode_part(part: &impl Serialize) -> Result<String, JwtError> {
    let json = serde_json::to_vec(part).map_err(JwtError::Json)?;
    Ok(URL_SAFE_NO_PAD.encode(json))
}

fn decode_part(part: &str) -> Result<Vec<u8>, JwtError> {
    URL_SAFE_NO_PAD.decode(part).map_err(JwtError::Base64)
}

fn parse<T: DeserializeOwned>(part: &str) -> Result<T, JwtError> {
    serde_json::from_slice(&decode_part(part)?).map_err(JwtError::Json)
}

const ALGORITHM: &str = "RS256";

/// More than any sensible token: a client assertion has below 1 KiB.
pub const TOKEN_BYTES_MAX: usize = 16 << 10;

#[cfg(test)]
mod tests;
