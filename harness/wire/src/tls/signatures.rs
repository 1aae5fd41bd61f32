//! Signatures on certificates, of which each is checked once.

use std::fmt;
use std::sync::{Arc, LazyLock};

use rustls::crypto::{CryptoProvider, WebPkiSupportedAlgorithms};
use rustls::pki_types::{AlgorithmIdentifier, InvalidSignature, SignatureVerificationAlgorithm};

use super::setup::PROVIDER;
use crate::memo::Memo;

/// The cryptography of clients, which remembers what signatures on certificates are good. Names, times and purposes are
/// checked anew, and so are the signatures of handshakes, which never come again.
pub(super) static REMEMBERING: LazyLock<Arc<CryptoProvider>> = LazyLock::new(|| {
    let all = PROVIDER.signature_verification_algorithms.all.iter();
    let all = all.map(|of| -> &dyn SignatureVerificationAlgorithm {
        Box::leak(Box::new(Remembering { of: *of, good: Memo::new() }))
    });
    let signature_verification_algorithms = WebPkiSupportedAlgorithms {
        all: Vec::leak(all.collect()),
        mapping: PROVIDER.signature_verification_algorithms.mapping,
    };
    Arc::new(CryptoProvider { signature_verification_algorithms, ..(**PROVIDER).clone() })
});

struct Remembering {
    of: &'static dyn SignatureVerificationAlgorithm,
    good: Memo<()>,
}

impl fmt::Debug for Remembering {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.of.fmt(f)
    }
}

impl SignatureVerificationAlgorithm for Remembering {
    fn verify_signature(
        &self,
        key: &[u8],
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), InvalidSignature> {
        let check = || self.of.verify_signature(key, message, signature);
        self.good.get(&[key, message, signature], check)
    }

    fn public_key_alg_id(&self) -> AlgorithmIdentifier {
        self.of.public_key_alg_id()
    }

    fn signature_alg_id(&self) -> AlgorithmIdentifier {
        self.of.signature_alg_id()
    }
}
