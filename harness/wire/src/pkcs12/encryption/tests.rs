use super::*;

const ITERATIONS: NonZeroU32 = NonZeroU32::new(7).unwrap();

#[track_caller]
fn check_derive(purpose: Purpose, expected: &[u8]) {
    let salt = [0x9a, 0xf4, 0x70, 0x29, 0x58, 0xa8, 0xe9, 0x5c];
    let iterations = NonZeroU32::new(2048).unwrap();
    let hash = &digest::SHA1_FOR_LEGACY_USE_ONLY;
    let wanted = Wanted { hash, purpose, length: expected.len() };
    assert_eq!(wanted.derive(&Password::new(""), &salt, iterations), expected);
}

/// The vectors are those of the `p12` crate, for the empty password ended by a zero.
#[test]
fn keys_are_derived_as_others_derive_them() {
    check_derive(
        Purpose::Encryption,
        &[
            0xc2, 0x29, 0x4a, 0xa6, 0xd0, 0x29, 0x30, 0xeb, 0x5c, 0xe9, 0xc3, 0x29, 0xec, 0xcb,
            0x9a, 0xee, 0x1c, 0xb1, 0x36, 0xba, 0xea, 0x74, 0x65, 0x57,
        ],
    );
    check_derive(Purpose::Iv, &[0x8e, 0x9f, 0x8f, 0xc7, 0x66, 0x43, 0x78, 0xbc]);
}

fn algorithm(id: &[u8], parameters: &[u8]) -> Vec<u8> {
    der::sequence(&[&der::object_id(id), parameters])
}

/// PBES2 with this cipher, and this pseudorandom function if one is named.
fn pbes2_of(cipher: &[u8], iv: &[u8], random: Option<&[u8]>, iterations: u32) -> Vec<u8> {
    let random = random.map(|id| algorithm(id, &der::element(der::NULL, &[]))).unwrap_or_default();
    let derivation = der::sequence(&[&der::octets(b"salt"), &der::integer(iterations), &random]);
    let parameters = der::sequence(&[
        &algorithm(oids::PBKDF2, &derivation),
        &algorithm(cipher, &der::octets(iv)),
    ]);
    algorithm(oids::PBES2, &parameters)
}

fn open(algorithm: &[u8], data: &[u8]) -> Result<Vec<u8>, Pkcs12Error> {
    let algorithm = Reader::new(algorithm).enter(SEQUENCE)?;
    Sealed { algorithm, data }.open(&Password::new("secret"), &mut Budget::new())
}

/// Encrypts like `Cipher::decrypt` decrypts.
fn encrypt<C: BlockCipher + BlockEncryptMut>(cipher: C, iv: &[u8], data: &[u8]) -> Vec<u8> {
    cbc::Encryptor::inner_iv_slice_init(cipher, iv).unwrap().encrypt_padded_vec_mut::<Pkcs7>(data)
}

#[test]
fn each_cipher_of_pbes2_is_opened() {
    let key = |length| {
        let mut key = vec![0; length];
        pbkdf2::derive(pbkdf2::PBKDF2_HMAC_SHA256, ITERATIONS, b"salt", b"secret", &mut key);
        key
    };
    let text = b"more than one block of any cipher";
    let check = |id: &[u8], iv: &[u8], data: &[u8]| {
        let sealed = pbes2_of(id, iv, Some(oids::HMAC_SHA256), ITERATIONS.get());
        assert_eq!(open(&sealed, data).as_deref(), Ok(text.as_slice()), "{id:?}");
    };
    let iv = [3; 16];
    let aes128 = aes::Aes128::new_from_slice(&key(16)).unwrap();
    check(oids::AES_128_CBC, &iv, &encrypt(aes128, &iv, text));
    let aes192 = aes::Aes192::new_from_slice(&key(24)).unwrap();
    check(oids::AES_192_CBC, &iv, &encrypt(aes192, &iv, text));
    let aes256 = aes::Aes256::new_from_slice(&key(32)).unwrap();
    check(oids::AES_256_CBC, &iv, &encrypt(aes256, &iv, text));
    let iv = [3; 8];
    let triple_des = des::TdesEde3::new_from_slice(&key(24)).unwrap();
    check(oids::TRIPLE_DES_CBC, &iv, &encrypt(triple_des, &iv, text));
}

