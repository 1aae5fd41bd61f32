use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use pkcs12::PKCS_12_PBEWITH_SHAAND40_BIT_RC2_CBC as PBE_RC2;
use pkcs12::mac_data::MacData;
use proptest::prelude::*;

use super::*;

fn bundle() -> Bundle {
    Bundle { certificate: b"a certificate".to_vec(), key: b"a key".to_vec() }
}

fn written(bundle: &Bundle, friendly_name: &str, password: &str) -> Vec<u8> {
    write(bundle, friendly_name, password, &Salts::from_seed(1)).unwrap()
}

/// A file of these bags, unencrypted, under the empty password.
fn file_of(bags: &[SafeBag]) -> Vec<u8> {
    file_around(vec![data(bags.to_vec().to_der().unwrap()).unwrap()].to_der().unwrap())
}

fn file_around(safes: Vec<u8>) -> Vec<u8> {
    let mac_data = Some(Encryptor::new("").mac(&safes, [1; SALT_BYTES]).unwrap());
    encoded(safes, mac_data)
}

fn encoded(safes: Vec<u8>, mac_data: Option<MacData>) -> Vec<u8> {
    Pfx { version: Version::V3, auth_safe: data(safes).unwrap(), mac_data }.to_der().unwrap()
}

fn key_bag(content: &[u8], id: &[u8]) -> SafeBag {
    let (encryption_algorithm, encrypted) =
        Encryptor::new("").encrypt(content, [2; SALT_BYTES]).unwrap();
    let encrypted_data = OctetString::new(encrypted).unwrap();
    let key = EncryptedPrivateKeyInfo { encryption_algorithm, encrypted_data };
    bag(PKCS_12_PKCS8_KEY_BAG_OID, &key, &attributes("key", id).unwrap()).unwrap()
}

fn certificate_bag(content: &[u8], id: &[u8]) -> SafeBag {
    let cert_value = OctetString::new(content).unwrap();
    let certificate = CertBag { cert_id: PKCS_12_X509_CERT_OID, cert_value };
    bag(PKCS_12_CERT_BAG_OID, &certificate, &attributes("certificate", id).unwrap()).unwrap()
}

#[test]
fn a_written_file_can_be_read() {
    for password in ["", "secret", "pä𐍈s"] {
        for friendly_name in ["", "example-1-5-2019", "名前 𐍈"] {
            let bytes = written(&bundle(), friendly_name, password);
            assert_eq!(read(&bytes, password), Ok(bundle()), "{password:?} {friendly_name:?}");
        }
    }
}

#[test]
fn a_file_of_openssl_can_be_read() {
    let read = read(&STANDARD.decode(FROM_OPENSSL).unwrap(), "secret").unwrap();
    assert_eq!(x509::thumbprint(&read.certificate), "1DBAE455D47441B1BEC0BFE5616EC5B90B70F1D8");
    assert_eq!(x509::thumbprint(&read.key), "276F0C5F8BF4AC3464E207E7724307B078504702");
}

#[test]
fn salts_decide_the_bytes() {
    let written = |seed| write(&bundle(), "name", "", &Salts::from_seed(seed)).unwrap();
    assert_eq!(written(1), written(1));
    assert_ne!(written(1), written(2));
    let Salts { key, certificate, mac } = Salts::from_seed(1);
    assert!(key != certificate && key != mac && certificate != mac);
}

#[test]
fn a_wrong_password_is_refused() {
    for (password, other) in [("", "x"), ("x", ""), ("secret", "Secret")] {
        let bytes = written(&bundle(), "name", password);
        assert_eq!(read(&bytes, other), Err(Pkcs12Error::Password), "{password} {other}");
    }
}

#[test]
fn the_certificate_of_the_key_is_chosen() {
    let key = || key_bag(b"a key", b"1");
    let other = || certificate_bag(b"another certificate", b"2");
    let own = || certificate_bag(b"a certificate", b"1");
    let unnamed = || SafeBag { bag_attributes: None, ..key() };
    let unknown = || SafeBag { bag_id: ID_DATA, ..key() };
    let found = |bags: &[SafeBag]| read(&file_of(bags), "");
    assert_eq!(found(&[other(), unknown(), key(), own()]), Ok(bundle()));
    assert_eq!(found(&[own(), other(), unnamed()]), Ok(bundle()));
    assert_eq!(found(&[key(), key_bag(b"another key", b"2"), own(), other()]), Ok(bundle()));
    assert_eq!(found(&[own()]), Err(Pkcs12Error::NoKey));
    assert_eq!(found(&[key()]), Err(Pkcs12Error::NoCertificate));
}

