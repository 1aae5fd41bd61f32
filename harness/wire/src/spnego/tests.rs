use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;

use super::*;
use crate::ntlm::Negotiate;

const KERBEROS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113554.1.2.2");

/// The first token of a client that offers these mechanisms.
fn init(mechanisms: &[ObjectIdentifier], first: Option<&[u8]>) -> Vec<u8> {
    let value = NegTokenInit {
        mech_types: mechanisms.to_vec(),
        req_flags: None,
        mech_token: first.map(|first| OctetStringRef::new(first).unwrap()),
        mech_list_mic: None,
    };
    let token = ContextSpecific { tag_number: TagNumber::N0, tag_mode: TagMode::Explicit, value };
    let frame = [SPNEGO.to_der().unwrap(), token.to_der().unwrap()].concat();
    AnyRef::new(FRAME, &frame).unwrap().to_der().unwrap()
}

#[test]
fn tokens_of_clients() {
    let ntlm = Negotiate::WINDOWS.write();
    let both = init(&[NTLM, KERBEROS], Some(&ntlm));
    let offer = |ids: &[ObjectIdentifier], first| {
        let mechanisms = ids.to_vec().to_der().unwrap();
        Some(Token::Init { offers_ntlm: ids.contains(&NTLM), mechanisms, first })
    };
    assert_eq!(parse(&both), offer(&[NTLM, KERBEROS], Some(&ntlm)));
    let kerberos_first = init(&[KERBEROS, NTLM], Some(b"a ticket"));
    assert_eq!(parse(&kerberos_first), offer(&[KERBEROS, NTLM], None));
    let kerberos = init(&[KERBEROS], Some(b"a ticket"));
    assert_eq!(parse(&kerberos), offer(&[KERBEROS], None));
    assert_eq!(parse(&ntlm), Some(Token::RawNtlm(&ntlm)));
    // Client and server use the same structure for what follows.
    let response = Token::Response { message: &ntlm, signature: None };
    assert_eq!(parse(&accept_incomplete(&ntlm)), Some(response));
    for other in [&b"hello"[..], b"", &request_signature(), &both[..40]] {
        assert_eq!(parse(other), None, "{other:?}");
    }
}

/// The bytes of RFC 4178 written out by hand, so that the derived structures have something to be held to.
#[test]
fn tokens_are_encoded_as_the_rfc_has_them() {
    let mechanism = b"\xa1\x0c\x06\x0a\x2b\x06\x01\x04\x01\x82\x37\x02\x02\x0a";
    let expected = [&b"\xa1\x15\x30\x13\xa0\x03\x0a\x01\x03"[..], mechanism].concat();
    assert_eq!(request_signature(), expected);
    let expected =
        [&b"\xa1\x1a\x30\x18\xa0\x03\x0a\x01\x01"[..], mechanism, b"\xa2\x03\x04\x01x"].concat();
    assert_eq!(accept_incomplete(b"x"), expected);
    let ntlm = Negotiate::WINDOWS.write();
    let length = u8::try_from(ntlm.len()).unwrap();
    let offer = [
        &[0x60, length + 32, 6, 6, 0x2b, 6, 1, 5, 5, 2, 0xa0, length + 22, 0x30, length + 20][..],
        b"\xa0\x0e\x30\x0c\x06\x0a\x2b\x06\x01\x04\x01\x82\x37\x02\x02\x0a",
        &[0xa2, length + 2, 4, length],
        &ntlm,
    ];
    let mechanisms = b"\x30\x0c\x06\x0a\x2b\x06\x01\x04\x01\x82\x37\x02\x02\x0a".to_vec();
    let expected = Token::Init { offers_ntlm: true, mechanisms, first: Some(&ntlm) };
    assert_eq!(parse(&offer.concat()), Some(expected));
}

/// What curl with gss-ntlmssp and Samba's `ntlm_auth` said to each other (measured): a key is exchanged, and with it the offer is
/// signed.
#[test]
fn the_signature_of_an_offer() {
    let decode = |text: &str| STANDARD.decode(text.split_whitespace().collect::<String>()).unwrap();
    let offer = decode(
        "YEgGBisGAQUFAqA+MDygDjAMBgorBgEEAYI3AgIKoioEKE5UTE1TU1AAAQAAABeCCOIAAAAAAAAAAAAAAAAAAAAABgIAAAAAAA8=",
    );
    let challenge = decode(
        "oYGOMIGLoAMKAQGhDAYKKwYBBAGCNwICCqJ2BHROVExNU1NQAAIAAAAIAAgAOAAAABWCiuJwEWdGZgOndgAAAAAAAAAANAA0AEAAAAAGAQAAAA
        AAD0MATwBSAFAAAgAIAEMATwBSAFAAAQAIAEMATwBSAFAABAAAAAMABAB2AG0ABwAIAHbcJWvrft0BAAAAAA==",
    );
    let answer = decode(
        "oYIBNTCCATGgAwoBAaKCARQEggEQTlRMTVNTUAADAAAAAAAAAFgAAACMAIwAWAAAAAgACADkAAAADAAMAOwAAAAIAAgA+AAAABAAEAAAAQAAFY
        KK4gYCAAAAAAAPTGuLSih+EqqCGYxiE+izkdIyv6V3+5JoETElwxTBm0MBAQAAAAAAAHbcJWvrft0B4iIIMe9Hb9UAAAAAAQAIAEMATwBSAFAA
        AgAIAEMATwBSAFAAAwAEAHYAbQAEAAAABgAEAAIAAAAHAAgAdtwla+t+3QEJABwASABUAFQAUAAvADEAMgA3AC4AMAAuADAALgAxAAAAAAAAAA
        AAQwBPAFIAUABiAGEAYwBrAHUAcABDAE8AUgBQACfQWX/AqjC4e/z7jAMy5yajEgQQAQAAAGEWwpNYkhQuAAAAAA==",
    );
    let Some(Token::Init { mechanisms, first: Some(first), .. }) = parse(&offer) else { panic!() };
    let Some(Token::Response { message: second, .. }) = parse(&challenge) else { panic!() };
    assert_eq!(accept_incomplete(second), challenge);
    let Some(Token::Response { message: third, signature: Some(signature) }) = parse(&answer)
    else {
        panic!()
    };
    let nonce = ntlm::Challenge::parse(second).unwrap().challenge;
    let handshake =
        ntlm::Handshake { negotiate: first.to_vec(), challenge: second.to_vec(), nonce };
    let third = ntlm::Authenticate::parse(third).unwrap();
    let proof = handshake.verify(&third, "Let-me-out-17").unwrap();
    assert_eq!(proof.session.client_signature(&mechanisms).unwrap(), signature);
    assert_ne!(proof.session.client_signature(b"other").unwrap(), signature);
    let wrong = ntlm::Handshake { negotiate: b"other".to_vec(), ..handshake };
    assert!(
        wrong.verify(&third, "Let-me-out-17").is_none(),
        "the messages are signed with the same key"
    );
}

proptest! {
    #[test]
    fn no_input_makes_the_parser_panic(
        cut in 0_usize..80,
        at in 0_usize..80,
        byte: u8,
        bytes in prop::collection::vec(any::<u8>(), 0..100),
    ) {
        let _read = parse(&bytes);
        let mut token = init(&[NTLM], Some(&Negotiate::WINDOWS.write()));
        let place = at % token.len();
        token[place] = byte;
        let _read = (parse(&token), parse(&token[..cut.min(token.len())]));
    }
}
