//! The authorities and certificates of one run.
//!
//! Keys are made at run time and live in memory only. An authority may vouch for nothing but the documented names, so
//! that a program that was made to trust one gives nothing away.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use marslab_model::world::TlsVersion;
use marslab_model::{HostName, Name};
use marslab_wire::memo::Memo;
use marslab_wire::tls::Identity;
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose,
    GeneralSubtree, IsCa, Issuer, KeyPair, KeyUsagePurpose, NameConstraints,
    PKCS_ECDSA_P256_SHA256, date_time_ymd,
};

use ring::hmac::{self, HMAC_SHA256};

/// Where keys come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keys {
    /// Ed25519 from the run's seed: the same certificates in every run.
    Seeded,
    /// P-256, drawn anew: any program accepts them.
    Fresh,
}

/// What the certificate of a server is to say.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct IdentitySpec {
    /// Its name.
    pub host: HostName,
    /// The root that its certificate chains to.
    pub root: Name,
    /// The oldest TLS version that it accepts.
    pub min: TlsVersion,
    /// The newest TLS version that it accepts.
    pub max: TlsVersion,
}

/// The certificate authorities of one run. Each certificate is made when it is first needed, and then kept.
pub struct Pki {
    keys: Keys,
    seed: u64,
    begun: Timestamp,
    authorities: Mutex<BTreeMap<Name, Arc<Authority>>>,
    identities: Mutex<BTreeMap<(IdentitySpec, i64), Arc<Identity>>>,
}

struct Authority {
    issuer: Issuer<'static, KeyPair>,
    der: Vec<u8>,
}

impl Pki {
    /// Authorities whose certificates are valid from just before the day of `begun`. `seed` is used only for
    /// [`Keys::Seeded`].
    pub fn new(keys: Keys, seed: u64, begun: Timestamp) -> Self {
        let (authorities, identities) = (Mutex::default(), Mutex::default());
        Self { keys, seed, begun, authorities, identities }
    }

    /// The certificate (DER) of the authority that plays a root.
    pub fn root_certificate(&self, root: &Name) -> Option<Vec<u8>> {
        Some(self.authority(root)?.der.clone())
    }

    /// The identity, at that time, of a server that speaks TLS 1.0 to 1.2, with a certificate that chains to `root`.
    pub fn identity_by(
        &self,
        host: &HostName,
        root: &Name,
        at: Timestamp,
    ) -> Option<Arc<Identity>> {
        let (min, max) = (TlsVersion::V1_0, TlsVersion::V1_2);
        self.identity(IdentitySpec { host: host.clone(), root: root.clone(), min, max }, at)
    }

    /// The identity of a server at that time: its certificate is renewed before it expires. `None` if no certificate can be
    /// made, such as for an invalid name.
    pub fn identity(&self, spec: IdentitySpec, at: Timestamp) -> Option<Arc<Identity>> {
        let renewals = self.days_until(at).div_euclid(RENEWED_DAYS);
        let mut identities = self.identities.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (spec, renewals);
        if let Some(identity) = identities.get(&key) {
            return Some(Arc::clone(identity));
        }
        let spec = &key.0;
        let authority = self.authority(&spec.root)?;
        let make = || self.issue(spec, renewals, &authority);
        let identity = self.remembered(&IDENTITIES, &format!("{key:?}"), make).ok()?;
        identities.insert(key, Arc::clone(&identity));
        Some(identity)
    }

    fn authority(&self, root: &Name) -> Option<Arc<Authority>> {
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

    fn found(&self, root: &Name) -> Result<Authority, rcgen::Error> {
        let key = self.key(&format!("root {}", root.as_str().to_lowercase()))?;
        let mut params = self.params(Vec::new(), -DAYS_BEFORE..ROOT_DAYS)?;
        params.distinguished_name.push(DnType::OrganizationName, "marslab, no real authority");
        params.distinguished_name.push(DnType::CommonName, root.as_str());
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let names = NAMES.iter().map(|name| GeneralSubtree::DnsName((*name).to_owned()));
        params.name_constraints = Some(NameConstraints {
            permitted_subtrees: names.collect(),
            excluded_subtrees: Vec::new(),
        });
        let certificate = params.self_signed(&key)?;
        Ok(Authority { der: certificate.der().to_vec(), issuer: Issuer::new(params, key) })
    }

    fn issue(
        &self,
        spec: &IdentitySpec,
        renewals: i64,
        authority: &Authority,
    ) -> Result<Identity, rcgen::Error> {
        let host = spec.host.as_str().to_lowercase();
        let key = self.key(&format!("server {host} {}", spec.root.as_str().to_lowercase()))?;
        let issued = renewals * RENEWED_DAYS;
        let days = issued - DAYS_BEFORE..issued + DAYS_AFTER;
        let mut params = self.params(vec![host.clone()], days)?;
        if host.len() <= COMMON_NAME_MAX {
            params.distinguished_name.push(DnType::CommonName, host);
        }
        params.use_authority_key_identifier_extension = true;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        let leaf = params.signed_by(&key, &authority.issuer)?.der().to_vec();
        Ok(Identity::new(vec![leaf], key.serialize_der(), spec.min, spec.max))
    }

    /// Those of a certificate for these names that is valid on these days of the run.
    fn params(
        &self,
        names: Vec<String>,
        days: Range<i64>,
    ) -> Result<CertificateParams, rcgen::Error> {
        let mut params = CertificateParams::new(names)?;
        params.distinguished_name = DistinguishedName::new();
        let (year, month, day) = self.day(days.start);
        params.not_before = date_time_ymd(year, month, day);
        let (year, month, day) = self.day(days.end);
        params.not_after = date_time_ymd(year, month, day);
        Ok(params)
    }

    /// How many days after the run began a moment is.
    fn days_until(&self, at: Timestamp) -> i64 {
        at.duration_since(self.begun).as_hours().div_euclid(24)
    }

    /// The date so many days after the run began.
    fn day(&self, after: i64) -> (i32, u8, u8) {
        let moment = self.begun.saturating_add(SignedDuration::from_hours(24 * after));
        let date = moment.unwrap_or(self.begun).to_zoned(TimeZone::UTC).date();
        (date.year().into(), date.month().unsigned_abs(), date.day().unsigned_abs())
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

/// The names that an authority may vouch for, with what lies below them: the documented ones (mars-facts E1), the
/// resource manager's (mars-facts 4.1), and those of other clouds and of storage accounts (mars-facts 5.10).
const NAMES: [&str; 14] = [
    // Reserved (RFC 2606): the names cannot be registered.
    "example",
    "test",
    "www.msftncsi.com",
    "microsoft.com",
    "windowsazure.com",
    "microsoftonline.com",
    "windows.net",
    "management.azure.com",
    "blob.storage.azure.net",
    "windowsazure.us",
    "microsoftonline.us",
    "usgovcloudapi.net",
    "windowsazure.cn",
    "chinacloudapi.cn",
];

/// How old certificates already are when the run begins, or when they are renewed.
const DAYS_BEFORE: i64 = 2;

/// How often servers renew their certificates, and how long each is valid: longer, so that clocks may differ.
const RENEWED_DAYS: i64 = 365;
const DAYS_AFTER: i64 = 400;

/// Roots are not renewed, and outlive every scenario: a hundred years.
const ROOT_DAYS: i64 = 36_500;

/// The longest common name (RFC 5280, appendix A.1).
const COMMON_NAME_MAX: usize = 64;
