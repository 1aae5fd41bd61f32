//! Answers and challenges of Digest, from anybody.
#![no_main]

use libfuzzer_sys::fuzz_target;
use marslab_wire::digest::{Challenge, Response, parameters};

fuzz_target!(|text: &str| {
    if let Some(read) = Response::parse(text) {
        read.verify("user", "password", "GET");
    }
    if let Some(challenge) = parameters(text).as_deref().and_then(Challenge::new) {
        Response::new(&challenge, ("user", "password"), ("GET", "/"), "c").to_string();
    }
});