#[test]
fn anything_else_is_refused() {
    let bytes = written(&bundle(), "name", "");
    for bytes in [&b""[..], b"<xml/>", &[bytes.as_slice(), &[0]].concat()] {
        assert!(matches!(read(bytes, ""), Err(Pkcs12Error::Malformed(_))), "{bytes:?}");
    }
    let long = vec![0x30; FILE_BYTES_MAX + 1];
    assert_eq!(read(&long, ""), Err(Pkcs12Error::Oversized { bytes: FILE_BYTES_MAX + 1 }));
    assert_eq!(read(&encoded(vec![0x30, 0], None), ""), Err(Pkcs12Error::NoMac));
}

/// Replaces an object identifier that has the same length as another.
fn replaced(bytes: &[u8], from: ObjectIdentifier, to: ObjectIdentifier) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let at = bytes.windows(from.as_bytes().len()).position(|part| part == from.as_bytes());
    let at = at.unwrap();
    bytes[at..at + from.as_bytes().len()].copy_from_slice(to.as_bytes());
    bytes
}

#[test]
fn unsupported_forms_are_named() {
    #[track_caller]
    fn check(bytes: &[u8], id: ObjectIdentifier) {
        assert_eq!(read(bytes, ""), Err(Pkcs12Error::Unsupported { id }));
    }
    let sha1 = ObjectIdentifier::new_unwrap("1.3.14.3.2.26");
    let other = ObjectIdentifier::new_unwrap("1.3.14.3.2.27");
    let bytes = written(&bundle(), "name", "");
    check(&replaced(&bytes, sha1, other), other);
    check(&replaced(&bytes, ID_DATA, ID_ENCRYPTED_DATA), ID_ENCRYPTED_DATA);
    let triple_des = pkcs12::PKCS_12_PBE_WITH_SHAAND3_KEY_TRIPLE_DES_CBC;
    let key = key_bag(b"a key", b"1");
    let bag_value = replaced(&key.bag_value, triple_des, PBE_RC2);
    check(&file_of(&[SafeBag { bag_value, ..key }]), PBE_RC2);
    let certificate = certificate_bag(b"a certificate", b"1");
    let sdsi = pkcs12::PKCS_12_SDSI_CERT_OID;
    let bag_value = replaced(&certificate.bag_value, PKCS_12_X509_CERT_OID, sdsi);
    check(&file_of(&[SafeBag { bag_value, ..certificate }]), sdsi);
}

#[test]
fn iterations_are_bounded() {
    for iterations in [0, -1, i32::MAX, i32::try_from(ITERATIONS_MAX).unwrap() + 1] {
        let safes = vec![0x30, 0];
        let mac = Encryptor::new("").mac(&safes, [1; SALT_BYTES]).unwrap();
        let file = encoded(safes, Some(MacData { iterations, ..mac }));
        assert_eq!(read(&file, ""), Err(Pkcs12Error::Iterations), "{iterations}");
    }
}

#[test]
fn the_key_is_not_shown() {
    let shown = format!("{:?}", bundle());
    assert!(shown.contains(&x509::thumbprint(b"a certificate")), "{shown}");
    assert!(!shown.contains("key"), "{shown}");
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..512)) {
        prop_assert!(read(&bytes, "").is_err());
    }

    #[test]
    fn a_changed_file_is_refused(position: prop::sample::Index, mask in 1_u8..) {
        let mut bytes = written(&bundle(), "name", "");
        let position = position.index(bytes.len());
        bytes[position] ^= mask;
        prop_assert!(read(&bytes, "").is_err(), "byte {} ^ {:#x}", position, mask);
    }

    #[test]
    fn damaged_bags_under_a_good_mac_are_read_without_panic(
        position: prop::sample::Index,
        mask in 1_u8..,
    ) {
        let bags = vec![key_bag(b"a key", b"1"), certificate_bag(b"a certificate", b"1")];
        let mut safes = vec![data(bags.to_der().unwrap()).unwrap()].to_der().unwrap();
        let position = position.index(safes.len());
        safes[position] ^= mask;
        drop(read(&file_around(safes), ""));
    }

    #[test]
    fn a_truncated_file_is_refused(length: prop::sample::Index) {
        let bytes = written(&bundle(), "name", "");
        prop_assert!(read(&bytes[..length.index(bytes.len())], "").is_err());
    }

    #[test]
    fn any_bundle_comes_back(
        certificate in prop::collection::vec(any::<u8>(), 0..400),
        key in prop::collection::vec(any::<u8>(), 0..400),
        name: String,
        password: String,
    ) {
        let bundle = Bundle { certificate, key };
        let bytes = written(&bundle, &name, &password);
        prop_assert_eq!(read(&bytes, &password), Ok(bundle));
    }
}

