//! X.509 certificates (RFC 5280): reading them, and making self-signed ones with RSA keys.
//!
//! | module | contents |
//! | --- | --- |
//! | `key` | RSA keys as *ring* uses them |
//! | `key_from_seed` | making them |
//!
//! Output depends on the arguments only: the same seed gives the same key, and the same [`SelfSigned`] with the same key
//! gives the same bytes. Nothing is validated here: whether a certificate has expired or fits its purpose is for the
//! caller to judge.

mod key;
mod key_from_seed;

use std::ops::RangeInclusive;

use der::Decode as _;
use der::oid::db::rfc5280::{ID_AD_CA_ISSUERS, ID_KP_CLIENT_AUTH};
use jiff::Timestamp;
use rcgen::{CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, SerialNumber};
use ring::digest;
use time::OffsetDateTime;
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::ext::pkix::{AuthorityInfoAccessSyntax, ExtendedKeyUsage};
use x509_cert::name::Name;
use x509_cert::time::Time;

use crate::memo::Memo;

pub(crate) use key::RsaKey;
pub use key::signatures;
pub use key_from_seed::make_rsa_key;

/// What a certificate says about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// The subject, most significant part first, such as `C=US, CN=example`.
    pub subject: String,
    /// The issuer, in the same format; equal to the subject in a self-signed certificate.
    pub issuer: String,
    /// The start of validity, to the second.
    pub not_before: Timestamp,
    /// The end of validity, to the second, inclusive.
    pub not_after: Timestamp,
    /// The SHA-1 of the DER in 40 upper-case hexadecimal digits, as Windows shows it.
    pub thumbprint: String,
    /// Whether the extended key usage includes client authentication (1.3.6.1.5.5.7.3.2).
    pub client_auth: bool,
}

/// Reads the certificate `der`, which must end where the certificate ends.
pub fn read(der: &[u8]) -> Result<Certificate, X509Error> {
    let certificate = parse(der)?.tbs_certificate;
    let usage = certificate.get::<ExtendedKeyUsage>().map_err(X509Error::Malformed)?;
    Ok(Certificate {
        subject: name(&certificate.subject),
        issuer: name(&certificate.issuer),
        not_before: timestamp(certificate.validity.not_before)?,
        not_after: timestamp(certificate.validity.not_after)?,
        thumbprint: thumbprint(der),
        client_auth: usage.is_some_and(|(_critical, usage)| usage.0.contains(&ID_KP_CLIENT_AUTH)),
    })
}

/// Where the certificate `der` says that its issuer's can be had, over plain HTTP (RFC 5280, 4.2.2.1).
pub fn issuer_address(der: &[u8]) -> Option<String> {
    let certificate = parse(der).ok()?.tbs_certificate;
    let (_critical, access) = certificate.get::<AuthorityInfoAccessSyntax>().ok()??;
    let issuers = access.0.into_iter().filter(|it| it.access_method == ID_AD_CA_ISSUERS);
    let mut addresses = issuers.filter_map(|it| match it.access_location {
        GeneralName::UniformResourceIdentifier(address) => Some(address.to_string()),
        _ => None,
    });
    addresses.find(|address| address.starts_with("http://"))
}

/// The SHA-1 of `der` in 40 upper-case hexadecimal digits. The bytes need not be a certificate.
pub fn thumbprint(der: &[u8]) -> String {
    hex::encode_upper(thumbprint_bytes(der))
}

/// The SHA-1 of `der`: the `x5t` of a JWT before encoding (RFC 7515, 4.1.7).
pub fn thumbprint_bytes(der: &[u8]) -> [u8; THUMBPRINT_BYTES] {
    let mut bytes = [0; THUMBPRINT_BYTES];
    bytes.copy_from_slice(digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, der).as_ref());
    bytes
}

/// The length of [`thumbprint_bytes`].
pub const THUMBPRINT_BYTES: usize = digest::SHA1_OUTPUT_LEN;

/// The contents of a self-signed certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelfSigned {
    /// The common name of subject and issuer, without the `CN=`.
    pub subject: String,
    /// The start of validity; fractions of a second are dropped.
    pub not_before: Timestamp,
    /// The end of validity; fractions of a second are dropped.
    ///
    /// It may lie before `not_before`: the lab needs invalid certificates, too.
    pub not_after: Timestamp,
    /// Whether client authentication is the only extended key usage; otherwise the certificate has no such extension.
    pub client_auth: bool,
}

