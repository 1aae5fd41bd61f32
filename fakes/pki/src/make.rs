//! Roots, the intermediate authority below each, and the certificates of servers.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use marslab_model::Name;
use marslab_wire::tls::Identity;
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose,
    GeneralSubtree, IsCa, Issuer, KeyPair, KeyUsagePurpose, NameConstraints, SerialNumber,
    date_time_ymd,
};
use time::OffsetDateTime;

use crate::publish::{addresses, intermediate_name};
use crate::{Authority, IdentitySpec, IssuedBy, Pki, Signer, derived};

impl Pki {
    /// A root and the authority below it.
    pub(crate) fn found(&self, root: &Name) -> Result<Authority, rcgen::Error> {
        let lower = root.as_str().to_lowercase();
        let key = self.key(&format!("root {lower}"))?;
        let mut params = self.authority_params(root.as_str(), 1)?;
        let names = NAMES.iter().map(|name| GeneralSubtree::DnsName((*name).to_owned()));
        params.name_constraints = Some(NameConstraints {
            permitted_subtrees: names.collect(),
            excluded_subtrees: Vec::new(),
        });
        let der = params.self_signed(&key)?.der().to_vec();
        let root_signer = Signer { der, issuer: Issuer::new(params, key) };
        let key = self.key(&format!("intermediate {lower}"))?;
        let mut params = self.authority_params(&intermediate_name(root), 0)?;
        params.use_authority_key_identifier_extension = true;
        let der = params.signed_by(&key, &root_signer.issuer)?.der().to_vec();
        let intermediate = Signer { der, issuer: Issuer::new(params, key) };
        Ok(Authority { root: root_signer, intermediate })
    }

    fn authority_params(&self, name: &str, below: u8) -> Result<CertificateParams, rcgen::Error> {
        let mut params = CertificateParams::new(Vec::new())?;
        (params.not_before, params.not_after) =
            (self.date(-AUTHORITY_DAYS_BEFORE), self.date(AUTHORITY_DAYS));
        params.distinguished_name = DistinguishedName::new();
        params.distinguished_name.push(DnType::OrganizationName, "marslab, no real authority");
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(below));
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        Ok(params)
    }

    /// The identity of a server. `authority` is that of its root.
    pub(crate) fn issue(
        &self,
        spec: &IdentitySpec,
        renewals: i64,
        authority: Option<&Authority>,
    ) -> Result<Identity, rcgen::Error> {
        let host = spec.host.as_str().to_lowercase();
        let key = self.key(&format!("server {host} {}", spec.root.as_str().to_lowercase()))?;
        let mut params = self.server_params(spec, renewals, host)?;
        let mut chain = match authority {
            None => vec![params.self_signed(&key)?.der().to_vec()],
            Some(authority) if spec.issued_by == IssuedBy::Root => {
                vec![signed(&mut params, &key, &authority.root)?]
            }
            Some(authority) => {
                (params.custom_extensions, params.crl_distribution_points) = addresses(&spec.root);
                let mut chain = vec![signed(&mut params, &key, &authority.intermediate)?];
                if spec.issued_by == IssuedBy::Intermediate {
                    chain.push(authority.intermediate.der.clone());
                }
                chain
            }
        };
        if let IssuedBy::OtherSent(root) = &spec.issued_by {
            chain.extend(self.authority(root).map(|other| other.intermediate.der.clone()));
        }
        Ok(Identity::new(chain, key.serialize_der(), spec.min, spec.max))
    }

    fn server_params(
        &self,
        spec: &IdentitySpec,
        renewals: i64,
        host: String,
    ) -> Result<CertificateParams, rcgen::Error> {
        let mut params = CertificateParams::new(vec![host.clone()])?;
        params.distinguished_name = DistinguishedName::new();
        if host.len() <= COMMON_NAME_MAX {
            params.distinguished_name.push(DnType::CommonName, host);
        }
        (params.not_before, params.not_after) = self.validity(spec, renewals);
        params.serial_number = Some(SerialNumber::from(self.serial_of(spec, renewals)));
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        Ok(params)
    }

    /// From when until when a server's certificate is valid.
    fn validity(&self, spec: &IdentitySpec, renewals: i64) -> (OffsetDateTime, OffsetDateTime) {
        let issued = renewals * RENEWED_DAYS;
        let long = time::Duration::days(DAYS_BEFORE + DAYS_AFTER);
        match (spec.not_before.map(moment), spec.not_after.map(moment)) {
            (None, None) => (self.date(issued - DAYS_BEFORE), self.date(issued + DAYS_AFTER)),
            (Some(from), None) => (from, from.saturating_add(long)),
            (None, Some(until)) => (until.saturating_sub(long), until),
            (Some(from), Some(until)) => (from, until),
        }
    }

    /// The serial number of a server's certificate: sixteen bytes that follow from what it says, since a certificate that is
    /// issued anew has another.
    pub(crate) fn serial_of(&self, spec: &IdentitySpec, renewals: i64) -> Vec<u8> {
        let (host, root) = (spec.host.as_str(), spec.root.as_str());
        let said = format!("{host} {root}").to_lowercase();
        let what = format!("serial {said} {renewals} {:?} {:?}", spec.not_before, spec.not_after);
        let mut serial: Vec<u8> =
            derived(self.seed, &what).into_iter().take(SERIAL_BYTES).collect();
        if let Some(first) = serial.first_mut() {
            // Positive and without leading zeros, which DER would have to drop (RFC 5280, 4.1.2.2).
            *first = *first & 0x7f | 0x40;
        }
        serial
    }

    /// The date so many days after the run began.
    pub(crate) fn day(&self, after: i64) -> (i32, u8, u8) {
        let moment = self.begun.saturating_add(SignedDuration::from_hours(24 * after));
        let date = moment.unwrap_or(self.begun).to_zoned(TimeZone::UTC).date();
        (date.year().into(), date.month().unsigned_abs(), date.day().unsigned_abs())
    }

    fn date(&self, after: i64) -> OffsetDateTime {
        let (year, month, day) = self.day(after);
        date_time_ymd(year, month, day)
    }
}

