//! Tokens of an issuer, and the public key by which anybody can check them.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use der::Decode as _;
use pkcs1::RsaPublicKey;
use ring::error::Unspecified;
use serde::Serialize;

use super::{JwtError, RS256, encode_part, verify_by};
use crate::x509::{self, RsaKey, SelfSigned};

/// Signs tokens with RS256.
pub struct Signer {
    key: RsaKey,
    jwk: Jwk,
}

/// A public RSA key for signatures (RFC 7517, RFC 7518 6.3.1), with its certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Jwk {
    kty: &'static str,
    #[serde(rename = "use")]
    used_for: &'static str,
    /// Its name: as the certificate's thumbprint.
    kid: String,
    x5t: String,
    n: String,
    e: String,
    x5c: [String; 1],
}

/// The header of a token.
#[derive(Serialize)]
struct Header<'a> {
    typ: &'a str,
    alg: &'a str,
    x5t: &'a str,
    kid: &'a str,
}

impl Signer {
    /// Signs with the key `rsa_pkcs8` (PKCS#8 DER), over which the self-signed certificate is made.
    pub fn new(certificate: &SelfSigned, rsa_pkcs8: &[u8]) -> Result<Self, JwtError> {
        let der = x509::self_signed(certificate, rsa_pkcs8).map_err(JwtError::Certificate)?;
        let key = RsaKey::from_pkcs8(rsa_pkcs8).map_err(JwtError::Key)?;
        let public = RsaPublicKey::from_der(key.public()).map_err(JwtError::PublicKey)?;
        let kid = URL_SAFE_NO_PAD.encode(x509::thumbprint_bytes(&der));
        let jwk = Jwk {
            kty: "RSA",
            used_for: "sig",
            x5t: kid.clone(),
            kid,
            n: URL_SAFE_NO_PAD.encode(public.modulus.as_bytes()),
            e: URL_SAFE_NO_PAD.encode(public.public_exponent.as_bytes()),
            x5c: [STANDARD.encode(der)],
        };
        Ok(Self { key, jwk })
    }

    /// The key by which its tokens can be checked.
    pub fn jwk(&self) -> &Jwk {
        &self.jwk
    }

    /// A token with these claims.
    pub fn sign(&self, claims: &impl Serialize) -> Result<String, JwtError> {
        let (x5t, kid) = (self.jwk.x5t.as_str(), self.jwk.kid.as_str());
        let header = Header { typ: "JWT", alg: RS256, x5t, kid };
        let signed = format!("{}.{}", encode_part(&header)?, encode_part(claims)?);
        let signature = self.key.sign(signed.as_bytes());
        let signature = signature.map_err(|Unspecified| JwtError::Signing)?;
        Ok(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }

    /// Whether it has made this token.
    pub fn has_signed(&self, token: &str) -> bool {
        verify_by(token, self.key.public()).is_ok()
    }
}

/// Shows nothing of the private key.
impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Signer").field("jwk", &self.jwk).finish_non_exhaustive()
    }
}
