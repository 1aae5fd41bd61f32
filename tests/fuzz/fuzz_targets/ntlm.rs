//! The three messages of NTLM, from anybody.
#![no_main]

use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;
use marslab_wire::ntlm::{self, Account, Authenticate, Challenge, Handshake, Negotiate};

fuzz_target!(|bytes: &[u8]| {
    if let Some(offer) = Negotiate::parse(bytes) {
        let (_, challenge) = Challenge::new(offer, [1; 8], None);
        assert!(Challenge::parse(&challenge).is_some());
    }
    if let Some(read) = Authenticate::parse(bytes) {
        let handshake = Handshake { negotiate: bytes.to_vec(), challenge: bytes.to_vec(), nonce: [1; 8] };
        assert!(handshake.verify(&read, "a wrong password").is_none());
    }
    let account = Account { domain: "D", user: "u", password: "p" };
    if let Some(third) = ntlm::authenticate(&account, bytes, bytes, (Timestamp::UNIX_EPOCH, [2; 8])) {
        assert!(Authenticate::parse(&third).is_some() || third.len() > ntlm::MESSAGE_BYTES_MAX);
    }
});
