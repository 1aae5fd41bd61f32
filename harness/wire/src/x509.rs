//! X.509 certificates: what one says, and making self-signed ones over RSA keys (RFC 5280).
//!
//! Everything made here follows from its arguments: the same seed gives the same key, and the same
//! [`SelfSigned`] over the same key gives the same bytes. No validation happens: times, purposes and
//! issuers are facts for the caller to judge.

use std::ops::RangeInclusive;

use jiff::Timestamp;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;
use rcgen::{CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, SerialNumber};
use ring::digest;
use rsa::pkcs8::EncodePrivateKey as _;
use x509_parser::certificate::X509Certificate;
use x509_parser::error::X509Error as ParserError;
use x509_parser::nom::Err as Stop;
use x509_parser::time::ASN1Time;
use x509_parser::x509::X509Name;

pub(crate) use key::RsaKey;

mod key;

/// What a certificate says about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// The subject, most significant part first, such as `CN=example`.
    pub subject: String,
    /// The issuer, written like [`Self::subject`]; equal to it for a self-signed certificate.
    pub issuer: String,
    /// The first moment of validity, to the second.
    pub not_before: Timestamp,
    /// The last moment of validity, to the second.
    pub not_after: Timestamp,
    /// The SHA-1 of the DER, 40 upper-case hexadecimal digits, as Windows lists certificates.
    pub thumbprint: String,
    /// Whether the extended key usage names client authentication (1.3.6.1.5.5.7.3.2).
    pub client_auth: bool,
}

/// Reads what the certificate `der` says; bytes after the certificate make it malformed.
pub fn read(der: &[u8]) -> Result<Certificate, X509Error> {
    let certificate = parse(der)?;
    let validity = certificate.validity();
    let usage = certificate.extended_key_usage().map_err(X509Error::Malformed)?;
    Ok(Certificate {
        subject: name(certificate.subject())?,
        issuer: name(certificate.issuer())?,
        not_before: moment(validity.not_before.timestamp())?,
        not_after: moment(validity.not_after.timestamp())?,
        thumbprint: thumbprint(der),
        client_auth: usage.is_some_and(|usage| usage.value.client_auth),
    })
}

/// The SHA-1 of `der` as 40 upper-case hexadecimal digits.
///
/// Any bytes have one, a certificate or not.
pub fn thumbprint(der: &[u8]) -> String {
    hex_upper(&thumbprint_bytes(der))
}

/// The SHA-1 of `der`: the raw form of [`thumbprint`], which the `x5t` of a JWT carries (RFC 7515, 4.1.7).
pub fn thumbprint_bytes(der: &[u8]) -> [u8; THUMBPRINT_BYTES] {
    let mut bytes = [0; THUMBPRINT_BYTES];
    let digest = digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, der);
    for (to, from) in bytes.iter_mut().zip(digest.as_ref()) {
        *to = *from;
    }
    bytes
}

/// The length in bytes of a [`thumbprint_bytes`].
pub const THUMBPRINT_BYTES: usize = digest::SHA1_OUTPUT_LEN;

/// What a self-signed certificate shall say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelfSigned {
    /// The common name of subject and issuer, without the `CN=`.
    pub subject: String,
    /// The first moment of validity; fractions of a second are dropped.
    pub not_before: Timestamp,
    /// The last moment of validity; fractions of a second are dropped.
    ///
    /// It may lie before `not_before`, as broken certificates must be possible.
    pub not_after: Timestamp,
    /// Whether to name client authentication as the only extended key usage; without it there is none.
    pub client_auth: bool,
}

/// Makes the certificate `spec` over the key `rsa_pkcs8` (PKCS#8 DER), signed by that key with
/// RSASSA-PKCS1-v1_5 and SHA-256; gives its DER.
///
/// The serial number follows from `spec` and the key, so two different certificates differ in it too.
pub fn self_signed(spec: &SelfSigned, rsa_pkcs8: &[u8]) -> Result<Vec<u8>, X509Error> {
    let key = RsaKey::from_pkcs8(rsa_pkcs8).map_err(X509Error::Key)?;
    let mut subject = DistinguishedName::new();
    subject.push(DnType::CommonName, spec.subject.as_str());
    let mut params = CertificateParams::default();
    params.distinguished_name = subject;
    params.serial_number = Some(serial_number(spec, &key));
    params.not_before = encodable(spec.not_before)?.to_datetime();
    params.not_after = encodable(spec.not_after)?.to_datetime();
    if spec.client_auth {
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    }
    let certificate = params.self_signed(&key).map_err(X509Error::Signing)?;
    Ok(certificate.der().to_vec())
}

