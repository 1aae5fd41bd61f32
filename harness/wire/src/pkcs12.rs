//! PKCS#12 files: a certificate and its private key under a password (RFC 7292).
//!
//! | module | contents |
//! | --- | --- |
//! | `encryption` | encryption and authentication under a password |
//!
//! [`write()`] produces the form that Windows exported by default until it moved to AES: key and certificate encrypted
//! with pbeWithSHAAnd3-KeyTripleDES-CBC, the whole authenticated with HMAC-SHA-1. [`read`] accepts that form only; PBES2,
//! RC2 and SHA-2 are [`Pkcs12Error::Unsupported`], because nothing in the lab writes them. The structures are those of the
//! crates `pkcs12`, `cms` and `x509-cert`. Certificate and key are opaque bytes here.

mod encryption;

use std::fmt;

use cms::content_info::{CmsVersion, ContentInfo};
use cms::encrypted_data::EncryptedData;
use cms::enveloped_data::EncryptedContentInfo;
use der::asn1::{ContextSpecific, ObjectIdentifier, OctetString, SetOfVec};
use der::oid::db::rfc5911::{ID_DATA, ID_ENCRYPTED_DATA};
use der::{Any, Decode as _, Encode, Tag};
use pkcs12::authenticated_safe::AuthenticatedSafe;
use pkcs12::cert_type::CertBag;
use pkcs12::pbe_params::EncryptedPrivateKeyInfo;
use pkcs12::pfx::{Pfx, Version};
use pkcs12::safe_bag::{SafeBag, SafeContents};
use pkcs12::{PKCS_12_CERT_BAG_OID, PKCS_12_PKCS8_KEY_BAG_OID, PKCS_12_X509_CERT_OID};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};
use x509_cert::attr::{Attribute, Attributes};

use self::encryption::{Decryptor, Encryptor};
use crate::memo::Memo;
use crate::x509;

/// A certificate and its private key.
#[derive(Clone, PartialEq, Eq)]
pub struct Bundle {
    /// The certificate, DER.
    pub certificate: Vec<u8>,
    /// The private key, PKCS#8 DER, unencrypted.
    pub key: Vec<u8>,
}

/// Shows the certificate's thumbprint, never the key.
impl fmt::Debug for Bundle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bundle")
            .field("certificate", &x509::thumbprint(&self.certificate))
            .finish_non_exhaustive()
    }
}

/// The salts of one file. The caller supplies them, so that a run can be repeated byte for byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Salts {
    key: [u8; SALT_BYTES],
    certificate: [u8; SALT_BYTES],
    mac: [u8; SALT_BYTES],
}

impl Salts {
    /// The salts of `seed`: the same seed always gives the same ones.
    pub fn from_seed(seed: u64) -> Self {
        let mut random = ChaCha20Rng::seed_from_u64(seed);
        let mut next = || {
            let mut salt = [0; SALT_BYTES];
            random.fill_bytes(&mut salt);
            salt
        };
        Self { key: next(), certificate: next(), mac: next() }
    }
}

/// Writes `bundle` as a PKCS#12 file in DER.
///
/// `friendly_name` is the name that certificate stores display. The empty password is a password like any other.
pub fn write(
    bundle: &Bundle,
    friendly_name: &str,
    password: &str,
    salts: &Salts,
) -> Result<Vec<u8>, Pkcs12Error> {
    static WRITTEN: Memo<Vec<u8>> = Memo::new();
    let Bundle { certificate, key } = bundle;
    let of: [&[u8]; 7] = [
        friendly_name.as_bytes(),
        password.as_bytes(),
        certificate,
        key,
        &salts.key,
        &salts.certificate,
        &salts.mac,
    ];
    WRITTEN.get(&of, || make(bundle, friendly_name, password, salts))
}

