use proptest::prelude::*;

use super::{Token, accept_completed, accept_incomplete, parse};
use crate::ntlm::Negotiate;
use crate::pkcs12::der::{element, object_id, octets, sequence};

const KERBEROS: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x12, 1, 2, 2];

/// The first token of a client that offers these mechanisms.
fn offer(mechanisms: &[&[u8]], first: Option<&[u8]>) -> Vec<u8> {
    let ids: Vec<u8> = mechanisms.iter().flat_map(|id| object_id(id)).collect();
    let first = first.map(|first| element(0xa2, &[&octets(first)])).unwrap_or_default();
    let fields = [element(0xa0, &[&sequence(&[&ids])]), first].concat();
    let body = element(0xa0, &[&sequence(&[&fields])]);
    element(0x60, &[&object_id(super::SPNEGO), &body])
}

#[test]
fn what_clients_say() {
    let ntlm = Negotiate::WINDOWS.write();
    let both = offer(&[super::NTLM, KERBEROS], Some(&ntlm));
    assert_eq!(parse(&both), Some(Token::Init { offers_ntlm: true, first: Some(&ntlm) }));
    let kerberos_first = offer(&[KERBEROS, super::NTLM], Some(b"a ticket"));
    assert_eq!(parse(&kerberos_first), Some(Token::Init { offers_ntlm: true, first: None }));
    let kerberos = offer(&[KERBEROS], Some(b"a ticket"));
    assert_eq!(parse(&kerberos), Some(Token::Init { offers_ntlm: false, first: None }));
    assert_eq!(parse(&ntlm), Some(Token::RawNtlm(&ntlm)));
    // What a server says has the shape of what a client says next.
    assert_eq!(parse(&accept_incomplete(Some(&ntlm))), Some(Token::Response(&ntlm)));
    for nothing in [&b"hello"[..], b"", &accept_completed(), &accept_incomplete(None), &both[..40]]
    {
        assert_eq!(parse(nothing), None, "{nothing:?}");
    }
}

proptest! {
    #[test]
    fn nothing_makes_the_parser_panic(cut in 0_usize..80, at in 0_usize..80, byte: u8, bytes in prop::collection::vec(any::<u8>(), 0..100)) {
        let _read = parse(&bytes);
        let mut token = offer(&[super::NTLM], Some(&Negotiate::WINDOWS.write()));
        let place = at % token.len();
        token[place] = byte;
        let _read = (parse(&token), parse(&token[..cut.min(token.len())]));
    }
}