/// Makes the RSA key of `seed`, 2048 bits, as PKCS#8 DER; the same seed gives the same key.
///
/// Slow: 0.2 to 0.7 s, so make one and keep it. The keys are for a lab only: who knows the seed has the key.
pub fn make_rsa_key(seed: u64) -> Result<Vec<u8>, X509Error> {
    let mut random = ChaCha20Rng::seed_from_u64(seed);
    let key = rsa::RsaPrivateKey::new(&mut random, KEY_BITS).map_err(X509Error::Generation)?;
    let document = key.to_pkcs8_der().map_err(X509Error::Encoding)?;
    Ok(document.as_bytes().to_vec())
}

/// Why a certificate or a key could not be read or made.
#[derive(Debug, thiserror::Error)]
pub enum X509Error {
    /// The bytes are no certificate.
    #[error("not an X.509 certificate")]
    Malformed(#[source] ParserError),
    /// The certificate is followed by something else.
    #[error("{bytes} bytes follow the certificate")]
    Trailing {
        /// How many bytes follow.
        bytes: usize,
    },
    /// A moment lies outside of what can be written (years 1950 to 9999).
    #[error("the moment {seconds} s after 1970 cannot stand in a certificate")]
    Moment {
        /// The moment in seconds since 1970, negative before.
        seconds: i64,
    },
    /// The key is not an RSA key in PKCS#8 DER, or not one of 2048 to 4096 bits.
    #[error("not an RSA key in PKCS#8: {0}")]
    Key(ring::error::KeyRejected),
    /// The certificate could not be encoded or signed.
    #[error("the certificate cannot be signed")]
    Signing(#[source] rcgen::Error),
    /// No key could be made.
    #[error("no RSA key can be made")]
    Generation(#[source] rsa::Error),
    /// The key that was made could not be encoded.
    #[error("the RSA key cannot be encoded")]
    Encoding(#[source] rsa::pkcs8::Error),
}

pub(crate) fn parse(der: &[u8]) -> Result<X509Certificate<'_>, X509Error> {
    match x509_parser::parse_x509_certificate(der) {
        Ok(([], certificate)) => Ok(certificate),
        Ok((rest, _)) => Err(X509Error::Trailing { bytes: rest.len() }),
        Err(Stop::Error(error) | Stop::Failure(error)) => Err(X509Error::Malformed(error)),
        Err(Stop::Incomplete(_)) => Err(X509Error::Malformed(ParserError::InvalidCertificate)),
    }
}

fn name(name: &X509Name<'_>) -> Result<String, X509Error> {
    let text = name.to_string();
    // For a name that it cannot decode the parser writes an apology in angle brackets; a name that it
    // can decode starts with the type of its first part.
    if text.starts_with('<') {
        return Err(X509Error::Malformed(ParserError::InvalidX509Name));
    }
    Ok(text)
}

fn moment(seconds: i64) -> Result<Timestamp, X509Error> {
    Timestamp::from_second(seconds).map_err(|_out_of_range| X509Error::Moment { seconds })
}

fn encodable(moment: Timestamp) -> Result<ASN1Time, X509Error> {
    // Rounded down and not towards zero, so that moments before 1970 drop their fraction alike.
    let seconds = moment.as_nanosecond().div_euclid(1_000_000_000);
    let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
    if !ENCODABLE_SECONDS.contains(&seconds) {
        return Err(X509Error::Moment { seconds });
    }
    ASN1Time::from_timestamp(seconds).map_err(X509Error::Malformed)
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
        // Positive, and never so small that leading zeros would have to go (RFC 5280, 4.1.2.2).
        *first = *first & 0x7f | 0x40;
    }
    SerialNumber::from(serial)
}

pub(crate) fn hex_upper(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 0xf)])
        .map(|digit| digit.to_ascii_uppercase())
        .collect()
}

/// The usual size since 2010, and the one of the certificates in mars-facts 3.5.
const KEY_BITS: usize = 2048;

/// As long as Windows makes serial numbers; RFC 5280 allows 20.
const SERIAL_BYTES: usize = 16;

/// The years 1950 to 9999, which RFC 5280, 4.1.2.5 can write.
const ENCODABLE_SECONDS: RangeInclusive<i64> = -631_152_000..=253_402_300_799;

#[cfg(test)]
mod tests;
