//! The three messages of NTLM and the proof of NTLMv2 (MS-NLMP), for both sides.
//!
//! | module | what lives there |
//! | --- | --- |
//! | `message` | reading and writing the messages |
//! | `proof` | what only somebody with the password can compute |
//!
//! Only NTLMv2 is spoken and accepted, as in a domain with `LmCompatibilityLevel` 5. Keys are never exchanged, because
//! over HTTP nothing is signed or sealed. Every message is bounded by [`MESSAGE_BYTES_MAX`] and every field by its message.

mod message;
mod proof;

pub use message::{Authenticate, Challenge, Negotiate, Target, flags};
pub use proof::{Account, Handshake, answer};

/// The longest message that is read: far above any that carries names, a domain's target information and NTLMv2.
pub const MESSAGE_BYTES_MAX: usize = 8 << 10;

/// Whether bytes are an NTLM message of some type.
pub fn is_message(bytes: &[u8]) -> bool {
    bytes.starts_with(SIGNATURE)
}

/// How every message begins (MS-NLMP, 2.2.1).
const SIGNATURE: &[u8] = b"NTLMSSP\0";

#[cfg(test)]
mod tests;
