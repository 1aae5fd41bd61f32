//! What only somebody with the password can compute (MS-NLMP, 3.3.2).

use hmac::{Hmac, Mac};
use jiff::Timestamp;
use md4::{Digest, Md4};
use md5::Md5;

use super::message::{
    AV_FLAGS, AV_TIMESTAMP, Authenticate, Challenge, MIC_AT, MIC_BYTES, Parts, filetime, flags,
    pairs, put_pair, utf16,
};
use super::older;

/// A user with a password.
#[derive(Clone, Copy)]
pub struct Account<'a> {
    /// The domain; empty for none.
    pub domain: &'a str,
    /// The user.
    pub user: &'a str,
    /// The password.
    pub password: &'a str,
}

/// The first two messages, as a server remembers them until the third.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handshake {
    /// Type 1.
    pub negotiate: Vec<u8>,
    /// Type 2.
    pub challenge: Vec<u8>,
    /// What the proof is made over.
    pub nonce: [u8; 8],
}

/// In which way a password was shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// As before NTLMv2. Domains with an `LmCompatibilityLevel` of 5 do not accept it.
    V1,
    /// By NTLMv2.
    V2,
}

impl Handshake {
    /// How the third message shows that its sender has this password; nothing where it does not.
    pub fn verify(&self, answer: &Authenticate<'_>, password: &str) -> Option<Version> {
        if self.is_v2(answer, password) {
            return Some(Version::V2);
        }
        older::proves(answer, self.nonce, password).then_some(Version::V1)
    }

    /// An integrity code is checked where the proof says that there is one.
    fn is_v2(&self, answer: &Authenticate<'_>, password: &str) -> bool {
        let Some((proof, made_over)) = answer.nt_response.split_first_chunk::<16>() else {
            return false;
        };
        // Version, version, six zeros, time, the client's challenge, four zeros, pairs.
        let is_v2 = made_over.starts_with(&[1, 1]) && made_over.len() >= BLOB_HEAD;
        let key = response_key(password, &answer.user, &answer.domain);
        let is_right = keyed(&key, &[&self.nonce, made_over]).verify_slice(proof).is_ok();
        is_v2 && is_right && self.is_whole(answer, &session_key(&key, proof), made_over)
    }

    /// Whether nobody has changed the messages on their way, where the client has made that provable.
    fn is_whole(&self, answer: &Authenticate<'_>, session: &[u8; 16], made_over: &[u8]) -> bool {
        let info = made_over.get(BLOB_HEAD..).unwrap_or_default();
        let told = pairs(info).find(|(id, _)| *id == AV_FLAGS);
        if told.is_none_or(|(_, value)| value.first().is_none_or(|bits| bits & HAS_MIC == 0)) {
            return true;
        }
        // Keys are never exchanged, because no challenge here offers to.
        let Some((head, rest)) = answer.bytes.split_at_checked(MIC_AT) else { return false };
        let Some((mic, payload)) = rest.split_first_chunk::<MIC_BYTES>() else { return false };
        let parts: [&[u8]; 5] = [&self.negotiate, &self.challenge, head, &[0; MIC_BYTES], payload];
        answer.flags & flags::KEY_EXCHANGE == 0 && keyed(session, &parts).verify_slice(mic).is_ok()
    }
}

/// The third message, by which `account` answers the second. `nonce` is the client's own challenge.
///
/// Nothing where the second message is none.
pub fn authenticate(
    account: &Account<'_>,
    negotiate: &[u8],
    challenge: &[u8],
    made: (Timestamp, [u8; 8]),
) -> Option<Vec<u8>> {
    let Challenge { flags: agreed, challenge: asked, info } = Challenge::parse(challenge)?;
    let (now, nonce) = made;
    let told = pairs(&info).find(|(id, _)| *id == AV_TIMESTAMP).map(|(_, value)| value);
    let mut blob = vec![1, 1, 0, 0, 0, 0, 0, 0];
    let own = filetime(now);
    blob.extend_from_slice(told.unwrap_or(&own));
    blob.extend_from_slice(&nonce);
    blob.extend_from_slice(&[0; 4]);
    for (id, value) in pairs(&info) {
        put_pair(&mut blob, id, value);
    }
    if told.is_some() {
        put_pair(&mut blob, AV_FLAGS, &u32::from(HAS_MIC).to_le_bytes());
    }
    // The end of the pairs, and four zeros behind it.
    blob.extend_from_slice(&[0; 8]);
    let key = response_key(account.password, account.user, account.domain);
    let proof = code(&key, &[&asked, &blob]);
    let nt = [proof.as_slice(), &blob].concat();
    // Where the server tells its time, LMv2 is left out.
    let lm = match told {
        Some(_) => vec![0; 24],
        None => [code(&key, &[&asked, &nonce]).as_slice(), &nonce].concat(),
    };
    let Account { domain, user, .. } = *account;
    let mut message = Parts { flags: agreed, lm: &lm, nt: &nt, domain, user }.write();
    if told.is_some() {
        let mic = code(&session_key(&key, &proof), &[negotiate, challenge, &message]);
        if let Some(place) = message.get_mut(MIC_AT..MIC_AT + MIC_BYTES) {
            place.copy_from_slice(&mic);
        }
    }
    Some(message)
}

/// NTOWFv2.
fn response_key(password: &str, user: &str, domain: &str) -> [u8; 16] {
    let hash = Md4::digest(utf16(password));
    code(&hash, &[&utf16(&user.to_uppercase()), &utf16(domain)])
}

fn session_key(response_key: &[u8; 16], proof: &[u8; 16]) -> [u8; 16] {
    code(response_key, &[proof])
}

fn code(key: &[u8], parts: &[&[u8]]) -> [u8; 16] {
    keyed(key, parts).finalize().into_bytes().into()
}

#[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
fn keyed(key: &[u8], parts: &[&[u8]]) -> Hmac<Md5> {
    let mut mac = Hmac::<Md5>::new_from_slice(key).expect("any length is a key's");
    for part in parts {
        mac.update(part);
    }
    mac
}

/// What stands before the pairs in what the proof is made over (MS-NLMP, 2.2.2.7).
const BLOB_HEAD: usize = 28;

/// In the flags among the pairs: the message has an integrity code (MS-NLMP, 2.2.2.1).
const HAS_MIC: u8 = 2;
