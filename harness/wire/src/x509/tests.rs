use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use der::Encode as _;
use proptest::prelude::*;
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};

use super::*;

static KEY: LazyLock<Vec<u8>> = LazyLock::new(|| make_rsa_key(1).unwrap());

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn spec() -> SelfSigned {
    SelfSigned {
        subject: "example".to_owned(),
        not_before: at("2019-05-01T12:00:00Z"),
        not_after: at("2019-05-03T12:00:00Z"),
        client_auth: true,
    }
}

#[track_caller]
fn check(spec: &SelfSigned, expected: (&str, &str, &str)) {
    let der = self_signed(spec, &KEY).unwrap();
    let found = read(&der).unwrap();
    let (name, not_before, not_after) = expected;
    let expected = Certificate {
        subject: name.to_owned(),
        issuer: name.to_owned(),
        not_before: at(not_before),
        not_after: at(not_after),
        thumbprint: thumbprint(&der),
        client_auth: spec.client_auth,
    };
    assert_eq!(found, expected);
}

#[test]
fn a_certificate_has_the_requested_fields() {
    let base = spec();
    let usual = ("CN=example", "2019-05-01T12:00:00Z", "2019-05-03T12:00:00Z");
    check(&base, usual);
    check(&SelfSigned { client_auth: false, ..spec() }, usual);
    check(
        &SelfSigned { subject: "サーバー ü".to_owned(), ..spec() },
        ("CN=サーバー ü", usual.1, usual.2),
    );
    // Reversed times, fractions of seconds, and years that UTCTime does not have.
    check(
        &SelfSigned {
            not_before: at("2049-12-31T23:59:59.9Z"),
            not_after: at("1970-01-01T00:00:00.9Z"),
            ..spec()
        },
        ("CN=example", "2049-12-31T23:59:59Z", "1970-01-01T00:00:00Z"),
    );
    check(
        &SelfSigned {
            not_before: at("2050-01-01T00:00:00Z"),
            not_after: at("9999-12-30T00:00:00Z"),
            ..spec()
        },
        ("CN=example", "2050-01-01T00:00:00Z", "9999-12-30T00:00:00Z"),
    );
}

#[test]
fn a_public_certificate_can_be_read() {
    let der = STANDARD.decode(ISRG_ROOT_X2).unwrap();
    let name = "C=US, O=Internet Security Research Group, CN=ISRG Root X2";
    let expected = Certificate {
        subject: name.to_owned(),
        issuer: name.to_owned(),
        not_before: at("2020-09-04T00:00:00Z"),
        not_after: at("2040-09-17T16:00:00Z"),
        thumbprint: "BDB1B93CD5978D45C6261455F8DB95C75AD153AF".to_owned(),
        client_auth: false,
    };
    assert_eq!(read(&der).unwrap(), expected);
}

#[test]
fn the_certificate_is_signed_by_its_own_key() {
    let der = self_signed(&spec(), &KEY).unwrap();
    let certificate = parse(&der).unwrap();
    let tbs = certificate.tbs_certificate;
    let key = tbs.subject_public_key_info.subject_public_key.raw_bytes();
    UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key)
        .verify(&tbs.to_der().unwrap(), certificate.signature.raw_bytes())
        .unwrap();
}

#[test]
fn equal_certificates_have_equal_bytes_and_others_another_serial_number() {
    let serial = |spec: &SelfSigned| {
        let der = self_signed(spec, &KEY).unwrap();
        parse(&der).unwrap().tbs_certificate.serial_number
    };
    assert_eq!(self_signed(&spec(), &KEY).unwrap(), self_signed(&spec(), &KEY).unwrap());
    for other in [
        SelfSigned { subject: "other".to_owned(), ..spec() },
        SelfSigned { not_after: at("2019-05-03T12:00:01Z"), ..spec() },
        SelfSigned { client_auth: false, ..spec() },
    ] {
        assert_ne!(serial(&spec()), serial(&other), "{other:?}");
    }
}

#[test]
fn the_same_seed_gives_the_same_key() {
    assert_eq!(*KEY, make_rsa_key(1).unwrap());
    assert_ne!(*KEY, make_rsa_key(2).unwrap());
    // A new version of `crypto-primes` or `rand_chacha` may find other keys; then update this value.
    assert_eq!(thumbprint(&KEY), KEY_OF_SEED_1);
}

#[test]
fn times_outside_of_the_range_are_refused() {
    for time in ["1969-12-31T23:59:59Z", "-000044-03-15T12:00:00Z"] {
        let refused = self_signed(&SelfSigned { not_before: at(time), ..spec() }, &KEY);
        assert!(matches!(refused, Err(X509Error::Time { .. })), "{time}: {refused:?}");
    }
}

#[test]
fn anything_but_a_key_or_a_certificate_is_refused() {
    let der = self_signed(&spec(), &KEY).unwrap();
    assert!(matches!(self_signed(&spec(), &der), Err(X509Error::Key(_))));
    assert!(matches!(read(&KEY), Err(X509Error::Malformed(_))));
    assert!(matches!(read(&[]), Err(X509Error::Malformed(_))));
    let longer = [der.as_slice(), &[0]].concat();
    assert!(matches!(read(&longer), Err(X509Error::Malformed(_))));
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..512)) {
        drop(read(&bytes));
    }

    #[test]
    fn a_changed_certificate_has_another_thumbprint(position: prop::sample::Index, mask in 1_u8..) {
        let der = STANDARD.decode(ISRG_ROOT_X2).unwrap();
        let mut changed = der.clone();
        changed[position.index(der.len())] ^= mask;
        if let Ok(found) = read(&changed) {
            prop_assert_ne!(found.thumbprint, thumbprint(&der));
        }
    }
}

const KEY_OF_SEED_1: &str = "C8F5C719F894DF39543440EC147BAAA70736F8E4";

/// A public root certificate that operating systems ship.
const ISRG_ROOT_X2: &str = "\
    MIICGzCCAaGgAwIBAgIQQdKd0XLq7qeAwSxs6S+HUjAKBggqhkjOPQQDAzBPMQswCQYDVQQGEwJVUzEpMCcGA1UEChMg\
    SW50ZXJuZXQgU2VjdXJpdHkgUmVzZWFyY2ggR3JvdXAxFTATBgNVBAMTDElTUkcgUm9vdCBYMjAeFw0yMDA5MDQwMDAw\
    MDBaFw00MDA5MTcxNjAwMDBaME8xCzAJBgNVBAYTAlVTMSkwJwYDVQQKEyBJbnRlcm5ldCBTZWN1cml0eSBSZXNlYXJj\
    aCBHcm91cDEVMBMGA1UEAxMMSVNSRyBSb290IFgyMHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEzZvVn4CDCuwJSvMWSj5c\
    z3es3mcFDR0HttwW+1qLFNvicWDEukWVEYmO6gbf9yoWHKS5xcUy4APgHoIYOIvXRdgKam7mAHf7AlF9ItgKbppbd9/w\
    +kHsOdx1ymgHDB/qo0IwQDAOBgNVHQ8BAf8EBAMCAQYwDwYDVR0TAQH/BAUwAwEB/zAdBgNVHQ4EFgQUfEKWrt5LSDv6\
    kviejM9ti6lyN5UwCgYIKoZIzj0EAwMDaAAwZQIwe3lORlCEwkSHRhtFcP9Ymd70/aTSVaYgLXTWNLxBo1BfASdWtL4n\
    dQavEi51mI38AjEAi/V3bNTIZargCyzuFJ0nN6T5U6VR5CmD1/iQMVtCnwr1/q4AaOeMSQ+2b1tbFfLn";
