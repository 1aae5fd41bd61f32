use super::{KeyError, KeyFile};
use crate::testing::installed;

#[test]
fn the_verifier_follows_from_the_passphrase_alone() {
    let host = installed();
    let make = |passphrase| KeyFile::make(passphrase, &host).unwrap();
    let (first, again, other) = (make("one passphrase"), make("one passphrase"), make("another"));
    assert_eq!(first.verifier, again.verifier);
    assert_ne!(first.as_text(), again.as_text(), "each key is a new one");
    assert_ne!(first.verifier, other.verifier);
    assert!(!first.as_text().contains("passphrase"));
}

#[test]
fn what_is_written_is_read() {
    let key = KeyFile::make("one passphrase", &installed()).unwrap();
    assert!(key.as_text().starts_with(&format!("kek 1\nverifier {}\n", key.verifier)));
    assert_eq!(KeyFile::parse(key.as_text().as_bytes()), Ok(key.clone()));
    assert_eq!(KeyFile::parse(b"kek 1\r\nverifier 00ff\r\n").unwrap().verifier, "00ff");
}

#[test]
fn what_is_no_key_is_refused() {
    for bytes in [
        &b""[..],
        b"kek 2\nverifier 00\n",
        b"kek 1\n",
        b"kek 1\nverifier\n",
        b"kek 1\nverifier 0\n",
        b"kek 1\nverifier 00\nwrapped zz\n",
        b"\xff\xff",
        b"MZ",
    ] {
        assert_eq!(KeyFile::parse(bytes), Err(KeyError::Malformed), "{bytes:?}");
    }
}
