//! RSA keys as *ring* uses them.

use std::sync::atomic::{AtomicUsize, Ordering};

use ring::error::{KeyRejected, Unspecified};
use ring::rand::SystemRandom;
use ring::rsa::KeyPair;
use ring::signature::RSA_PKCS1_SHA256;

/// A private RSA key that signs with RSASSA-PKCS1-v1_5 and SHA-256. The same message always gets the same signature.
pub(crate) struct RsaKey(KeyPair);

impl RsaKey {
    /// Reads and checks the key (PKCS#8 DER), which takes about as long as signing.
    pub(crate) fn from_pkcs8(der: &[u8]) -> Result<Self, KeyRejected> {
        KeyPair::from_pkcs8(der).map(Self)
    }

    pub(crate) fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Unspecified> {
        SIGNATURES.fetch_add(1, Ordering::Relaxed);
        let mut signature = vec![0; self.0.public().modulus_len()];
        // ring uses the randomness for blinding; the signature does not depend on it.
        self.0.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature)?;
        Ok(signature)
    }

    /// The `RSAPublicKey` of RFC 8017, A.1.1, in DER.
    pub(crate) fn public(&self) -> &[u8] {
        self.0.public().as_ref()
    }
}

/// How many signatures were made in this process: for benches.
pub fn signatures() -> usize {
    SIGNATURES.load(Ordering::Relaxed)
}

static SIGNATURES: AtomicUsize = AtomicUsize::new(0);

impl rcgen::PublicKeyData for RsaKey {
    fn der_bytes(&self) -> &[u8] {
        self.public()
    }

    fn algorithm(&self) -> &'static rcgen::SignatureAlgorithm {
        &rcgen::PKCS_RSA_SHA256
    }
}

impl rcgen::SigningKey for RsaKey {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, rcgen::Error> {
        Self::sign(self, message).map_err(|Unspecified| rcgen::Error::RingUnspecified)
    }
}