fn make(
    bundle: &Bundle,
    friendly_name: &str,
    password: &str,
    salts: &Salts,
) -> Result<Vec<u8>, Pkcs12Error> {
    let encryptor = Encryptor::new(password);
    let attributes = attributes(friendly_name, &x509::thumbprint_bytes(&bundle.certificate))?;

    let (encryption_algorithm, encrypted) = encryptor.encrypt(&bundle.key, salts.key)?;
    let encrypted_data = OctetString::new(encrypted)?;
    let key = EncryptedPrivateKeyInfo { encryption_algorithm, encrypted_data };
    let key = bag(PKCS_12_PKCS8_KEY_BAG_OID, &key, &attributes)?;

    let cert_value = OctetString::new(bundle.certificate.as_slice())?;
    let certificate = CertBag { cert_id: PKCS_12_X509_CERT_OID, cert_value };
    let certificates = vec![bag(PKCS_12_CERT_BAG_OID, &certificate, &attributes)?].to_der()?;
    let (content_enc_alg, encrypted) = encryptor.encrypt(&certificates, salts.certificate)?;
    let certificates = EncryptedData {
        version: CmsVersion::V0,
        enc_content_info: EncryptedContentInfo {
            content_type: ID_DATA,
            content_enc_alg,
            encrypted_content: Some(OctetString::new(encrypted)?),
        },
        unprotected_attrs: None,
    };
    let certificates =
        ContentInfo { content_type: ID_ENCRYPTED_DATA, content: Any::encode_from(&certificates)? };

    let safes = vec![data(vec![key].to_der()?)?, certificates].to_der()?;
    let mac_data = Some(encryptor.mac(&safes, salts.mac)?);
    Ok(Pfx { version: Version::V3, auth_safe: data(safes)?, mac_data }.to_der()?)
}

/// Reads the first private key of a PKCS#12 file and its certificate: the one with the key's id, or else the first one.
///
/// The file must be DER of at most [`FILE_BYTES_MAX`] bytes, have a MAC, and use one password throughout.
pub fn read(bytes: &[u8], password: &str) -> Result<Bundle, Pkcs12Error> {
    static OPENED: Memo<Bundle> = Memo::new();
    OPENED.get(&[bytes, password.as_bytes()], || open(bytes, password))
}

fn open(bytes: &[u8], password: &str) -> Result<Bundle, Pkcs12Error> {
    if bytes.len() > FILE_BYTES_MAX {
        return Err(Pkcs12Error::Oversized { bytes: bytes.len() });
    }
    let file = Pfx::from_der(bytes)?;
    let safes = data_content(&file.auth_safe)?;
    let mac = file.mac_data.ok_or(Pkcs12Error::NoMac)?;
    let mut decryptor = Decryptor::authenticate(&mac, &safes, password)?;
    let (mut key, mut certificates) = (None, Vec::new());
    for safe in AuthenticatedSafe::from_der(&safes)? {
        for bag in SafeContents::from_der(&safe_contents(&safe, &mut decryptor)?)? {
            match bag.bag_id {
                PKCS_12_CERT_BAG_OID => {
                    certificates.push((key_id(&bag), certificate(&bag)?));
                }
                PKCS_12_PKCS8_KEY_BAG_OID if key.is_none() => {
                    key = Some((key_id(&bag), private_key(&bag, &mut decryptor)?));
                }
                _ => {}
            }
        }
    }
    let (id, key) = key.ok_or(Pkcs12Error::NoKey)?;
    let matching = certificates.iter().position(|(other, _)| id.is_some() && *other == id);
    let chosen = certificates.into_iter().nth(matching.unwrap_or(0));
    let (_, certificate) = chosen.ok_or(Pkcs12Error::NoCertificate)?;
    Ok(Bundle { certificate, key })
}

/// The largest file that [`read`] accepts. A file with one certificate and its key has 2 to 4 KiB.
pub const FILE_BYTES_MAX: usize = 64 << 10;

/// The most key derivation iterations that [`read`] spends on one file, all its parts together.
///
/// Programs use 1 to 10,000 per part; this many take about a second.
pub const ITERATIONS_MAX: u32 = 600_000;

