use proptest::prelude::*;

use super::*;

fn bundle() -> Bundle {
    Bundle { certificate: b"a certificate".to_vec(), key: b"a key".to_vec() }
}

/// A whole file around `safes` with a MAC under `password`.
fn file_of(safes: &[u8], password: &Password<'_>) -> Vec<u8> {
    let salt = b"saltsalt";
    let mac = encryption::mac_sha1(safes, password, salt, ITERATIONS);
    der::sequence(&[
        &der::integer(VERSION),
        &content_info(oids::DATA, &der::octets(safes)),
        &mac_data(mac.as_ref(), salt),
    ])
}

/// A file with these bags, not encrypted.
fn file_of_bags(bags: &[&[u8]]) -> Vec<u8> {
    let safe = content_info(oids::DATA, &der::octets(&der::sequence(bags)));
    file_of(&der::sequence(&[&safe]), &Password::new(""))
}

fn key_bag(content: &[u8], id: &[u8]) -> Vec<u8> {
    bag(oids::KEY_BAG, content, &attributes("key", id))
}

fn certificate_bag(content: &[u8], id: &[u8]) -> Vec<u8> {
    let certificate = der::element(EXPLICIT_0, &[&der::octets(content)]);
    let certificate = der::sequence(&[&der::object_id(oids::X509_CERTIFICATE), &certificate]);
    bag(oids::CERTIFICATE_BAG, &certificate, &attributes("certificate", id))
}

#[test]
fn what_is_written_is_read() {
    for password in ["", "secret", "pä𐍈s"] {
        for friendly_name in ["", "example-1-5-2019", "名前 𐍈"] {
            let bytes = write(&bundle(), friendly_name, password).unwrap();
            assert_eq!(read(&bytes, password), Ok(bundle()), "{password:?} {friendly_name:?}");
        }
    }
}

#[test]
fn the_same_content_gives_the_same_bytes_and_other_content_other_salts() {
    let bytes = write(&bundle(), "name", "").unwrap();
    assert_eq!(bytes, write(&bundle(), "name", "").unwrap());
    let salts = |bundle: &Bundle, name, password| {
        let Salts { key, certificate, mac } = Salts::of(bundle, name, password);
        assert!(key != certificate && key != mac && certificate != mac);
        key
    };
    let base = salts(&bundle(), "name", "");
    assert_ne!(base, salts(&bundle(), "other", ""));
    assert_ne!(base, salts(&bundle(), "name", "other"));
    assert_ne!(base, salts(&Bundle { key: b"another key".to_vec(), ..bundle() }, "name", ""));
}

#[test]
fn a_wrong_password_is_refused() {
    for (written, read_with) in [("", "x"), ("x", ""), ("secret", "Secret")] {
        let bytes = write(&bundle(), "name", written).unwrap();
        assert_eq!(read(&bytes, read_with), Err(Pkcs12Error::Password), "{written} {read_with}");
    }
}

#[test]
fn both_shapes_of_the_empty_password_are_read() {
    let bags = der::sequence(&[&key_bag(b"a key", b"1"), &certificate_bag(b"a certificate", b"1")]);
    let safes = der::sequence(&[&content_info(oids::DATA, &der::octets(&bags))]);
    for shape in [Password::new(""), Password::absent()] {
        assert_eq!(read(&file_of(&safes, &shape), ""), Ok(bundle()));
    }
    assert_eq!(read(&file_of(&safes, &Password::absent()), "x"), Err(Pkcs12Error::Password));
}

