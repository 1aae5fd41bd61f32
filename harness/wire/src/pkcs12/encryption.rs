//! Encryption and authentication under a password: PBE with SHA-1 and triple DES, and the MAC (RFC 7292, appendices B, C).

use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::consts::{U8, U24};
use cbc::cipher::{BlockDecryptMut as _, BlockEncryptMut as _, KeyIvInit};
use der::asn1::OctetString;
use der::oid::db::rfc5912::ID_SHA_1;
use der::{Any, Tag};
use des::TdesEde3;
use pkcs12::PKCS_12_PBE_WITH_SHAAND3_KEY_TRIPLE_DES_CBC as PBE_TRIPLE_DES;
use pkcs12::digest_info::DigestInfo;
use pkcs12::kdf::{Pkcs12KeyType, derive_key};
use pkcs12::mac_data::MacData;
use pkcs12::pbe_params::Pkcs12PbeParams;
use ring::hmac;
use sha1::Sha1;
use x509_cert::spki::AlgorithmIdentifierOwned;

use super::{ITERATIONS_MAX, Pkcs12Error, SALT_BYTES};

/// A password as the key derivation takes it: big-endian UTF-16, ended by a zero (RFC 7292, B.1).
struct Password(Vec<u8>);

impl Password {
    fn new(text: &str) -> Self {
        Self(text.encode_utf16().chain([0]).flat_map(u16::to_be_bytes).collect())
    }

    fn derive<const BYTES: usize>(
        &self,
        purpose: Pkcs12KeyType,
        salt: &[u8],
        iterations: i32,
    ) -> [u8; BYTES] {
        let mut key = [0; BYTES];
        key.copy_from_slice(&derive_key::<Sha1>(&self.0, salt, purpose, iterations, BYTES));
        key
    }

    fn mac_key(&self, salt: &[u8], iterations: i32) -> hmac::Key {
        let key: [u8; MAC_BYTES] = self.derive(Pkcs12KeyType::Mac, salt, iterations);
        hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &key)
    }

    /// Sets up a cipher that takes a key and an initialization vector of triple DES.
    fn cipher<C>(&self, salt: &[u8], iterations: i32) -> C
    where
        C: KeyIvInit<KeySize = U24, IvSize = U8>,
    {
        let key: [u8; 24] = self.derive(Pkcs12KeyType::EncryptionKey, salt, iterations);
        let iv: [u8; 8] = self.derive(Pkcs12KeyType::Iv, salt, iterations);
        C::new(&key.into(), &iv.into())
    }
}

/// Encrypts and authenticates the parts of one file.
pub(super) struct Encryptor(Password);

impl Encryptor {
    pub(super) fn new(password: &str) -> Self {
        Self(Password::new(password))
    }

    pub(super) fn encrypt(
        &self,
        data: &[u8],
        salt: [u8; SALT_BYTES],
    ) -> der::Result<(AlgorithmIdentifierOwned, Vec<u8>)> {
        let cipher: cbc::Encryptor<TdesEde3> = self.0.cipher(&salt, ITERATIONS);
        let parameters = Pkcs12PbeParams { salt: OctetString::new(salt)?, iterations: ITERATIONS };
        let parameters = Some(Any::encode_from(&parameters)?);
        let algorithm = AlgorithmIdentifierOwned { oid: PBE_TRIPLE_DES, parameters };
        Ok((algorithm, cipher.encrypt_padded_vec_mut::<Pkcs7>(data)))
    }

    pub(super) fn mac(&self, content: &[u8], salt: [u8; SALT_BYTES]) -> der::Result<MacData> {
        let tag = hmac::sign(&self.0.mac_key(&salt, ITERATIONS), content);
        let algorithm = AlgorithmIdentifierOwned { oid: ID_SHA_1, parameters: Some(Any::null()) };
        Ok(MacData {
            mac: DigestInfo { algorithm, digest: OctetString::new(tag.as_ref())? },
            mac_salt: OctetString::new(salt)?,
            iterations: ITERATIONS,
        })
    }
}

/// Decrypts the parts of one file whose MAC fits the password.
pub(super) struct Decryptor {
    password: Password,
    iterations: IterationBudget,
}

impl Decryptor {
    /// Checks the MAC of `content`.
    pub(super) fn authenticate(
        mac: &MacData,
        content: &[u8],
        password: &str,
    ) -> Result<Self, Pkcs12Error> {
        let DigestInfo { algorithm, digest } = &mac.mac;
        if algorithm.oid != ID_SHA_1 {
            return Err(Pkcs12Error::Unsupported { id: algorithm.oid });
        }
        // The MAC does not cover its own algorithm, so nothing there may be ignored.
        if algorithm.parameters.as_ref().is_some_and(|parameters| !parameters.is_null()) {
            return Err(Tag::Null.value_error().into());
        }
        // Some programs take the empty password to have no final zero either.
        let absent = password.is_empty().then(|| Password(Vec::new()));
        let mut iterations = IterationBudget(ITERATIONS_MAX);
        for password in [Some(Password::new(password)), absent].into_iter().flatten() {
            let key = password.mac_key(mac.mac_salt.as_bytes(), iterations.spend(mac.iterations)?);
            if hmac::verify(&key, content, digest.as_bytes()).is_ok() {
                return Ok(Self { password, iterations });
            }
        }
        Err(Pkcs12Error::Password)
    }

    pub(super) fn decrypt(
        &mut self,
        algorithm: &AlgorithmIdentifierOwned,
        data: &[u8],
    ) -> Result<Vec<u8>, Pkcs12Error> {
        if algorithm.oid != PBE_TRIPLE_DES {
            return Err(Pkcs12Error::Unsupported { id: algorithm.oid });
        }
        let parameters =
            algorithm.parameters.as_ref().ok_or_else(|| Tag::Sequence.value_error())?;
        let Pkcs12PbeParams { salt, iterations } = parameters.decode_as()?;
        let iterations = self.iterations.spend(iterations)?;
        let cipher: cbc::Decryptor<TdesEde3> = self.password.cipher(salt.as_bytes(), iterations);
        // After a good MAC, this fails only for a file whose parts have different passwords.
        cipher.decrypt_padded_vec_mut::<Pkcs7>(data).map_err(|_padding| Pkcs12Error::Password)
    }
}

/// How many iterations a file may still ask for.
struct IterationBudget(u32);

impl IterationBudget {
    fn spend(&mut self, iterations: i32) -> Result<i32, Pkcs12Error> {
        let wanted = u32::try_from(iterations).ok().filter(|wanted| *wanted > 0);
        let left = wanted.and_then(|wanted| self.0.checked_sub(wanted));
        self.0 = left.ok_or(Pkcs12Error::Iterations)?;
        Ok(iterations)
    }
}

/// Few, because a lab's passwords need no protection from guessing. Windows uses 2,000, which costs 2.7 ms per file instead of
/// 0.2 ms.
pub(super) const ITERATIONS: i32 = 100;

/// The length of SHA-1.
const MAC_BYTES: usize = 20;
