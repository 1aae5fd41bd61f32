//! NTLM authentication (MS-NLMP), client and server side.
//!
//! | module | contents |
//! | --- | --- |
//! | `message` | reading and writing the three messages |
//! | `ntlmv2` | computing and verifying NTLMv2 responses |
//! | `ntlmv1` | verifying NTLMv1 responses |
//! | `session` | the keys of a session, and signatures made with them |
//!
//! The client sends NTLMv2 only. The server verifies NTLMv1, too, because domains accept it below `LmCompatibilityLevel` 5,
//! but never LM. It agrees to what a client asks for, keys included, though over HTTP nothing is signed or sealed but the
//! list of mechanisms of SPNEGO. No message is longer than [`MESSAGE_BYTES_MAX`], and no field reaches outside of its message.

mod message;
mod ntlmv1;
mod ntlmv2;
mod session;

pub use message::{Authenticate, Challenge, Negotiate, Target, flags};
pub use ntlmv2::{Account, Handshake, Proof, Version, authenticate};
pub use session::Session;

/// The longest message that is read. One with names, target information and an NTLMv2 response has less than 1 KiB.
pub const MESSAGE_BYTES_MAX: usize = 8 << 10;

/// Whether `bytes` start like an NTLM message.
pub fn is_message(bytes: &[u8]) -> bool {
    bytes.starts_with(SIGNATURE)
}

/// The start of every message (MS-NLMP, 2.2.1).
const SIGNATURE: &[u8] = b"NTLMSSP\0";

#[cfg(test)]
mod tests;
