use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use marslab_wire::pkcs12::{self, Salts};
use proptest::prelude::{any, proptest};

use super::{Document, Flaw, service_in};
use crate::testing::{ISSUED, bundle, credentials_xml};

fn read(text: &str) -> Result<Document, Flaw> {
    Document::read(text.as_bytes())
}

/// The file with the text of one element replaced.
fn with(element: &str, text: &str) -> String {
    let xml = credentials_xml("vault-east");
    let (head, rest) = xml.split_once(&format!("<{element}>")).unwrap();
    let (_, tail) = rest.split_once(&format!("</{element}>")).unwrap();
    format!("{head}<{element}>{text}</{element}>{tail}")
}

#[test]
fn a_sound_file_says_what_it_says() {
    let document = read(&credentials_xml("vault-east")).unwrap();
    assert_eq!(document.vault.name, "vault-east");
    assert_eq!(document.vault.group, "rg-backup");
    assert_eq!(document.authority, "https://login.windows.net");
    assert_eq!(document.bundle, *bundle());
    let issued: jiff::Timestamp = ISSUED.parse().unwrap();
    assert_eq!(document.not_before, issued - jiff::SignedDuration::from_mins(10));
    assert_eq!(document.not_after, issued + jiff::SignedDuration::from_hours(48));
}

#[test]
fn a_damaged_file_may_still_tell_where_the_service_is() {
    let host = Some("pod01-manag1.jpe.backup.windowsazure.com".into());
    let xml = credentials_xml("vault-east");
    let (head, _) = xml.split_once("<AgentLinks>").unwrap();
    let escaped = xml.replace("https://pod01-manag1", " https://pod01&#45;manag1");
    for text in [xml.as_str(), head, &escaped, &xml.replace("ResourceName", "VaultName")] {
        assert_eq!(service_in(text.as_bytes()), host, "{text}");
    }
    let (head, _) = xml.split_once("<IdMgmtRestEndpoint>").unwrap();
    for text in ["", head, "<IdMgmtRestEndpoint></IdMgmtRestEndpoint>", "<html>"] {
        assert_eq!(service_in(text.as_bytes()), None, "{text}");
    }
}

#[test]
fn spelling_does_not_matter() {
    let xml = credentials_xml("vault-east");
    assert!(read(&format!("\u{feff}{xml}\r\n")).is_ok());
    assert_eq!(read(&with("ResourceGroup", "R&amp;D&#x21;")).unwrap().vault.group, "R&D!");
    let (head, tail) = xml.split_once("<Version>").unwrap();
    assert!(read(&format!("{head}<!-- by hand --><Version>{tail}")).is_ok());
    let packed =
        STANDARD.encode(pkcs12::write(bundle(), "vault", "", &Salts::from_seed(1)).unwrap());
    let (one, two) = packed.split_at(64);
    assert!(read(&with("ManagementCert", &format!("\r\n{one}\r\n{two}\r\n"))).is_ok());
}

#[test]
fn damage_is_named() {
    let xml = credentials_xml("vault-east");
    let half = xml.split_at(xml.len() / 2).0;
    let truncated = xml.trim_end_matches('>');
    let otherwise = xml.replace("RSBackupVaultAADCreds", "RSVaultAsrCreds");
    let without = xml.replace("<Location>", "<Site>").replace("</Location>", "</Site>");
    let mixed = xml.replace("</ResourceName>", "</ResourceGroup>");
    for (text, flaw) in [
        ("", Flaw::NotXml),
        ("MZ\u{0}", Flaw::NotXml),
        (half, Flaw::NotXml),
        (truncated, Flaw::NotXml),
        (&mixed, Flaw::NotXml),
        (&format!("{xml}garbage"), Flaw::NotXml),
        (&with("ResourceGroup", "&nobody;"), Flaw::NotXml),
        ("<html><body/></html>", Flaw::OtherRoot("html".to_owned())),
        (&otherwise, Flaw::OtherRoot("RSVaultAsrCreds".to_owned())),
        (&with("AadTenantId", " "), Flaw::Missing("AadTenantId")),
        (&with("ResourceId", "eight"), Flaw::BadNumber),
        (&with("ManagementCert", "!!!"), Flaw::BadCertificate),
        (&with("ManagementCert", "AAAA"), Flaw::BadCertificate),
    ] {
        assert_eq!(read(text), Err(flaw), "{text}");
    }
    // An element that nobody needs may be missing.
    assert!(read(&without).is_ok());
    assert_eq!(Document::read(&[0xff, 0xfe, 0x3c, 0x00]), Err(Flaw::NotXml));
}

#[test]
fn a_certificate_with_one_wrong_bit_is_damaged() {
    let mut packed = pkcs12::write(bundle(), "vault", "", &Salts::from_seed(1)).unwrap();
    let middle = packed.len() / 2;
    packed[middle] ^= 1;
    let xml = with("ManagementCert", &STANDARD.encode(packed));
    assert_eq!(read(&xml), Err(Flaw::BadCertificate));
    let locked = pkcs12::write(bundle(), "vault", "secret", &Salts::from_seed(1)).unwrap();
    let xml = with("ManagementCert", &STANDARD.encode(locked));
    assert_eq!(read(&xml), Err(Flaw::BadCertificate));
}

proptest! {
    #[test]
    fn any_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        drop(Document::read(&bytes));
    }

    #[test]
    fn any_cut_is_damage(at in 0_usize..800) {
        let xml = credentials_xml("vault-east");
        if let Some(cut) = xml.get(..at) {
            assert!(read(cut).is_err());
        }
    }
}
