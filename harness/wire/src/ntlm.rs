//! The three messages of NTLM and the proofs in them (MS-NLMP), for both sides.
//!
//! | module | what lives there |
//! | --- | --- |
//! | `message` | reading and writing the messages |
//! | `proof` | what only somebody with the password can compute |
//! | `older` | the same, as clients before NTLMv2 computed it |
//!
//! Only NTLMv2 is spoken; NTLMv1 is understood, too, because domains accept it below `LmCompatibilityLevel` 5. LM's own
//! response never shows anything. Keys are never exchanged, because
//! over HTTP nothing is signed or sealed. Every message is bounded by [`MESSAGE_BYTES_MAX`] and every field by its message.

mod message;
mod older;
mod proof;

pub use message::{Authenticate, Challenge, Negotiate, Target, flags};
pub use proof::{Account, Handshake, Version, authenticate};

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
