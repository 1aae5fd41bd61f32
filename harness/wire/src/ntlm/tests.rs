use jiff::Timestamp;
use proptest::prelude::*;

use super::{
    Account, Authenticate, Challenge, Handshake, Negotiate, Target, Version, authenticate, flags,
};

const NOW: &str = "2019-05-21T03:00:00Z";

fn unhex(text: &str) -> Vec<u8> {
    hex::decode(text.split_whitespace().collect::<String>()).unwrap()
}

fn target() -> Target {
    Target {
        domain: "CORP".to_owned(),
        server: "PROXY".to_owned(),
        dns_domain: "corp.example".to_owned(),
        dns_server: "proxy.corp.example".to_owned(),
        now: NOW.parse().unwrap(),
    }
}

/// Exchanges the three messages and returns whether the last one proves `password`.
fn handshake(target: Option<&Target>, account: &Account<'_>, password: &str) -> bool {
    let negotiate = Negotiate::WINDOWS.write();
    let offer = Negotiate::parse(&negotiate).unwrap();
    let (_, challenge) = Challenge::new(offer, *b"01234567", target);
    let third = authenticate(account, &negotiate, &challenge, (NOW.parse().unwrap(), *b"abcdefgh"));
    let third = third.unwrap();
    let read = Authenticate::parse(&third).unwrap();
    assert_eq!((read.domain.as_str(), read.user.as_str()), (account.domain, account.user));
    let whole = Handshake { negotiate, challenge, nonce: *b"01234567" };
    version(&whole, &read, password) == Some(Version::V2)
}

fn version(handshake: &Handshake, read: &Authenticate<'_>, password: &str) -> Option<Version> {
    handshake.verify(read, password).map(|proof| proof.version)
}

#[test]
fn the_password_is_proved() {
    let account = Account { domain: "CORP", user: "bäckup", password: "p:ß€" };
    for target in [None, Some(&target())] {
        assert!(handshake(target, &account, "p:ß€"));
        assert!(!handshake(target, &account, "p:ß"));
        assert!(!handshake(target, &account, ""));
    }
}

/// MS-NLMP, 4.2.4: the messages of the example for NTLMv2.
#[test]
fn the_example_of_the_specification() {
    let blob = "0101000000000000 0000000000000000 aaaaaaaaaaaaaaaa 00000000
        02000c0044006f006d00610069006e00 01000c00530065007200760065007200 00000000 00000000";
    let proof = "68cd0ab851e51c96aabc927bebef6a1c";
    let third = |proof: &str| {
        let nt = unhex(&format!("{proof}{blob}"));
        let parts = super::message::AuthenticateFields {
            flags: flags::UNICODE,
            lm: &[0; 24],
            nt: &nt,
            domain: "Domain",
            user: "User",
        };
        parts.write()
    };
    let nonce = unhex("0123456789abcdef").try_into().unwrap();
    let handshake = Handshake { negotiate: Vec::new(), challenge: Vec::new(), nonce };
    let right = third(proof);
    let read = Authenticate::parse(&right).unwrap();
    assert_eq!(version(&handshake, &read, "Password"), Some(Version::V2));
    assert_eq!(version(&handshake, &read, "password"), None);
    let wrong = third("68cd0ab851e51c96aabc927bebef6a1d");
    assert_eq!(version(&handshake, &Authenticate::parse(&wrong).unwrap(), "Password"), None);
}

/// MS-NLMP, 4.2.2 and 4.2.3: the examples for NTLMv1, without and with a client challenge.
#[test]
fn the_ntlmv1_examples_of_the_specification() {
    let nonce = unhex("0123456789abcdef").try_into().unwrap();
    let handshake = Handshake { negotiate: Vec::new(), challenge: Vec::new(), nonce };
    let own = "aaaaaaaaaaaaaaaa 00000000000000000000000000000000";
    let plain = "67c43011f30298a2ad35ece64f16331c44bdbed927841f94";
    let extended = "7537f803ae367128ca458204bde7caf81e97ed2683267232";
    for (more, lm, nt, expected) in [
        (0, own, plain, Some(Version::V1)),
        (flags::EXTENDED_SECURITY, own, extended, Some(Version::V1)),
        (flags::EXTENDED_SECURITY, own, plain, None),
        (0, own, extended, None),
        // The LM response of the same example alone.
        (0, "98def7b87f88aa5dafe2df779688a172def11c7d5ccdef13", "", None),
        (flags::EXTENDED_SECURITY, "", "", None),
    ] {
        let (lm, nt) = (unhex(lm), unhex(nt));
        let flags = flags::UNICODE | more;
        let parts = super::message::AuthenticateFields {
            flags,
            lm: &lm,
            nt: &nt,
            domain: "Domain",
            user: "User",
        };
        let third = parts.write();
        let read = Authenticate::parse(&third).unwrap();
        assert_eq!(version(&handshake, &read, "Password"), expected);
        assert_eq!(version(&handshake, &read, "password"), None);
    }
}