/// Why a PKCS#12 file could not be written or read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Pkcs12Error {
    /// The file is larger than [`FILE_BYTES_MAX`].
    #[error("the file is larger than {FILE_BYTES_MAX} bytes: {bytes}")]
    Oversized {
        /// The file's length.
        bytes: usize,
    },
    /// The bytes are not a PKCS#12 file in DER, or the bundle is too large to be encoded as one.
    #[error("not a PKCS#12 file")]
    Malformed(#[from] der::Error),
    /// The file uses an algorithm or a content type that is not supported.
    #[error("algorithm or content type `{id}` is not supported")]
    Unsupported {
        /// Its object identifier.
        id: ObjectIdentifier,
    },
    /// A part of the file specifies no iterations, or all parts together more than [`ITERATIONS_MAX`].
    #[error("the iteration counts do not add up to a number from 1 to {ITERATIONS_MAX}")]
    Iterations,
    /// The file has no MAC, so its integrity cannot be checked.
    #[error("the file has no MAC")]
    NoMac,
    /// The password is wrong, or the file was changed.
    #[error("wrong password, or the file was changed")]
    Password,
    /// The file has no private key.
    #[error("the file has no private key")]
    NoKey,
    /// The file has a private key but no certificate.
    #[error("the file has no certificate")]
    NoCertificate,
}

fn bag(
    bag_id: ObjectIdentifier,
    value: &impl Encode,
    attributes: &Attributes,
) -> der::Result<SafeBag> {
    let bag_attributes = Some(attributes.clone());
    Ok(SafeBag { bag_id, bag_value: value.to_der()?, bag_attributes })
}

fn attributes(friendly_name: &str, key_id: &[u8]) -> der::Result<Attributes> {
    let attribute = |oid, tag, value| {
        let values = SetOfVec::try_from(vec![Any::new(tag, value)?])?;
        Ok::<_, der::Error>(Attribute { oid, values })
    };
    // `BmpString` would refuse what UTF-16 needs surrogates for; Windows does not.
    let name: Vec<u8> = friendly_name.encode_utf16().flat_map(u16::to_be_bytes).collect();
    SetOfVec::try_from(vec![
        attribute(FRIENDLY_NAME, Tag::BmpString, name)?,
        attribute(LOCAL_KEY_ID, Tag::OctetString, key_id.to_vec())?,
    ])
}

fn data(content: Vec<u8>) -> der::Result<ContentInfo> {
    Ok(ContentInfo { content_type: ID_DATA, content: Any::new(Tag::OctetString, content)? })
}

fn data_content(info: &ContentInfo) -> Result<Vec<u8>, Pkcs12Error> {
    match info.content_type {
        ID_DATA => Ok(info.content.decode_as::<OctetString>()?.into_bytes()),
        id => Err(Pkcs12Error::Unsupported { id }),
    }
}

/// The DER of one safe's bags, decrypted if it is encrypted.
fn safe_contents(safe: &ContentInfo, decryptor: &mut Decryptor) -> Result<Vec<u8>, Pkcs12Error> {
    if safe.content_type != ID_ENCRYPTED_DATA {
        return data_content(safe);
    }
    let info = safe.content.decode_as::<EncryptedData>()?.enc_content_info;
    let encrypted = info.encrypted_content.ok_or_else(|| Tag::OctetString.value_error())?;
    decryptor.decrypt(&info.content_enc_alg, encrypted.as_bytes())
}

fn certificate(bag: &SafeBag) -> Result<Vec<u8>, Pkcs12Error> {
    let certificate = ContextSpecific::<CertBag>::from_der(&bag.bag_value)?.value;
    match certificate.cert_id {
        PKCS_12_X509_CERT_OID => Ok(certificate.cert_value.into_bytes()),
        id => Err(Pkcs12Error::Unsupported { id }),
    }
}

fn private_key(bag: &SafeBag, decryptor: &mut Decryptor) -> Result<Vec<u8>, Pkcs12Error> {
    let key = ContextSpecific::<EncryptedPrivateKeyInfo>::from_der(&bag.bag_value)?.value;
    decryptor.decrypt(&key.encryption_algorithm, key.encrypted_data.as_bytes())
}

/// The id by which a key and its certificate refer to each other.
fn key_id(bag: &SafeBag) -> Option<Vec<u8>> {
    let mut attributes = bag.bag_attributes.as_ref()?.iter();
    let attribute = attributes.find(|attribute| attribute.oid == LOCAL_KEY_ID)?;
    attribute.values.iter().next().map(|value| value.value().to_vec())
}

/// Attributes of bags (RFC 2985, 5.5).
const FRIENDLY_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.20");
const LOCAL_KEY_ID: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.21");

/// The length of the salts that OpenSSL and Windows use.
const SALT_BYTES: usize = 8;

#[cfg(test)]
mod tests;