/// Makes the certificate `spec` for the key `rsa_pkcs8` (PKCS#8 DER), signed with it (RSASSA-PKCS1-v1_5 with SHA-256).
/// Returns the certificate's DER.
///
/// The serial number is derived from `spec` and the key, so different certificates have different ones.
pub fn self_signed(spec: &SelfSigned, rsa_pkcs8: &[u8]) -> Result<Vec<u8>, X509Error> {
    static MADE: Memo<Vec<u8>> = Memo::new();
    MADE.get(&[format!("{spec:?}").as_bytes(), rsa_pkcs8], || make_self_signed(spec, rsa_pkcs8))
}

fn make_self_signed(spec: &SelfSigned, rsa_pkcs8: &[u8]) -> Result<Vec<u8>, X509Error> {
    let key = RsaKey::from_pkcs8(rsa_pkcs8).map_err(X509Error::Key)?;
    let mut subject = DistinguishedName::new();
    subject.push(DnType::CommonName, spec.subject.as_str());
    let mut params = CertificateParams::default();
    params.distinguished_name = subject;
    params.serial_number = Some(serial_number(spec, &key));
    params.not_before = date_time(spec.not_before)?;
    params.not_after = date_time(spec.not_after)?;
    if spec.client_auth {
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    }
    let certificate = params.self_signed(&key).map_err(X509Error::Signing)?;
    Ok(certificate.der().to_vec())
}

/// Why a certificate or a key could not be read or made.
#[derive(Debug, thiserror::Error)]
pub enum X509Error {
    /// The bytes are not one certificate in DER.
    #[error("not an X.509 certificate")]
    Malformed(#[source] der::Error),
    /// The time is outside of the years 1970 to 9999.
    #[error("a certificate cannot have the time `{seconds}` (seconds since 1970)")]
    Time {
        /// Seconds since 1970, negative before.
        seconds: i64,
    },
    /// The key is not an RSA key of 2048 to 4096 bits in PKCS#8 DER.
    #[error("not an RSA key in PKCS#8: {0}")]
    Key(ring::error::KeyRejected),
    /// The certificate could not be encoded or signed.
    #[error("cannot sign the certificate")]
    Signing(#[source] rcgen::Error),
    /// The key could not be generated.
    #[error("cannot generate an RSA key")]
    Generation,
    /// The key was generated but could not be encoded.
    #[error("cannot encode the RSA key")]
    Encoding(#[source] der::Error),
}

pub(crate) fn parse(der: &[u8]) -> Result<x509_cert::Certificate, X509Error> {
    x509_cert::Certificate::from_der(der).map_err(X509Error::Malformed)
}

/// The name as Windows writes it: in the order of its parts, where RFC 4514 has the reverse.
fn name(name: &Name) -> String {
    let parts: Vec<String> = name.0.iter().map(ToString::to_string).collect();
    parts.join(", ")
}

fn timestamp(time: Time) -> Result<Timestamp, X509Error> {
    let seconds = i64::try_from(time.to_unix_duration().as_secs()).unwrap_or(i64::MAX);
    Timestamp::from_second(seconds).map_err(|_out_of_range| X509Error::Time { seconds })
}

fn date_time(time: Timestamp) -> Result<OffsetDateTime, X509Error> {
    let seconds = time.as_second();
    let encodable = ENCODABLE_SECONDS.contains(&seconds);
    let date_time = OffsetDateTime::from_unix_timestamp(seconds).ok().filter(|_| encodable);
    date_time.ok_or(X509Error::Time { seconds })
}

fn serial_number(spec: &SelfSigned, key: &RsaKey) -> SerialNumber {
    let mut text = digest::Context::new(&digest::SHA256);
    text.update(key.public());
    text.update(&spec.not_before.as_nanosecond().to_be_bytes());
    text.update(&spec.not_after.as_nanosecond().to_be_bytes());
    text.update(&[u8::from(spec.client_auth)]);
    text.update(spec.subject.as_bytes());
    let digest = text.finish();
    let mut serial: Vec<u8> = digest.as_ref().iter().copied().take(SERIAL_BYTES).collect();
    if let Some(first) = serial.first_mut() {
        // Positive and without leading zeros, which DER would have to drop (RFC 5280, 4.1.2.2).
        *first = *first & 0x7f | 0x40;
    }
    SerialNumber::from(serial)
}

/// The length that Windows uses; RFC 5280 allows 20.
const SERIAL_BYTES: usize = 16;

/// The years 1970 to 9999. RFC 5280, 4.1.2.5 starts at 1950, but `der` reads no certificate from before 1970.
const ENCODABLE_SECONDS: RangeInclusive<i64> = 0..=253_402_300_799;

#[cfg(test)]
mod tests;