/// A certificate (DER) that names who has signed it.
fn signed(
    params: &mut CertificateParams,
    key: &KeyPair,
    by: &Signer,
) -> Result<Vec<u8>, rcgen::Error> {
    params.use_authority_key_identifier_extension = true;
    Ok(params.signed_by(key, &by.issuer)?.der().to_vec())
}

/// As certificates have it, to the second; within the years that they can say (RFC 5280, 4.1.2.5).
pub(crate) fn moment(at: Timestamp) -> OffsetDateTime {
    let seconds = at.as_second().clamp(0, YEAR_9999_SECONDS);
    OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

/// The names that an authority may vouch for, with what lies below them: the documented ones (mars-facts E1), the
/// resource manager's (mars-facts 4.1), and those of other clouds and of storage accounts (mars-facts 5.10).
const NAMES: [&str; 15] = [
    // Reserved (RFC 2606): the names cannot be registered.
    "example",
    "test",
    "www.msftncsi.com",
    "microsoft.com",
    "windowsazure.com",
    "microsoftonline.com",
    "windows.net",
    "management.azure.com",
    "portal.azure.com",
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
pub(crate) const RENEWED_DAYS: i64 = 365;
const DAYS_AFTER: i64 = 400;

/// Authorities are not renewed: ten years old when the run begins, they outlive every scenario by a hundred.
const AUTHORITY_DAYS_BEFORE: i64 = 3_650;
const AUTHORITY_DAYS: i64 = 36_500;

/// The longest common name (RFC 5280, appendix A.1).
const COMMON_NAME_MAX: usize = 64;

/// The length that Windows uses; RFC 5280 allows 20.
const SERIAL_BYTES: usize = 16;

/// The last second of the year 9999.
const YEAR_9999_SECONDS: i64 = 253_402_300_799;
