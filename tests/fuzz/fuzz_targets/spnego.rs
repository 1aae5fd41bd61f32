//! Tokens of Negotiate, from anybody.
#![no_main]

use libfuzzer_sys::fuzz_target;
use marslab_wire::spnego::{self, Token};

fuzz_target!(|bytes: &[u8]| {
    spnego::parse(bytes);
    if bytes.len() < 1_000 {
        let said = spnego::accept_incomplete(bytes);
        assert_eq!(spnego::parse(&said), Some(Token::Response { message: bytes, signature: None }));
    }
});
