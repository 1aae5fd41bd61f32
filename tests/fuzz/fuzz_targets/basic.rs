//! Basic credentials from any client.
#![no_main]

use libfuzzer_sys::fuzz_target;
use marslab_wire::basic;

fuzz_target!(|text: &str| {
    if let Some((user, _password)) = basic::parse(text) {
        assert!(!user.contains(':'));
    }
});
