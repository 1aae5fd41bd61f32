//! The keys of a session, and the signatures that its client makes with them (MS-NLMP, 3.4).

use md5::{Digest, Md5};
use rc4::consts::U16;
use rc4::{Key, KeyInit, Rc4, StreamCipher};

use super::message::flags;
use super::ntlmv2::mac;

/// What both sides know after the third message.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Session {
    /// The exported session key.
    key: [u8; 16],
    /// The flags of the third message.
    flags: u32,
}

impl Session {
    /// The session of a third message with these flags: its key is the one that follows from the password, or one that the
    /// client has chosen and encrypted with that.
    pub(super) fn new(from_password: [u8; 16], flags: u32, chosen: &[u8]) -> Self {
        let mut key = from_password;
        if flags & flags::KEY_EXCHANGE != 0 {
            key = chosen.first_chunk().copied().unwrap_or_default();
            encrypt(&from_password, &mut key);
        }
        Self { key, flags }
    }

    /// The exported session key.
    pub(super) fn key(&self) -> &[u8; 16] {
        &self.key
    }

    /// The client's signature of the first message that it signs. Without extended session security there is none, since that
    /// way of signing proves nothing.
    pub fn client_signature(&self, message: &[u8]) -> Option<[u8; 16]> {
        if self.flags & flags::EXTENDED_SECURITY == 0 {
            return None;
        }
        let number = [0; 4];
        let signing =
            derived(&self.key, b"session key to client-to-server signing key magic constant\0");
        let mut sum = mac(&signing, &[&number, message]).first_chunk::<8>().copied()?;
        if self.flags & flags::KEY_EXCHANGE != 0 {
            let strength = match self.flags {
                flags if flags & flags::KEY_128 != 0 => 16,
                flags if flags & flags::KEY_56 != 0 => 7,
                _ => 5,
            };
            let magic = b"session key to client-to-server sealing key magic constant\0";
            encrypt(&derived(self.key.get(..strength)?, magic), &mut sum);
        }
        let mut signature = [0; 16];
        let parts = [&[1, 0, 0, 0][..], &sum, &number].concat();
        signature.copy_from_slice(&parts);
        Some(signature)
    }
}

/// SIGNKEY and SEALKEY.
fn derived(key: &[u8], magic: &[u8]) -> [u8; 16] {
    Md5::new().chain_update(key).chain_update(magic).finalize().into()
}

/// RC4, which is its own inverse.
fn encrypt(key: &[u8; 16], bytes: &mut [u8]) {
    Rc4::<U16>::new(Key::<U16>::from_slice(key)).apply_keystream(bytes);
}