/// Made by OpenSSL 3.0 with `pkcs12 -export -legacy -keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-3DES -macalg sha1`.
const FROM_OPENSSL: &str = "\
    MIIDvQIBAzCCA4MGCSqGSIb3DQEHAaCCA3QEggNwMIIDbDCCAj8GCSqGSIb3DQEHBqCCAjAwggIsAgEAMIICJQYJKoZIhvcNAQcBMBwG\
    CiqGSIb3DQEMAQMwDgQIFM9dQQ8lSCgCAggAgIIB+EN8DARyX3Cp6gd84dNe9viX58f2lnTkPz51ySwJ++5aMxRr41QcweR6CkJbDmWe\
    2mwOHgIP9xXJM9XAyvx6LSSDXIkjqV7itHN3ywuKcEVsWTaCss+WIdHVSmRnqkkSUsD883wYxcpQoDEk691Yv+S/th7kBlpEIjwzHpOh\
    e/Iy4NOfYgT9cT+TDc9qf7UMkb6YIgttWOOGCpTIMZPWP4lQn+bvTVKBGreCrJskJt/lXJriC6lp2tut8kYkDyYAo61DQG5y+oIIX/Uz\
    WzLExgTPtCiou2PsoqF3EauxfGIhBuvwoxOZAWeIMrR1gc14j1f5jl6Eo4YxSvmYmLUnC0okRnu8hAKOsO/LKDlsTcV1vdilhfVo4V4Z\
    LfZmvl0GMyrziKx/CEdTEHfirYZDZlZlqowcwDdjWzdxV0FkeM7aRQ228500Q3H68GDw67xEvNjyfM+WbpTXqBgPN9SioZaZduGr7Nfe\
    DV/p6YHVKNhRZIOXy/b39llK6MHBpXTX4wzAM7lY4DCdPj4rRhImg/GkYcmP56D+qYcPiDJSffr6xDUQZ0mWXhjvWzRGVtM83OXTP80a\
    RnGQahxevuomlXsyi6UP37XC9Ox0u4nsy+mjVdW9S/i2LNAqwKiBJBYE6/aD3IedPNuceNeL1EgDbDZmGzPBqTxHEzCCASUGCSqGSIb3\
    DQEHAaCCARYEggESMIIBDjCCAQoGCyqGSIb3DQEMCgECoIG0MIGxMBwGCiqGSIb3DQEMAQMwDgQILZ64Y+jKlfwCAggABIGQ+31+XkmD\
    FqperT1S75FBp0ZXXHBFe6qJwekUDd0JAo3bxFXj9+AmFyiEmBxmBu4cend8YVgWFY3w2jpu84JeiyOntz3J+pvqJxeUeKaror89rLWZ\
    zOHczkLGSnsSSHjCiL1K90zJCy4K5ggRCa3GDBjKaRgLU01EDdiNNbJJvRlIEX1VobNC3o0kouViWkKQMUQwHQYJKoZIhvcNAQkUMRAe\
    DgBlAHgAYQBtAHAAbABlMCMGCSqGSIb3DQEJFTEWBBQduuRV1HRBsb7Av+VhbsW5C3Dx2DAxMCEwCQYFKw4DAhoFAAQUVNbm0k8ZTouB\
    NxvSYt5+33TxkXgECB9lYCKmiAV0AgIIAA==";
