//! PKCS#12 files: a certificate with its private key under a password (RFC 7292).
//!
//! [`write()`] makes the file as Windows did for years: certificate and key under triple DES
//! (pbeWithSHAAnd3-KeyTripleDES-CBC), a MAC with SHA-1, and the empty password as the lone zero that ends
//! one. Salts follow from the content, so that the same bundle gives the same bytes in every run; a lab's
//! keys are no secrets. [`read`] takes those files, and the ones of OpenSSL 1 to 3: PBES2 with AES or
//! triple DES, PBES1 with triple DES or 40-bit RC2, and a MAC with SHA-1, SHA-256, SHA-384 or SHA-512.
//!
//! Certificate and key are bytes here; nobody looks into them.

use std::fmt;
use std::num::NonZeroU32;

use ring::digest;

use der::{
    BMP_STRING, EXPLICIT_0, IMPLICIT_0, NULL, OBJECT_ID, OCTET_STRING, Reader, SEQUENCE, SET,
};
use encryption::{Budget, Mac, Password, Sealed};

use crate::x509;

pub(crate) mod der;
mod encryption;
mod oids;

/// A certificate and its private key.
#[derive(Clone, PartialEq, Eq)]
pub struct Bundle {
    /// The certificate in DER.
    pub certificate: Vec<u8>,
    /// The private key as PKCS#8 DER, not encrypted.
    pub key: Vec<u8>,
}

impl fmt::Debug for Bundle {
    /// Shows the certificate's thumbprint and nothing of the key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bundle")
            .field("certificate", &x509::thumbprint(&self.certificate))
            .finish_non_exhaustive()
    }
}

/// Writes `bundle` as a PKCS#12 file in DER.
///
/// The `friendly_name` is the one that certificate stores show. The empty password is one like any other.
pub fn write(bundle: &Bundle, friendly_name: &str, password: &str) -> Result<Vec<u8>, Pkcs12Error> {
    let salts = Salts::of(bundle, friendly_name, password);
    let password = Password::new(password);
    let attributes = attributes(friendly_name, &x509::thumbprint_bytes(&bundle.certificate));

    let (algorithm, sealed) = encryption::seal(&bundle.key, &password, &salts.key, ITERATIONS)?;
    let key = der::sequence(&[&algorithm, &der::octets(&sealed)]);
    let key = bag(oids::SHROUDED_KEY_BAG, &key, &attributes);

    let certificate = der::element(EXPLICIT_0, &[&der::octets(&bundle.certificate)]);
    let certificate = der::sequence(&[&der::object_id(oids::X509_CERTIFICATE), &certificate]);
    let certificate = der::sequence(&[&bag(oids::CERTIFICATE_BAG, &certificate, &attributes)]);
    let (algorithm, sealed) =
        encryption::seal(&certificate, &password, &salts.certificate, ITERATIONS)?;

    let safes = der::sequence(&[
        &content_info(oids::DATA, &der::octets(&der::sequence(&[&key]))),
        &content_info(oids::ENCRYPTED_DATA, &encrypted_data(&algorithm, &sealed)),
    ]);
    let mac = encryption::mac_sha1(&safes, &password, &salts.mac, ITERATIONS);
    Ok(der::sequence(&[
        &der::integer(VERSION),
        &content_info(oids::DATA, &der::octets(&safes)),
        &mac_data(mac.as_ref(), &salts.mac),
    ]))
}

/// Reads the first private key of a PKCS#12 file, and the certificate that belongs to it.
///
/// That is the certificate with the key's id, or else the first one. The file must be in DER, have at most
/// [`FILE_BYTES_MAX`] bytes, a MAC, and one password for everything.
pub fn read(bytes: &[u8], password: &str) -> Result<Bundle, Pkcs12Error> {
    if bytes.len() > FILE_BYTES_MAX {
        return Err(Pkcs12Error::Oversized { bytes: bytes.len() });
    }
    let mut budget = Budget::new();
    let mut outer = Reader::new(bytes);
    let mut file = outer.enter(SEQUENCE)?;
    outer.end()?;
    if file.take_u32()? != VERSION {
        return Err(Pkcs12Error::Malformed);
    }
    let safes = data_content(file.enter(SEQUENCE)?)?;
    let password = authenticate(file, safes, password, &mut budget)?;

    let mut found = Found::default();
    let mut safes = Reader::new(safes).enter(SEQUENCE)?;
    while !safes.is_empty() {
        let bags = safe_content(safes.enter(SEQUENCE)?, &password, &mut budget)?;
        let mut bags = Reader::new(&bags).enter(SEQUENCE)?;
        while !bags.is_empty() {
            found.add(bags.enter(SEQUENCE)?, &password, &mut budget)?;
        }
    }
    found.into_bundle()
}

/// The largest file that [`read`] looks at; one with a certificate and its key has 2 to 4 KiB.
pub const FILE_BYTES_MAX: usize = 64 << 10;

/// How many iterations of key derivation [`read`] does for one file, all parts together.
///
/// Programs write 1 to 10,000 a part; this many take about a second at most.
pub const ITERATIONS_MAX: u32 = 600_000;

