//! The object identifiers of PKCS#12 files, as the content of their DER.

use x509_parser::asn1_rs::oid;

// RFC 2315 and RFC 5652: what a content is.
pub(super) const DATA: &[u8] = &oid!(raw 1.2.840.113549.1.7.1);
pub(super) const ENCRYPTED_DATA: &[u8] = &oid!(raw 1.2.840.113549.1.7.6);

// RFC 7292, appendix D: what a bag is.
pub(super) const KEY_BAG: &[u8] = &oid!(raw 1.2.840.113549.1.12.10.1.1);
pub(super) const SHROUDED_KEY_BAG: &[u8] = &oid!(raw 1.2.840.113549.1.12.10.1.2);
pub(super) const CERTIFICATE_BAG: &[u8] = &oid!(raw 1.2.840.113549.1.12.10.1.3);

// RFC 2985: what a bag holds and is called.
pub(super) const X509_CERTIFICATE: &[u8] = &oid!(raw 1.2.840.113549.1.9.22.1);
pub(super) const FRIENDLY_NAME: &[u8] = &oid!(raw 1.2.840.113549.1.9.20);
pub(super) const LOCAL_KEY_ID: &[u8] = &oid!(raw 1.2.840.113549.1.9.21);

// RFC 7292, appendix C: PBES1.
pub(super) const PBE_SHA1_TRIPLE_DES: &[u8] = &oid!(raw 1.2.840.113549.1.12.1.3);
pub(super) const PBE_SHA1_RC2_40: &[u8] = &oid!(raw 1.2.840.113549.1.12.1.6);

// RFC 8018: PBES2.
pub(super) const PBKDF2: &[u8] = &oid!(raw 1.2.840.113549.1.5.12);
pub(super) const PBES2: &[u8] = &oid!(raw 1.2.840.113549.1.5.13);
pub(super) const HMAC_SHA1: &[u8] = &oid!(raw 1.2.840.113549.2.7);
pub(super) const HMAC_SHA256: &[u8] = &oid!(raw 1.2.840.113549.2.9);
pub(super) const HMAC_SHA384: &[u8] = &oid!(raw 1.2.840.113549.2.10);
pub(super) const HMAC_SHA512: &[u8] = &oid!(raw 1.2.840.113549.2.11);
pub(super) const TRIPLE_DES_CBC: &[u8] = &oid!(raw 1.2.840.113549.3.7);
pub(super) const AES_128_CBC: &[u8] = &oid!(raw 2.16.840.1.101.3.4.1.2);
pub(super) const AES_192_CBC: &[u8] = &oid!(raw 2.16.840.1.101.3.4.1.22);
pub(super) const AES_256_CBC: &[u8] = &oid!(raw 2.16.840.1.101.3.4.1.42);

// Hashes, of the MAC.
pub(super) const SHA1: &[u8] = &oid!(raw 1.3.14.3.2.26);
pub(super) const SHA256: &[u8] = &oid!(raw 2.16.840.1.101.3.4.2.1);
pub(super) const SHA384: &[u8] = &oid!(raw 2.16.840.1.101.3.4.2.2);
pub(super) const SHA512: &[u8] = &oid!(raw 2.16.840.1.101.3.4.2.3);
