//! The file `OnlineBackup.KEK`: the key of the backups, wrapped under the passphrase.
//!
//! The product has the file (mars-facts 5.3); its format is the lab's own †: no source shows more than its name, and the lab
//! must tell a damaged file from a sound one. The passphrase is neither stored nor sent. Its *verifier*, which is derived
//! from the passphrase alone, is compared instead, so that a passphrase is recognised after the server was registered again.

use std::num::NonZeroU32;

use marslab_model::HostControl;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::{hmac, pbkdf2};
use thiserror::Error;

use crate::random::random;

/// The content of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KeyFile {
    /// The verifier of the passphrase.
    pub(crate) verifier: String,
    text: String,
}

impl KeyFile {
    /// Makes a new key and wraps it under the passphrase.
    pub(crate) fn make(passphrase: &str, host: &dyn HostControl) -> Result<Self, KeyError> {
        let salt = random::<16>(host);
        let key = random::<32>(host);
        let master = master(passphrase);
        let verifier = verifier(&master);
        let wrapped = wrap(&master, &salt, &key)?;
        let (salt, wrapped) = (hex::encode(salt), hex::encode(wrapped));
        let text = format!("{HEAD}\nverifier {verifier}\nsalt {salt}\nwrapped {wrapped}\n");
        Ok(Self { verifier, text })
    }

    /// The verifier of a passphrase.
    pub(crate) fn verifier_of(passphrase: &str) -> String {
        verifier(&master(passphrase))
    }

    /// Reads the file.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, KeyError> {
        let text = std::str::from_utf8(bytes).map_err(|_not_text| KeyError::Malformed)?;
        let mut lines = text.lines();
        if lines.next() != Some(HEAD) {
            return Err(KeyError::Malformed);
        }
        let mut verifier = None;
        for line in lines.filter(|line| !line.is_empty()) {
            let (name, digits) = line.split_once(' ').ok_or(KeyError::Malformed)?;
            hex::decode(digits).map_err(|_not_hexadecimal| KeyError::Malformed)?;
            if name == "verifier" {
                verifier = Some(digits.to_owned());
            }
        }
        let verifier = verifier.ok_or(KeyError::Malformed)?;
        Ok(Self { verifier, text: text.to_owned() })
    }

    /// The file's text.
    pub(crate) fn as_text(&self) -> &str {
        &self.text
    }
}

/// What is wrong with a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub(crate) enum KeyError {
    #[error("the file is not a key file")]
    Malformed,
    #[error("the key cannot be wrapped")]
    Wrap,
}

fn master(passphrase: &str) -> hmac::Key {
    let mut bytes = [0; 32];
    let algorithm = pbkdf2::PBKDF2_HMAC_SHA256;
    pbkdf2::derive(algorithm, ITERATIONS, MASTER_SALT, passphrase.as_bytes(), &mut bytes);
    hmac::Key::new(hmac::HMAC_SHA256, &bytes)
}

fn verifier(master: &hmac::Key) -> String {
    hex::encode(hmac::sign(master, b"verifier"))
}

fn wrap(master: &hmac::Key, salt: &[u8], key: &[u8]) -> Result<Vec<u8>, KeyError> {
    let wrapping = hmac::sign(master, salt);
    let wrapping = UnboundKey::new(&AES_256_GCM, wrapping.as_ref());
    let wrapping = LessSafeKey::new(wrapping.map_err(|_length| KeyError::Wrap)?);
    // The salt is new for every wrapping, so no wrapping key meets the same nonce twice.
    let nonce = Nonce::assume_unique_for_key([0; 12]);
    let mut wrapped = key.to_vec();
    let sealed = wrapping.seal_in_place_append_tag(nonce, Aad::empty(), &mut wrapped);
    sealed.map_err(|_length| KeyError::Wrap)?;
    Ok(wrapped)
}

const HEAD: &str = "kek 1";

/// Fixed, so that the verifier of a passphrase is the same everywhere.
const MASTER_SALT: &[u8] = b"OnlineBackup.KEK";

/// Few: the lab makes many keys, and they protect nothing.
const ITERATIONS: NonZeroU32 = NonZeroU32::MIN.saturating_add(63);

#[cfg(test)]
mod tests;