#[test]
fn each_pseudorandom_function_of_pbes2_is_used() {
    let iv = [3; 16];
    for (id, function) in [
        (None, pbkdf2::PBKDF2_HMAC_SHA1),
        (Some(oids::HMAC_SHA1), pbkdf2::PBKDF2_HMAC_SHA1),
        (Some(oids::HMAC_SHA256), pbkdf2::PBKDF2_HMAC_SHA256),
        (Some(oids::HMAC_SHA384), pbkdf2::PBKDF2_HMAC_SHA384),
        (Some(oids::HMAC_SHA512), pbkdf2::PBKDF2_HMAC_SHA512),
    ] {
        let mut key = [0; 32];
        pbkdf2::derive(function, ITERATIONS, b"salt", b"secret", &mut key);
        let data = encrypt(aes::Aes256::new_from_slice(&key).unwrap(), &iv, b"text");
        let sealed = pbes2_of(oids::AES_256_CBC, &iv, id, ITERATIONS.get());
        assert_eq!(open(&sealed, &data).as_deref(), Ok(b"text".as_slice()), "{id:?}");
    }
}

#[test]
fn both_ciphers_of_pbes1_are_opened() {
    let password = Password::new("secret");
    let (sealed, data) = seal(b"text", &password, b"salt", ITERATIONS).unwrap();
    assert_eq!(open(&sealed, &data).as_deref(), Ok(b"text".as_slice()));

    let (key, iv) = pbes1_key(Cipher::Rc2Bits40, &password, b"salt", ITERATIONS);
    let data = encrypt(rc2::Rc2::new_from_slice(&key).unwrap(), &iv, b"text");
    let parameters = der::sequence(&[&der::octets(b"salt"), &der::integer(ITERATIONS.get())]);
    let sealed = algorithm(oids::PBE_SHA1_RC2_40, &parameters);
    assert_eq!(open(&sealed, &data).as_deref(), Ok(b"text".as_slice()));
}

#[test]
fn each_hash_of_a_mac_is_used() {
    let password = Password::new("secret");
    for (id, hash) in [
        (oids::SHA1, hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY),
        (oids::SHA256, hmac::HMAC_SHA256),
        (oids::SHA384, hmac::HMAC_SHA384),
        (oids::SHA512, hmac::HMAC_SHA512),
    ] {
        let tag = hmac::sign(&mac_key(hash, &password, b"salt", ITERATIONS), b"text");
        let fits = |content: &[u8], algorithm| {
            let iterations = ITERATIONS.get();
            let mac = Mac { algorithm, tag: tag.as_ref(), salt: b"salt", iterations };
            mac.fits(content, &password, &mut Budget::new())
        };
        assert_eq!(fits(b"text", id), Ok(true), "{id:?}");
        assert_eq!(fits(b"test", id), Ok(false), "{id:?}");
        let other = "1.2.840.113549.1.7.1".to_owned();
        assert_eq!(fits(b"text", oids::DATA), Err(Pkcs12Error::Unsupported { id: other }));
    }
}

#[test]
fn what_cannot_be_opened_is_refused() {
    let iv = [3; 16];
    let sealed = |cipher, iv, iterations| pbes2_of(cipher, iv, Some(oids::HMAC_SHA256), iterations);
    let good = sealed(oids::AES_256_CBC, &iv, 7);
    let check = |algorithm: &[u8], data: &[u8], expected: Pkcs12Error| {
        assert_eq!(open(algorithm, data), Err(expected));
    };
    // Not whole blocks; a wrong padding; a vector of a wrong length.
    check(&good, b"short", Pkcs12Error::Password);
    check(&good, &[0; 32], Pkcs12Error::Password);
    check(&sealed(oids::AES_256_CBC, &[3; 8], 7), &[0; 32], Pkcs12Error::Password);
    check(&sealed(oids::AES_256_CBC, &iv, 0), &[0; 32], Pkcs12Error::Malformed);
    let endless = sealed(oids::AES_256_CBC, &iv, u32::MAX);
    check(&endless, &[0; 32], Pkcs12Error::TooManyIterations);
    let id = "1.2.840.113549.1.7.1".to_owned();
    check(&sealed(oids::DATA, &iv, 7), &[0; 32], Pkcs12Error::Unsupported { id });
}