#[test]
fn the_certificate_of_the_key_is_chosen() {
    let key = key_bag(b"a key", b"1");
    let stranger = certificate_bag(b"another certificate", b"2");
    let own = certificate_bag(b"a certificate", b"1");
    let plain = bag(oids::KEY_BAG, b"a key", &[]);
    let unknown = bag(oids::DATA, b"?", &[]);
    let found = |bags: &[&[u8]]| read(&file_of_bags(bags), "");
    assert_eq!(found(&[&stranger, &unknown, &key, &own]), Ok(bundle()));
    assert_eq!(found(&[&own, &stranger, &plain]), Ok(bundle()));
    assert_eq!(found(&[&key, &key_bag(b"another key", b"2"), &own, &stranger]), Ok(bundle()));
    assert_eq!(found(&[&own]), Err(Pkcs12Error::NoKey));
    assert_eq!(found(&[&key]), Err(Pkcs12Error::NoCertificate));
}

#[test]
fn what_cannot_be_trusted_or_understood_is_refused() {
    let bytes = write(&bundle(), "name", "").unwrap();
    assert_eq!(read(&[], ""), Err(Pkcs12Error::Malformed));
    assert_eq!(read(b"<xml/>", ""), Err(Pkcs12Error::Malformed));
    assert_eq!(read(&[bytes.as_slice(), &[0]].concat(), ""), Err(Pkcs12Error::Malformed));
    let long = vec![0x30; FILE_BYTES_MAX + 1];
    assert_eq!(read(&long, ""), Err(Pkcs12Error::Oversized { bytes: FILE_BYTES_MAX + 1 }));

    let safes = der::octets(&der::sequence(&[]));
    let content = content_info(oids::DATA, &safes);
    let without_mac = der::sequence(&[&der::integer(VERSION), &content]);
    assert_eq!(read(&without_mac, ""), Err(Pkcs12Error::NoMac));
    let signed = content_info(oids::ENCRYPTED_DATA, &safes);
    let signed = der::sequence(&[&der::integer(VERSION), &signed]);
    let id = "1.2.840.113549.1.7.6".to_owned();
    assert_eq!(read(&signed, ""), Err(Pkcs12Error::Unsupported { id }));
}

#[test]
fn the_work_that_a_file_asks_for_is_bounded() {
    let content = content_info(oids::DATA, &der::octets(&der::sequence(&[])));
    for (iterations, expected) in [
        (0, Pkcs12Error::Malformed),
        (ITERATIONS_MAX + 1, Pkcs12Error::TooManyIterations),
        (u32::MAX, Pkcs12Error::TooManyIterations),
    ] {
        let digest = der::sequence(&[
            &der::sequence(&[&der::object_id(oids::SHA1)]),
            &der::octets(&[0; 20]),
        ]);
        let mac = der::sequence(&[&digest, &der::octets(b"salt"), &der::integer(iterations)]);
        let file = der::sequence(&[&der::integer(VERSION), &content, &mac]);
        assert_eq!(read(&file, ""), Err(expected), "{iterations}");
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
        let mut bytes = write(&bundle(), "name", "").unwrap();
        let position = position.index(bytes.len());
        bytes[position] ^= mask;
        prop_assert!(read(&bytes, "").is_err(), "byte {} ^ {:#x}", position, mask);
    }

    #[test]
    fn strange_bags_under_a_good_mac_are_read_without_panic(
        position: prop::sample::Index,
        mask in 1_u8..,
    ) {
        let bags = [key_bag(b"a key", b"1"), certificate_bag(b"a certificate", b"1")].concat();
        let shrouded = write(&bundle(), "name", "").unwrap();
        let bags = der::sequence(&[&bags, &bag(oids::SHROUDED_KEY_BAG, &shrouded, &[])]);
        let mut safes = der::sequence(&[&content_info(oids::DATA, &der::octets(&bags))]);
        let position = position.index(safes.len());
        safes[position] ^= mask;
        drop(read(&file_of(&safes, &Password::new("")), ""));
    }

    #[test]
    fn a_cut_file_is_refused(length: prop::sample::Index) {
        let bytes = write(&bundle(), "name", "").unwrap();
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
        let bytes = write(&bundle, &name, &password).unwrap();
        prop_assert_eq!(read(&bytes, &password), Ok(bundle));
    }
}
