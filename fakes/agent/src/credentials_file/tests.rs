use marslab_model::WinPath;
use proptest::prelude::*;

use super::{
    AGENT_LINKS, CredentialsError, VaultCredentials, audience, file_name, has_extension,
    looks_like_one,
};

fn sample() -> VaultCredentials {
    VaultCredentials {
        subscription: "c0ffee00".to_owned(),
        vault: "vault-east".to_owned(),
        management_cert: vec![0x30, 0x82, 0xff],
        resource_id: 8_726_350_008_099_341_699,
        resource_group: "rg <a> & b".to_owned(),
        location: "japaneast".to_owned(),
        authority: "https://login.windows.net".to_owned(),
        tenant: "5a2e7c1d".to_owned(),
        audience: audience("japaneast", "vault-east", 8_726_350_008_099_341_699),
        client_id: "e7a1b2c3".to_owned(),
        endpoint: "https://example.invalid/restapi/".to_owned(),
        endpoint_state: None,
    }
}

fn read(text: &str) -> Result<VaultCredentials, CredentialsError> {
    VaultCredentials::from_xml(text.as_bytes())
}

#[test]
fn what_is_written_is_read() {
    let xml = sample().to_xml();
    assert!(read(&xml) == Ok(sample()), "{xml}");
    assert!(read(&format!("\u{feff}{xml}\r\n<!-- end -->\r\n")) == Ok(sample()));
}

#[test]
fn the_text_has_the_contracts_order() {
    let xml = sample().to_xml();
    let tags = xml.lines().filter_map(|line| line.trim().strip_prefix('<')?.split_once('>'));
    let tags: Vec<&str> =
        tags.map(|(tag, _)| tag).filter(|tag| !tag.contains(['?', '/'])).collect();
    let expected = "Version SubscriptionId ResourceType ResourceName ManagementCert ResourceId \
                    ResourceGroup Location ProviderNamespace AadAuthority AadTenantId AadAudience \
                    ServicePrincipalClientId IdMgmtRestEndpoint AgentLinks";
    assert_eq!(tags.join(" "), expected);
    assert!(xml.contains("<RSBackupVaultAADCreds\r\n  xmlns:i="), "{xml}");
    assert!(xml.contains("rg &lt;a&gt; &amp; b"), "{xml}");
    assert!(xml.contains(AGENT_LINKS), "{xml}");
}

#[test]
fn a_newer_file_has_one_more_element_at_its_end() {
    let newer = VaultCredentials { endpoint_state: Some("None".to_owned()), ..sample() };
    let xml = newer.to_xml();
    let added = "  <PrivateEndpointStateForBackup>None</PrivateEndpointStateForBackup>\r\n</RS";
    assert_eq!(xml, sample().to_xml().replace("</RS", added));
    assert!(read(&xml) == Ok(newer), "{xml}");
}

#[track_caller]
fn check(from: &str, to: &str, expected: CredentialsError) {
    let xml = sample().to_xml();
    assert!(xml.contains(from), "{xml}");
    assert_eq!(read(&xml.replacen(from, to, 2)).err(), Some(expected), "{from} -> {to}");
}

#[test]
fn what_is_no_credentials_file_is_refused() {
    check("RSBackupVaultAADCreds", "RSVaultAsrCreds", CredentialsError::Root);
    check("2004/07/Microsoft.Azure", "2004/07/Elsewhere", CredentialsError::Namespace);
    check("</ManagementCert>", "</ManagementCer", CredentialsError::NotXml);
    check("MIL/", "M!L/", CredentialsError::Value { name: "ManagementCert" });
    check(">8726350008099341699<", ">x<", CredentialsError::Value { name: "ResourceId" });
    check("Location>", "Place>", CredentialsError::Missing { name: "Location" });
    check(">japaneast<", "><", CredentialsError::Missing { name: "Location" });
    check("<Version>2.0</Version>", "loose", CredentialsError::NotXml);
    for text in ["", "vault", "<a", "<RSBackupVaultAADCreds/>", "\u{0}"] {
        assert!(read(text).is_err(), "{text}");
    }
    assert_eq!(VaultCredentials::from_xml(b"\xff\xfe<").err(), Some(CredentialsError::NotXml));
}

#[test]
fn unknown_elements_are_passed_over() {
    let more = "  <SiteName>None</SiteName>\r\n  <Empty />\r\n</RS";
    assert!(read(&sample().to_xml().replace("</RS", more)) == Ok(sample()));
}

#[test]
fn files_are_known_by_their_names() {
    let at = "2016-04-10T23:00:00Z".parse().unwrap();
    assert_eq!(file_name("testvault", at), "testvault_Sun Apr 10 2016.VaultCredentials");
    for (name, looks, has) in [
        ("vault-east_Tue May 21 2019.VaultCredentials", true, true),
        ("vault-east_tue may 21 2019.VAULTCREDENTIALS", true, true),
        ("my_vault_Tue May 21 2019.vaultcredentials", true, true),
        ("renamed.VaultCredentials", true, true),
        ("vault-east_Tue May 21 2019.VaultCredentials.xml", true, false),
        ("my_vault_Tue May 21 2019", true, false),
        ("holiday_Tuesday.jpg", false, false),
        ("VaultCredentials", false, false),
        ("setup.log", false, false),
    ] {
        let path = WinPath::new(r"C:\Users\admin\Downloads").join(name);
        assert_eq!(looks_like_one(&path), looks, "{name}");
        assert_eq!(has_extension(&path), has, "{name}");
    }
}

proptest! {
    #[test]
    fn every_text_survives(vault in "[^\u{0}-\u{1f}\u{fffe}\u{ffff}]{1,20}", cert: Vec<u8>, id: i64) {
        prop_assume!(!cert.is_empty());
        let sample = VaultCredentials { vault, management_cert: cert, resource_id: id, ..sample() };
        prop_assert!(read(&sample.to_xml()) == Ok(sample));
    }

    #[test]
    fn garbage_is_an_error(bytes: Vec<u8>) {
        prop_assert!(VaultCredentials::from_xml(&bytes).is_err());
    }

    #[test]
    fn a_damaged_file_is_never_a_panic(at in 0_usize..2000, byte: u8) {
        let mut bytes = sample().to_xml().into_bytes();
        let at = at % bytes.len();
        bytes[at] = byte;
        drop(VaultCredentials::from_xml(&bytes));
        drop(VaultCredentials::from_xml(&bytes[..at]));
    }
}
