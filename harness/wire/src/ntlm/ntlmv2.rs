//! NTLMv2 responses (MS-NLMP, 3.3.2), and the state that a server keeps to verify them.

use hmac::{Hmac, Mac};
use jiff::Timestamp;
use md4::{Digest, Md4};
use md5::Md5;

use super::message::{
    AV_FLAGS, AV_TIMESTAMP, Authenticate, AuthenticateFields, Challenge, MIC_AT, MIC_BYTES,
    filetime, pairs, put_pair, utf16,
};
use super::ntlmv1;
use super::session::Session;

/// A user's credentials.
#[derive(Clone, Copy)]
pub struct Account<'a> {
    /// The domain, or an empty string for none.
    pub domain: &'a str,
    /// The user.
    pub user: &'a str,
    /// The password.
    pub password: &'a str,
}

/// What a server keeps between the first and the third message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handshake {
    /// The first message, encoded.
    pub negotiate: Vec<u8>,
    /// The second message, encoded.
    pub challenge: Vec<u8>,
    /// The nonce in the second message.
    pub nonce: [u8; 8],
}

/// What a third message has proved: that its sender knows the password.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Proof {
    /// The version of its response.
    pub version: Version,
    /// What both sides know from then on.
    pub session: Session,
}

/// The version of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// NTLMv1. Domains with an `LmCompatibilityLevel` of 5 do not accept it.
    V1,
    /// NTLMv2.
    V2,
}

impl Handshake {
    /// Verifies the third message. `None` if its response does not prove the password.
    pub fn verify(&self, message: &Authenticate<'_>, password: &str) -> Option<Proof> {
        self.v2(message, password).or_else(|| {
            let key = ntlmv1::verify(message, self.nonce, password)?;
            let session = Session::new(key, message.flags, message.session_key);
            Some(Proof { version: Version::V1, session })
        })
    }

    /// Verifies an NTLMv2 response, and the MIC if the response says that there is one.
    fn v2(&self, message: &Authenticate<'_>, password: &str) -> Option<Proof> {
        let (proof, blob) = message.nt_response.split_first_chunk::<16>()?;
        let is_v2 = blob.starts_with(&[1, 1]) && blob.len() >= BLOB_HEAD;
        let key = response_key(password, &message.user, &message.domain);
        let is_right = hmac_md5(&key, &[&self.nonce, blob]).verify_slice(proof).is_ok();
        let session = Session::new(session_key(&key, proof), message.flags, message.session_key);
        let proves = is_v2 && is_right && self.has_valid_mic(message, session.key(), blob);
        proves.then_some(Proof { version: Version::V2, session })
    }

    /// Whether the MIC fits the three messages, or the client sent none.
    fn has_valid_mic(
        &self,
        message: &Authenticate<'_>,
        session_key: &[u8; 16],
        blob: &[u8],
    ) -> bool {
        let info = blob.get(BLOB_HEAD..).unwrap_or_default();
        let av_flags = pairs(info).find(|(id, _)| *id == AV_FLAGS);
        if av_flags.is_none_or(|(_, value)| value.first().is_none_or(|bits| bits & HAS_MIC == 0)) {
            return true;
        }
        let Some((head, rest)) = message.bytes.split_at_checked(MIC_AT) else { return false };
        let Some((mic, payload)) = rest.split_first_chunk::<MIC_BYTES>() else { return false };
        let parts: [&[u8]; 5] = [&self.negotiate, &self.challenge, head, &[0; MIC_BYTES], payload];
        hmac_md5(session_key, &parts).verify_slice(mic).is_ok()
    }
}

/// The third message, in which `account` answers the second one. `fresh` is the client's time and nonce.
///
/// `None` if `challenge` is not a second message.
pub fn authenticate(
    account: &Account<'_>,
    negotiate: &[u8],
    challenge: &[u8],
    fresh: (Timestamp, [u8; 8]),
) -> Option<Vec<u8>> {
    let Challenge { flags: agreed, challenge: server_nonce, info } = Challenge::parse(challenge)?;
    let (now, nonce) = fresh;
    let server_time = pairs(&info).find(|(id, _)| *id == AV_TIMESTAMP).map(|(_, value)| value);
    let mut blob = vec![1, 1, 0, 0, 0, 0, 0, 0];
    let own = filetime(now);
    blob.extend_from_slice(server_time.unwrap_or(&own));
    blob.extend_from_slice(&nonce);
    blob.extend_from_slice(&[0; 4]);
    for (id, value) in pairs(&info) {
        put_pair(&mut blob, id, value);
    }
    if server_time.is_some() {
        put_pair(&mut blob, AV_FLAGS, &u32::from(HAS_MIC).to_le_bytes());
    }
    // The end of the pairs, then four zeros.
    blob.extend_from_slice(&[0; 8]);
    let key = response_key(account.password, account.user, account.domain);
    let proof = mac(&key, &[&server_nonce, &blob]);
    let nt = [proof.as_slice(), &blob].concat();
    // If the server sends its time, clients omit the LMv2 response (MS-NLMP, 3.1.5.1.2).
    let lm = match server_time {
        Some(_) => vec![0; 24],
        None => [mac(&key, &[&server_nonce, &nonce]).as_slice(), &nonce].concat(),
    };
    let Account { domain, user, .. } = *account;
    let mut message = AuthenticateFields { flags: agreed, lm: &lm, nt: &nt, domain, user }.write();
    if server_time.is_some() {
        let mic = mac(&session_key(&key, &proof), &[negotiate, challenge, &message]);
        if let Some(place) = message.get_mut(MIC_AT..MIC_AT + MIC_BYTES) {
            place.copy_from_slice(&mic);
        }
    }
    Some(message)
}

/// NTOWFv2.
fn response_key(password: &str, user: &str, domain: &str) -> [u8; 16] {
    let hash = Md4::digest(utf16(password));
    mac(&hash, &[&utf16(&user.to_uppercase()), &utf16(domain)])
}

fn session_key(response_key: &[u8; 16], proof: &[u8; 16]) -> [u8; 16] {
    mac(response_key, &[proof])
}

pub(super) fn mac(key: &[u8], parts: &[&[u8]]) -> [u8; 16] {
    hmac_md5(key, parts).finalize().into_bytes().into()
}

#[expect(clippy::expect_used, reason = "HMAC accepts keys of any length")]
fn hmac_md5(key: &[u8], parts: &[&[u8]]) -> Hmac<Md5> {
    let mut mac = Hmac::<Md5>::new_from_slice(key).expect("a key of any length");
    for part in parts {
        mac.update(part);
    }
    mac
}

/// What precedes the pairs in NTLMv2_CLIENT_CHALLENGE: two version bytes, six zeros, the time, the client's nonce, four
/// zeros (MS-NLMP, 2.2.2.7).
const BLOB_HEAD: usize = 28;

/// The bit of MsvAvFlags that says that the message has a MIC (MS-NLMP, 2.2.2.1).
const HAS_MIC: u8 = 2;
