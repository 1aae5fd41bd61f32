//! The authorities and certificates of one run.
//!
//! Keys are made at run time and live in memory only. An authority may vouch for nothing but the documented names, so
//! that a program that was made to trust one gives nothing away.
//!
//! | module | what lives there |
//! | --- | --- |
//! | `spec` | what a server's certificate is to say |
//! | `make` | roots, the intermediate authority below each, certificates of servers |
//! | `publish` | what an authority publishes: certificates, revocation lists, and where |

mod make;
mod publish;
mod spec;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use marslab_model::Name;
use marslab_wire::memo::Memo;
use marslab_wire::tls::Identity;
use rcgen::{Issuer, KeyPair, PKCS_ECDSA_P256_SHA256};
use ring::hmac::{self, HMAC_SHA256};

use make::RENEWED_DAYS;
pub use publish::{AUTHORITY_HOST, Published, Revoked};
pub use spec::{IdentitySpec, IssuedBy};

/// Where keys come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keys {
    /// Ed25519 from the run's seed: the same certificates in every run.
    Seeded,
    /// P-256, drawn anew: any program accepts them.
    Fresh,
}

/// The certificate authorities of one run. Each certificate is made when it is first needed, and then kept.
pub struct Pki {
    keys: Keys,
    seed: u64,
    begun: Timestamp,
    authorities: Mutex<BTreeMap<Name, Arc<Authority>>>,
    identities: Mutex<BTreeMap<(IdentitySpec, i64), Arc<Identity>>>,
}

/// What can sign certificates, with a certificate of its own.
struct Signer {
    issuer: Issuer<'static, KeyPair>,
    der: Vec<u8>,
}

/// A root, and the authority below it that issues what servers have.
struct Authority {
    root: Signer,
    intermediate: Signer,
}

impl Pki {
    /// Authorities whose certificates are valid from just before the day of `begun`. `seed` is used only for
    /// [`Keys::Seeded`].
    pub fn new(keys: Keys, seed: u64, begun: Timestamp) -> Self {
        let (authorities, identities) = (Mutex::default(), Mutex::default());
        Self { keys, seed, begun, authorities, identities }
    }

    /// Where its keys come from.
    pub fn keys(&self) -> Keys {
        self.keys
    }

    /// The certificate (DER) of the authority that plays a root; `None` where it has no name.
    pub fn root_certificate(&self, root: &Name) -> Option<Vec<u8>> {
        Some(self.authority(root)?.root.der.clone())
    }

    /// The identity of a server at that time: where it says nothing else, its certificate is renewed before it expires.
    /// `None` if no certificate can be made, such as for an invalid name.
    pub fn identity(&self, spec: IdentitySpec, at: Timestamp) -> Option<Arc<Identity>> {
        let renewals = self.renewals(at);
        let mut identities = self.identities.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (spec, renewals);
        if let Some(identity) = identities.get(&key) {
            return Some(Arc::clone(identity));
        }
        let spec = &key.0;
        let authority = self.authority(&spec.root);
        if authority.is_none() && !spec.is_self_signed() {
            return None;
        }
        let make = || self.issue(spec, renewals, authority.as_deref());
        let identity = self.remembered(&IDENTITIES, &format!("{key:?}"), make).ok()?;
        identities.insert(key, Arc::clone(&identity));
        Some(identity)
    }

    /// How often servers have renewed their certificates by then.
    fn renewals(&self, at: Timestamp) -> i64 {
        at.duration_since(self.begun).as_hours().div_euclid(24 * RENEWED_DAYS)
    }

    fn authority(&self, root: &Name) -> Option<Arc<Authority>> {
        if root.as_str().is_empty() {
            return None;
        }
        let mut authorities = self.authorities.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(authority) = authorities.get(root) {
            return Some(Arc::clone(authority));
        }
        let authority = self.remembered(&AUTHORITIES, root.as_str(), || self.found(root)).ok()?;
        authorities.insert(root.clone(), Arc::clone(&authority));
        Some(authority)
    }

    /// What follows from the seed, the day and a text is made once a process.
    fn remembered<T>(
        &self,
        memo: &Memo<Arc<T>>,
        of: &str,
        make: impl FnOnce() -> Result<T, rcgen::Error>,
    ) -> Result<Arc<T>, rcgen::Error> {
        if self.keys == Keys::Fresh {
            return make().map(Arc::new);
        }
        let (seed, day) = (self.seed.to_be_bytes(), format!("{:?}", self.day(0)));
        memo.get(&[&seed, day.as_bytes(), of.as_bytes()], || make().map(Arc::new))
    }

    fn key(&self, purpose: &str) -> Result<KeyPair, rcgen::Error> {
        match self.keys {
            Keys::Seeded => {
                let mut pkcs8 = ED25519_PKCS8.to_vec();
                pkcs8.extend_from_slice(&derived(self.seed, purpose));
                KeyPair::try_from(pkcs8)
            }
            Keys::Fresh => KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256),
        }
    }
}

static AUTHORITIES: Memo<Arc<Authority>> = Memo::new();
static IDENTITIES: Memo<Arc<Identity>> = Memo::new();

/// Thirty-two bytes that follow from the run's seed and a purpose, whatever else was drawn before.
pub fn derived(seed: u64, purpose: &str) -> [u8; 32] {
    let tag = hmac::sign(&hmac::Key::new(HMAC_SHA256, &seed.to_be_bytes()), purpose.as_bytes());
    let mut bytes = [0; 32];
    for (to, from) in bytes.iter_mut().zip(tag.as_ref()) {
        *to = *from;
    }
    bytes
}

/// The PKCS#8 header of a 32-byte Ed25519 key (RFC 8410, 7).
const ED25519_PKCS8: [u8; 16] = [
    0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
];

#[cfg(test)]
mod tests;
