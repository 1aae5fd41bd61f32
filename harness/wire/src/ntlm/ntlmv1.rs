//! NTLMv1 (MS-NLMP, 3.3.1), which domains accept unless they are configured otherwise.

use des::Des;
use des::cipher::generic_array::GenericArray;
use des::cipher::{BlockEncrypt, KeyInit};
use md4::{Digest, Md4};
use md5::Md5;

use super::message::{Authenticate, flags, utf16};
use super::ntlmv2::mac;

/// Verifies an NTLMv1 response: the key of the session if it proves that the client knows the password. An LM response alone
/// does not count.
pub(super) fn verify(
    message: &Authenticate<'_>,
    nonce: [u8; 8],
    password: &str,
) -> Option<[u8; 16]> {
    let key: [u8; 16] = Md4::digest(Md4::digest(utf16(password))).into();
    let is_extended = message.flags & flags::EXTENDED_SECURITY != 0;
    let (challenge, key) = if is_extended {
        // The client's challenge takes the place of the LM response.
        let client = message.lm_response.first_chunk::<8>().copied().unwrap_or_default();
        let both: [u8; 16] = Md5::new().chain_update(nonce).chain_update(client).finalize().into();
        (both.first_chunk().copied().unwrap_or_default(), mac(&key, &[&nonce, &client]))
    } else {
        (nonce, key)
    };
    (message.nt_response == response(password, challenge).concat()).then_some(key)
}

/// DESL: the challenge, encrypted with each third of the password's hash (MS-NLMP, 6).
fn response(password: &str, challenge: [u8; 8]) -> [[u8; 8]; 3] {
    let mut hash = [0; 21];
    hash.iter_mut().zip(Md4::digest(utf16(password))).for_each(|(to, from)| *to = from);
    let (thirds, _) = hash.as_chunks::<7>();
    let encrypted = |third: &[u8; 7]| {
        let mut block = GenericArray::from(challenge);
        Des::new(&GenericArray::from(spread(*third))).encrypt_block(&mut block);
        <[u8; 8]>::from(block)
    };
    let mut parts = [[0; 8]; 3];
    parts.iter_mut().zip(thirds).for_each(|(part, third)| *part = encrypted(third));
    parts
}

/// Spreads seven bytes over a DES key, whose lowest bits are parity.
fn spread(third: [u8; 7]) -> [u8; 8] {
    let [a, b, c, d, e, f, g] = third.map(u64::from);
    let bits = a << 48 | b << 40 | c << 32 | d << 24 | e << 16 | f << 8 | g;
    let mut at = 56_u32;
    [(); 8].map(|()| {
        at -= 7;
        u8::try_from(bits >> at & 0x7f).unwrap_or_default() << 1
    })
}