/// Why a PKCS#12 file could not be written or read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Pkcs12Error {
    /// The file is longer than [`FILE_BYTES_MAX`].
    #[error("the file has {bytes} bytes, more than {FILE_BYTES_MAX}")]
    Oversized {
        /// Its length.
        bytes: usize,
    },
    /// The bytes are no PKCS#12 file in DER.
    #[error("not a PKCS#12 file")]
    Malformed,
    /// The file uses an algorithm or a form that is not read here.
    #[error("the algorithm or form `{id}` is not supported")]
    Unsupported {
        /// The object identifier in dots.
        id: String,
    },
    /// The file asks for more work than [`ITERATIONS_MAX`].
    #[error("the file asks for more than {ITERATIONS_MAX} iterations")]
    TooManyIterations,
    /// The file has no MAC, so nothing says that it is whole.
    #[error("the file has no MAC")]
    NoMac,
    /// The password is wrong, or the file was changed.
    #[error("the password does not fit the file")]
    Password,
    /// The file holds no private key.
    #[error("the file holds no private key")]
    NoKey,
    /// The file holds a private key but no certificate.
    #[error("the file holds no certificate")]
    NoCertificate,
}

/// Checks the MAC that follows in `file`, and gives the password in the shape that fits it.
fn authenticate<'a>(
    mut file: Reader<'_>,
    content: &[u8],
    password: &'a str,
    budget: &mut Budget,
) -> Result<Password<'a>, Pkcs12Error> {
    if file.is_empty() {
        return Err(Pkcs12Error::NoMac);
    }
    let mac = parse_mac(file.enter(SEQUENCE)?)?;
    file.end()?;
    let given = Password::new(password);
    if mac.fits(content, &given, budget)? {
        return Ok(given);
    }
    let absent = Password::absent();
    if password.is_empty() && mac.fits(content, &absent, budget)? {
        return Ok(absent);
    }
    Err(Pkcs12Error::Password)
}

/// The MAC, and nothing else: what is around it is not protected by it, so nothing there may be passed over.
fn parse_mac(mut mac_data: Reader<'_>) -> Result<Mac<'_>, Pkcs12Error> {
    let mut digest_info = mac_data.enter(SEQUENCE)?;
    let mut algorithm = digest_info.enter(SEQUENCE)?;
    let mac = Mac {
        algorithm: algorithm.take(OBJECT_ID)?,
        tag: digest_info.take(OCTET_STRING)?,
        salt: mac_data.take(OCTET_STRING)?,
        iterations: if mac_data.is_empty() { 1 } else { mac_data.take_u32()? },
    };
    // Hashes have no parameters, which some programs say and some leave out.
    if algorithm.take_optional(NULL).is_some_and(|null| !null.is_empty()) {
        return Err(Pkcs12Error::Malformed);
    }
    algorithm.end()?;
    digest_info.end()?;
    mac_data.end()?;
    Ok(mac)
}

/// The bags of one safe, decrypted where it is encrypted.
fn safe_content(
    safe: Reader<'_>,
    password: &Password<'_>,
    budget: &mut Budget,
) -> Result<Vec<u8>, Pkcs12Error> {
    let mut content = safe;
    if content.take(OBJECT_ID)? != oids::ENCRYPTED_DATA {
        return data_content(safe).map(<[u8]>::to_vec);
    }
    let mut encrypted = content.enter(EXPLICIT_0)?.enter(SEQUENCE)?;
    encrypted.take_u32()?;
    let mut info = encrypted.enter(SEQUENCE)?;
    info.take(OBJECT_ID)?;
    let sealed = Sealed { algorithm: info.enter(SEQUENCE)?, data: info.take(IMPLICIT_0)? };
    sealed.open(password, budget)
}

/// The octets of a `ContentInfo` that holds data.
fn data_content<'a>(mut content: Reader<'a>) -> Result<&'a [u8], Pkcs12Error> {
    let kind = content.take(OBJECT_ID)?;
    if kind != oids::DATA {
        return Err(encryption::unsupported(kind));
    }
    let mut data = content.enter(EXPLICIT_0)?;
    content.end()?;
    let octets = data.take(OCTET_STRING)?;
    data.end()?;
    Ok(octets)
}

#[derive(Default)]
struct Found {
    key: Option<Named>,
    certificates: Vec<Named>,
}

/// The content of a bag and its key id.
struct Named {
    content: Vec<u8>,
    id: Option<Vec<u8>>,
}

impl Found {
    /// Takes what `bag` holds, if it is of use; bags of other kinds are passed over.
    fn add(
        &mut self,
        mut bag: Reader<'_>,
        password: &Password<'_>,
        budget: &mut Budget,
    ) -> Result<(), Pkcs12Error> {
        let kind = bag.take(OBJECT_ID)?;
        let value = bag.take(EXPLICIT_0)?;
        let id = local_key_id(bag)?;
        if kind == oids::CERTIFICATE_BAG {
            let content = certificate(value)?.to_vec();
            self.certificates.push(Named { content, id });
        } else if kind == oids::KEY_BAG && self.key.is_none() {
            self.key = Some(Named { content: value.to_vec(), id });
        } else if kind == oids::SHROUDED_KEY_BAG && self.key.is_none() {
            let mut shrouded = Reader::new(value).enter(SEQUENCE)?;
            let algorithm = shrouded.enter(SEQUENCE)?;
            let sealed = Sealed { algorithm, data: shrouded.take(OCTET_STRING)? };
            self.key = Some(Named { content: sealed.open(password, budget)?, id });
        }
        Ok(())
    }