/// Sent by mono 6.8 to Squid 5.7, whose helper accepted it.
#[test]
fn a_third_message_of_mono() {
    let third = unhex(
        "4e544c4d53535000030000001800180058000000180018007000000008000800400000000c000c004800000004
        0004005400000000000000880000000192080043004f00520050006200610063006b007500700076006d0039a2
        6b012c64b30d0000000000000000000000000000000061884026639f39201ef0b37f3ceba38d278500e2f1251872",
    );
    let nonce = unhex("a94e84f377800930").try_into().unwrap();
    let handshake = Handshake { negotiate: Vec::new(), challenge: Vec::new(), nonce };
    let read = Authenticate::parse(&third).unwrap();
    assert_eq!((read.domain.as_str(), read.user.as_str()), ("CORP", "backup"));
    assert_eq!(version(&handshake, &read, "Let-me-out-17"), Some(Version::V1));
    assert_eq!(version(&handshake, &read, "Let-me-out-18"), None);
}

#[test]
fn a_changed_message_proves_nothing() {
    let account = Account { domain: "CORP", user: "backup", password: "secret" };
    let negotiate = Negotiate::WINDOWS.write();
    let offer = Negotiate::parse(&negotiate).unwrap();
    let (_, challenge) = Challenge::new(offer, [7; 8], Some(&target()));
    let made = (NOW.parse().unwrap(), [9; 8]);
    let third = authenticate(&account, &negotiate, &challenge, made).unwrap();
    let whole = Handshake { negotiate, challenge, nonce: [7; 8] };
    let proves = |handshake: &Handshake, third: &[u8]| {
        handshake.verify(&Authenticate::parse(third).unwrap(), "secret").is_some()
    };
    assert!(proves(&whole, &third));
    let mut changed = whole.clone();
    changed.negotiate[12] ^= 1;
    assert!(!proves(&changed, &third), "another first message");
    let mut changed = whole.clone();
    *changed.challenge.last_mut().unwrap() ^= 1;
    assert!(!proves(&changed, &third), "another second message");
    let mut version = third;
    version[64] ^= 1;
    assert!(!proves(&whole, &version), "another third message");
}

/// Messages of Debian's curl, of Windows, and of Squid's `ntlm_fake_auth` (proxy-wire 7.3), whole and truncated.
#[test]
fn messages_of_other_programs() {
    let curl = unhex("4e544c4d5353500001000000068208000000000000000000000000000000000000");
    assert_eq!(Negotiate::parse(&curl[..16]).unwrap().flags, 0x0008_8206);
    let fake = unhex(
        "4e544c4d535350000200000009000900aeaaaaaa078208a2900722e7d99292620000000000003a00574f524b47524f5550",
    );
    let read = Challenge::parse(&fake).unwrap();
    assert_eq!((read.flags, read.info.len()), (0xa208_8207, 0));
    assert_eq!(Challenge::out_of_range(read.challenge), fake);
    assert_eq!(Negotiate::parse(&curl[..15]), None);
    assert_eq!(Challenge::parse(&fake[..31]), None);
    assert_eq!(Negotiate::parse(&fake), None);
    assert_eq!(Negotiate::parse(&[curl, vec![0; super::MESSAGE_BYTES_MAX]].concat()), None);
}

/// What Samba's `ntlm_auth` answers to offers (measured), but for the kind of the target: there it was a server's.
#[test]
fn a_challenge_agrees_to_what_is_asked_for() {
    for (offer, agreed) in [
        (0xe208_8217, 0xe289_8215),
        (0xe208_8297, 0xe289_8215),
        (0xa208_8207, 0xa289_8205),
        (0x6208_8235, 0x6289_8235),
        (0x0008_8206, 0x0289_8206),
        (0x4000_0205, 0x4281_0205),
        (0x0008_0201, 0x0208_0201),
        (0x0000_2000, 0x0200_0202),
        (0x0000_0001, 0x0200_0201),
    ] {
        let (made, _) = Challenge::new(Negotiate { flags: offer }, [0; 8], Some(&target()));
        assert_eq!(made.flags, agreed, "{offer:08x} {:08x}", made.flags);
    }
}

proptest! {
    #[test]
    fn any_account_is_proved(domain in "[A-Z]{0,15}", user in "\\PC{1,40}", password in "\\PC{0,40}", other in "\\PC{0,40}") {
        let account = Account { domain: &domain, user: &user, password: &password };
        prop_assert!(handshake(Some(&target()), &account, &password));
        prop_assert_eq!(handshake(None, &account, &other), password == other);
    }

    #[test]
    fn no_input_makes_a_parser_panic(kind in 1_u8..=3, mut bytes in prop::collection::vec(any::<u8>(), 0..200), password in "\\PC{0,9}") {
        let mut message = [b"NTLMSSP\0", &[kind, 0, 0, 0][..]].concat();
        message.append(&mut bytes);
        let _read = (Negotiate::parse(&message), Challenge::parse(&message));
        let handshake = Handshake { negotiate: Vec::new(), challenge: Vec::new(), nonce: [0; 8] };
        if let Some(read) = Authenticate::parse(&message) {
            prop_assert!(handshake.verify(&read, &password).is_none());
        }
        let account = Account { domain: "D", user: "u", password: &password };
        let _answer = authenticate(&account, &message, &message, (Timestamp::UNIX_EPOCH, [0; 8]));
    }
}
