//! Encryption and authentication under a password: PBES1 and the MAC of RFC 7292, PBES2 of RFC 8018.

use std::num::NonZeroU32;

use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{
    BlockCipher, BlockDecryptMut, BlockEncryptMut, InnerIvInit as _, KeyInit as _, KeyIvInit as _,
};
use ring::{digest, hmac, pbkdf2};
use x509_parser::asn1_rs::Oid;

use super::der::{self, INTEGER, OBJECT_ID, OCTET_STRING, Reader, SEQUENCE};
use super::{ITERATIONS_MAX, Pkcs12Error, oids};

/// A password in the two shapes that the key derivations take.
pub(super) struct Password<'a> {
    /// For PBES2.
    pub(super) utf8: &'a str,
    /// For PBES1 and the MAC: UTF-16, big-endian, ended by a zero, unless it is no password at all.
    pub(super) wide: Vec<u8>,
}

impl<'a> Password<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let wide = text.encode_utf16().chain([0]).flat_map(u16::to_be_bytes).collect();
        Self { utf8: text, wide }
    }

    /// What some programs take for the empty password: not even the zero that ends one (RFC 7292, B.1).
    pub(super) fn absent() -> Self {
        Self { utf8: "", wide: Vec::new() }
    }
}

/// How many iterations a file may still ask for.
pub(super) struct Budget(u32);

impl Budget {
    pub(super) fn new() -> Self {
        Self(ITERATIONS_MAX)
    }

    fn spend(&mut self, iterations: u32) -> Result<NonZeroU32, Pkcs12Error> {
        self.0 = self.0.checked_sub(iterations).ok_or(Pkcs12Error::TooManyIterations)?;
        NonZeroU32::new(iterations).ok_or(Pkcs12Error::Malformed)
    }
}

/// The `MacData` of a file.
pub(super) struct Mac<'a> {
    pub(super) algorithm: &'a [u8],
    pub(super) tag: &'a [u8],
    pub(super) salt: &'a [u8],
    pub(super) iterations: u32,
}

impl Mac<'_> {
    /// Whether this is the MAC of `content` under `password`.
    pub(super) fn fits(
        &self,
        content: &[u8],
        password: &Password<'_>,
        budget: &mut Budget,
    ) -> Result<bool, Pkcs12Error> {
        let hash = match self.algorithm {
            id if id == oids::SHA1 => hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY,
            id if id == oids::SHA256 => hmac::HMAC_SHA256,
            id if id == oids::SHA384 => hmac::HMAC_SHA384,
            id if id == oids::SHA512 => hmac::HMAC_SHA512,
            other => return Err(unsupported(other)),
        };
        let iterations = budget.spend(self.iterations)?;
        let key = mac_key(hash, password, self.salt, iterations);
        Ok(hmac::verify(&key, content, self.tag).is_ok())
    }
}

/// The MAC of `content` under `password` with HMAC-SHA-1.
pub(super) fn mac_sha1(
    content: &[u8],
    password: &Password<'_>,
    salt: &[u8],
    iterations: NonZeroU32,
) -> hmac::Tag {
    let key = mac_key(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, password, salt, iterations);
    hmac::sign(&key, content)
}

/// Bytes that stand encrypted in a file, and the `AlgorithmIdentifier` that says how.
pub(super) struct Sealed<'a> {
    pub(super) algorithm: Reader<'a>,
    pub(super) data: &'a [u8],
}

impl Sealed<'_> {
    pub(super) fn open(
        &self,
        password: &Password<'_>,
        budget: &mut Budget,
    ) -> Result<Vec<u8>, Pkcs12Error> {
        let mut algorithm = self.algorithm;
        let id = algorithm.take(OBJECT_ID)?;
        let parameters = algorithm.enter(SEQUENCE)?;
        let (cipher, key, iv) = match id {
            id if id == oids::PBES2 => pbes2(parameters, password, budget)?,
            id if id == oids::PBE_SHA1_TRIPLE_DES => {
                pbes1(Cipher::TripleDes, parameters, password, budget)?
            }
            id if id == oids::PBE_SHA1_RC2_40 => {
                pbes1(Cipher::Rc2Bits40, parameters, password, budget)?
            }
            other => return Err(unsupported(other)),
        };
        // After a good MAC the password is right, so only a file with a second password comes here.
        cipher.decrypt(&key, &iv, self.data).ok_or(Pkcs12Error::Password)
    }
}