    fn into_bundle(self) -> Result<Bundle, Pkcs12Error> {
        let key = self.key.ok_or(Pkcs12Error::NoKey)?;
        let same_id = |other: &Named| key.id.is_some() && other.id == key.id;
        let position = self.certificates.iter().position(same_id).unwrap_or(0);
        let certificate =
            self.certificates.into_iter().nth(position).ok_or(Pkcs12Error::NoCertificate)?;
        Ok(Bundle { certificate: certificate.content, key: key.content })
    }
}

fn certificate(bag: &[u8]) -> Result<&[u8], Pkcs12Error> {
    let mut bag = Reader::new(bag).enter(SEQUENCE)?;
    match bag.take(OBJECT_ID)? {
        id if id == oids::X509_CERTIFICATE => bag.enter(EXPLICIT_0)?.take(OCTET_STRING),
        other => Err(encryption::unsupported(other)),
    }
}

/// The key id among the attributes that end a bag; a bag need have none.
fn local_key_id(mut bag: Reader<'_>) -> Result<Option<Vec<u8>>, Pkcs12Error> {
    if bag.is_empty() {
        return Ok(None);
    }
    let mut attributes = bag.enter(SET)?;
    while !attributes.is_empty() {
        let mut attribute = attributes.enter(SEQUENCE)?;
        if attribute.take(OBJECT_ID)? == oids::LOCAL_KEY_ID {
            return attribute.enter(SET)?.take(OCTET_STRING).map(|id| Some(id.to_vec()));
        }
    }
    Ok(None)
}

fn bag(kind: &[u8], value: &[u8], attributes: &[u8]) -> Vec<u8> {
    der::sequence(&[&der::object_id(kind), &der::element(EXPLICIT_0, &[value]), attributes])
}

fn attributes(friendly_name: &str, key_id: &[u8]) -> Vec<u8> {
    let name: Vec<u8> = friendly_name.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let mut attributes = [
        attribute(oids::FRIENDLY_NAME, &der::element(BMP_STRING, &[&name])),
        attribute(oids::LOCAL_KEY_ID, &der::octets(key_id)),
    ];
    // DER writes a set in the order of its elements' bytes.
    attributes.sort();
    let [first, second] = attributes;
    der::element(SET, &[&first, &second])
}

fn attribute(id: &[u8], value: &[u8]) -> Vec<u8> {
    der::sequence(&[&der::object_id(id), &der::element(SET, &[value])])
}

fn content_info(kind: &[u8], content: &[u8]) -> Vec<u8> {
    der::sequence(&[&der::object_id(kind), &der::element(EXPLICIT_0, &[content])])
}

fn encrypted_data(algorithm: &[u8], sealed: &[u8]) -> Vec<u8> {
    let info = der::sequence(&[
        &der::object_id(oids::DATA),
        algorithm,
        &der::element(IMPLICIT_0, &[sealed]),
    ]);
    der::sequence(&[&der::integer(0), &info])
}

fn mac_data(mac: &[u8], salt: &[u8]) -> Vec<u8> {
    let algorithm = der::sequence(&[&der::object_id(oids::SHA1), &der::element(NULL, &[])]);
    der::sequence(&[
        &der::sequence(&[&algorithm, &der::octets(mac)]),
        &der::octets(salt),
        &der::integer(ITERATIONS.get()),
    ])
}

struct Salts {
    key: Vec<u8>,
    certificate: Vec<u8>,
    mac: Vec<u8>,
}

impl Salts {
    /// Salts that differ from each other and from those of any other content.
    fn of(bundle: &Bundle, friendly_name: &str, password: &str) -> Self {
        let mut context = digest::Context::new(&digest::SHA256);
        for part in
            [&bundle.certificate, &bundle.key, friendly_name.as_bytes(), password.as_bytes()]
        {
            // The length as a digest of its own keeps neighbours apart, on machines of any word size.
            context.update(digest::digest(&digest::SHA256, part).as_ref());
        }
        let digest = context.finish();
        let mut salts = digest.as_ref().chunks_exact(SALT_BYTES).map(<[u8]>::to_vec);
        let mut next = || salts.next().unwrap_or_default();
        Self { key: next(), certificate: next(), mac: next() }
    }
}

/// The version of each PKCS#12 file.
const VERSION: u32 = 3;

/// As long as OpenSSL and Windows make them.
const SALT_BYTES: usize = 8;

/// Few, as nobody has to guess the passwords of a lab: Windows writes 2,000, which makes each file cost
/// 2.7 ms where 100 cost 0.2 ms.
const ITERATIONS: NonZeroU32 = NonZeroU32::new(100).unwrap();

#[cfg(test)]
mod tests;
