//! Clients that prove their password in the way of NTLMv1, as mono does, and domains that do not accept it.

use des::Des;
use des::cipher::{BlockEncrypt, KeyInit};
use md4::{Digest, Md4};

use super::*;

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// MS-NLMP, 3.3.1: the challenge, encrypted with each third of the password's hash.
fn response(password: &str, nonce: [u8; 8]) -> Vec<u8> {
    let mut hash = Md4::digest(wide(password)).to_vec();
    hash.resize(21, 0);
    let encrypted = |third: &[u8]| {
        let bits = third.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
        let key: Vec<u8> =
            (0..8).map(|at| u8::try_from(bits >> (49 - 7 * at) & 0x7f).unwrap() << 1).collect();
        let mut block = nonce.into();
        Des::new_from_slice(&key).unwrap().encrypt_block(&mut block);
        block.to_vec()
    };
    hash.chunks(7).flat_map(encrypted).collect()
}

/// A third message over a second one, without a challenge of the client's own.
fn third(challenge: &[u8], password: &str) -> String {
    let nonce = challenge[24..32].try_into().unwrap();
    let fields =
        [vec![0; 24], response(password, nonce), wide("CORP"), wide("backup"), vec![], vec![]];
    let (mut head, mut payload) = (b"NTLMSSP\0\x03\0\0\0".to_vec(), Vec::new());
    for field in fields {
        let length = u16::try_from(field.len()).unwrap().to_le_bytes();
        head.extend([length, length].concat());
        head.extend(u32::try_from(64 + payload.len()).unwrap().to_le_bytes());
        payload.extend(field);
    }
    let flags = ntlm::flags::UNICODE | ntlm::flags::NTLM;
    head.extend(flags.to_le_bytes());
    authorization("NTLM", &[head, payload].concat())
}

#[tokio::test]
async fn a_domain_may_accept_what_is_older_than_ntlmv2() {
    for (level, password, line, note) in [
        (0, "p:ss", "HTTP/1.1 200 OK", "password right (NTLMv1)"),
        (3, "p:ss", "HTTP/1.1 200 OK", "password right (NTLMv1)"),
        (4, "p:ss", "HTTP/1.1 200 OK", "password right (NTLMv1)"),
        (5, "p:ss", "HTTP/1.1 407 Proxy Authentication Required", "NTLMv1 is not accepted"),
        (3, "wrong", "HTTP/1.1 407 Proxy Authentication Required", "password wrong"),
        (5, "wrong", "HTTP/1.1 407 Proxy Authentication Required", "password wrong"),
    ] {
        let proxy = Proxy { lm_compatibility_level: level, ..proxy(&[Scheme::Ntlm], &[]) };
        let site = Site::new(FIDELITIES[0], with(&proxy));
        let mut talk = Talk::new(&site).await;
        let offer = ntlm::flags::UNICODE | ntlm::flags::NTLM;
        let negotiate = ntlm::Negotiate { flags: offer }.write();
        let challenge = challenged(&mut talk, &negotiate).await;
        assert_eq!(talk.say(&third(&challenge, password)).await.head[0], line, "{level}");
        let said = site.said().join("\n");
        assert!(said.contains(note), "{level}: {said}");
        // Who speaks NTLMv2 is let in at every level.
        assert_eq!(seen(&site, LOGIN, KNOWN).await.0, 404, "{level}");
    }
}