/// Encrypts by pbeWithSHAAnd3-KeyTripleDES-CBC (RFC 7292, appendix C): the `AlgorithmIdentifier` and the bytes.
pub(super) fn seal(
    data: &[u8],
    password: &Password<'_>,
    salt: &[u8],
    iterations: NonZeroU32,
) -> Result<(Vec<u8>, Vec<u8>), Pkcs12Error> {
    let (key, iv) = pbes1_key(Cipher::TripleDes, password, salt, iterations);
    let cipher = cbc::Encryptor::<des::TdesEde3>::new_from_slices(&key, &iv)
        .map_err(|_wrong_length| Pkcs12Error::Malformed)?;
    let algorithm = der::sequence(&[
        &der::object_id(oids::PBE_SHA1_TRIPLE_DES),
        &der::sequence(&[&der::octets(salt), &der::integer(iterations.get())]),
    ]);
    Ok((algorithm, cipher.encrypt_padded_vec_mut::<Pkcs7>(data)))
}

#[derive(Clone, Copy)]
enum Cipher {
    TripleDes,
    Rc2Bits40,
    Aes128,
    Aes192,
    Aes256,
}

impl Cipher {
    fn key_bytes(self) -> usize {
        match self {
            Self::Rc2Bits40 => 5,
            Self::Aes128 => 16,
            Self::TripleDes | Self::Aes192 => 24,
            Self::Aes256 => 32,
        }
    }

    /// Decrypts in CBC mode; nothing where the lengths or the padding are not right.
    fn decrypt(self, key: &[u8], iv: &[u8], data: &[u8]) -> Option<Vec<u8>> {
        match self {
            Self::TripleDes => decrypt(des::TdesEde3::new_from_slice(key).ok()?, iv, data),
            Self::Rc2Bits40 => decrypt(rc2::Rc2::new_from_slice(key).ok()?, iv, data),
            Self::Aes128 => decrypt(aes::Aes128::new_from_slice(key).ok()?, iv, data),
            Self::Aes192 => decrypt(aes::Aes192::new_from_slice(key).ok()?, iv, data),
            Self::Aes256 => decrypt(aes::Aes256::new_from_slice(key).ok()?, iv, data),
        }
    }
}

fn decrypt<C: BlockCipher + BlockDecryptMut>(cipher: C, iv: &[u8], data: &[u8]) -> Option<Vec<u8>> {
    let decryptor = cbc::Decryptor::inner_iv_slice_init(cipher, iv).ok()?;
    decryptor.decrypt_padded_vec_mut::<Pkcs7>(data).ok()
}

type KeyAndIv = (Cipher, Vec<u8>, Vec<u8>);

fn pbes1(
    cipher: Cipher,
    mut parameters: Reader<'_>,
    password: &Password<'_>,
    budget: &mut Budget,
) -> Result<KeyAndIv, Pkcs12Error> {
    let salt = parameters.take(OCTET_STRING)?;
    let iterations = budget.spend(parameters.take_u32()?)?;
    let (key, iv) = pbes1_key(cipher, password, salt, iterations);
    Ok((cipher, key, iv))
}

fn pbes1_key(
    cipher: Cipher,
    password: &Password<'_>,
    salt: &[u8],
    iterations: NonZeroU32,
) -> (Vec<u8>, Vec<u8>) {
    let derive = |purpose, length| {
        let wanted = Wanted { hash: &digest::SHA1_FOR_LEGACY_USE_ONLY, purpose, length };
        wanted.derive(password, salt, iterations)
    };
    (derive(Purpose::Encryption, cipher.key_bytes()), derive(Purpose::Iv, PBES1_IV_BYTES))
}

/// The parameters of RFC 8018, A.4: PBKDF2 and a cipher, each with parameters of its own.
fn pbes2(
    mut parameters: Reader<'_>,
    password: &Password<'_>,
    budget: &mut Budget,
) -> Result<KeyAndIv, Pkcs12Error> {
    let mut derivation = parameters.enter(SEQUENCE)?;
    let mut encryption = parameters.enter(SEQUENCE)?;
    let cipher = match encryption.take(OBJECT_ID)? {
        id if id == oids::AES_128_CBC => Cipher::Aes128,
        id if id == oids::AES_192_CBC => Cipher::Aes192,
        id if id == oids::AES_256_CBC => Cipher::Aes256,
        id if id == oids::TRIPLE_DES_CBC => Cipher::TripleDes,
        other => return Err(unsupported(other)),
    };
    let iv = encryption.take(OCTET_STRING)?.to_vec();
    match derivation.take(OBJECT_ID)? {
        id if id == oids::PBKDF2 => {}
        other => return Err(unsupported(other)),
    }
    let mut derivation = derivation.enter(SEQUENCE)?;
    let salt = derivation.take(OCTET_STRING)?;
    let iterations = budget.spend(derivation.take_u32()?)?;
    // The length of the key follows from the cipher; here it may be said again.
    let _ = derivation.take_optional(INTEGER);
    let random = pseudorandom_function(derivation)?;
    let mut key = vec![0; cipher.key_bytes()];
    pbkdf2::derive(random, iterations, salt, password.utf8.as_bytes(), &mut key);
    Ok((cipher, key, iv))
}

/// The last of PBKDF2's parameters, which may be left out for HMAC-SHA-1 (RFC 8018, A.2).
fn pseudorandom_function(mut parameters: Reader<'_>) -> Result<pbkdf2::Algorithm, Pkcs12Error> {
    if parameters.is_empty() {
        return Ok(pbkdf2::PBKDF2_HMAC_SHA1);
    }
    match parameters.enter(SEQUENCE)?.take(OBJECT_ID)? {
        id if id == oids::HMAC_SHA1 => Ok(pbkdf2::PBKDF2_HMAC_SHA1),
        id if id == oids::HMAC_SHA256 => Ok(pbkdf2::PBKDF2_HMAC_SHA256),
        id if id == oids::HMAC_SHA384 => Ok(pbkdf2::PBKDF2_HMAC_SHA384),
        id if id == oids::HMAC_SHA512 => Ok(pbkdf2::PBKDF2_HMAC_SHA512),
        other => Err(unsupported(other)),
    }
}

fn mac_key(
    hash: hmac::Algorithm,
    password: &Password<'_>,
    salt: &[u8],
    iterations: NonZeroU32,
) -> hmac::Key {
    let algorithm = hash.digest_algorithm();
    let length = algorithm.output_len();
    let wanted = Wanted { hash: algorithm, purpose: Purpose::Mac, length };
    hmac::Key::new(hash, &wanted.derive(password, salt, iterations))
}

/// What a derived key is for: the "diversifier" of RFC 7292, B.3.
#[derive(Clone, Copy)]
#[repr(u8)]
enum Purpose {
    Encryption = 1,
    Iv = 2,
    Mac = 3,
}

struct Wanted {
    hash: &'static digest::Algorithm,
    purpose: Purpose,
    /// In bytes.
    length: usize,
}

impl Wanted {
    /// The key derivation of RFC 7292, B.2; the letters in the comments are the ones used there.
    fn derive(&self, password: &Password<'_>, salt: &[u8], iterations: NonZeroU32) -> Vec<u8> {
        let block_bytes = self.hash.block_len();
        let diversifier = vec![self.purpose as u8; block_bytes]; // D
        let mut input = repeated(salt, block_bytes); // I = S || P
        input.extend(repeated(&password.wide, block_bytes));
        let mut out = Vec::with_capacity(self.length + self.hash.output_len());
        while out.len() < self.length {
            let mut first = digest::Context::new(self.hash);
            first.update(&diversifier);
            first.update(&input);
            let mut block = first.finish(); // A
            for _ in 1..iterations.get() {
                block = digest::digest(self.hash, block.as_ref());
            }
            out.extend_from_slice(block.as_ref());
            let addend: Vec<u8> =
                block.as_ref().iter().copied().cycle().take(block_bytes).collect(); // B
            for block in input.chunks_exact_mut(block_bytes) {
                add_with_one(block, &addend);
            }
        }
        out.truncate(self.length);
        out
    }
}

/// `bytes` over and over until they fill whole blocks; nothing stays nothing.
fn repeated(bytes: &[u8], block_bytes: usize) -> Vec<u8> {
    let length = bytes.len().div_ceil(block_bytes) * block_bytes;
    bytes.iter().copied().cycle().take(length).collect()
}

/// `number + addend + 1`, both big-endian, without the carry out of the top.
fn add_with_one(number: &mut [u8], addend: &[u8]) {
    let mut carry = true;
    for (digit, other) in number.iter_mut().zip(addend).rev() {
        let (sum, over) = digit.overflowing_add(*other);
        let (sum, over_again) = sum.overflowing_add(u8::from(carry));
        *digit = sum;
        carry = over || over_again;
    }
}

pub(super) fn unsupported(id: &[u8]) -> Pkcs12Error {
    Pkcs12Error::Unsupported { id: Oid::new(id.into()).to_id_string() }
}

/// A block of triple DES or RC2.
const PBES1_IV_BYTES: usize = 8;

#[cfg(test)]
mod tests;
