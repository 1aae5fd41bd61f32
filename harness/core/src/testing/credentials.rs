//! A vault credentials file, as the portal gives it.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::{SignedDuration, Timestamp};
use marslab_wire::pkcs12::{self, Bundle, Salts};
use marslab_wire::x509::{self, SelfSigned};

/// When the tests play.
pub(crate) const NOW: &str = "2019-06-03T09:00:00Z";

/// When the credentials file was downloaded.
pub(crate) const ISSUED: &str = "2019-06-03T08:00:00Z";

/// A certificate from ten minutes before [`ISSUED`] to 48 hours after, and its key.
pub(crate) fn bundle() -> &'static Bundle {
    &BUNDLE
}

/// The file of the vault with this name.
pub(crate) fn credentials_xml(vault: &str) -> String {
    let bytes = PACKED.as_str();
    format!(
        r#"<?xml version="1.0" encoding="utf-8"?>
<RSBackupVaultAADCreds
  xmlns:i="http://www.w3.org/2001/XMLSchema-instance"
  xmlns="http://schemas.datacontract.org/2004/07/Microsoft.Azure.Portal.RecoveryServices.Models.Common">
  <Version>2.0</Version>
  <SubscriptionId>c0ffee00-1b2d-4e3f-9a8b-7c6d5e4f3a21</SubscriptionId>
  <ResourceType>Vaults</ResourceType>
  <ResourceName>{vault}</ResourceName>
  <ManagementCert>{bytes}</ManagementCert>
  <ResourceId>8726350008099341699</ResourceId>
  <ResourceGroup>rg-backup</ResourceGroup>
  <Location>japaneast</Location>
  <ProviderNamespace>Microsoft.RecoveryServices</ProviderNamespace>
  <AadAuthority>https://login.windows.net</AadAuthority>
  <AadTenantId>5a2e7c1d-9f43-4b06-8a57-c3d0e1f29b64</AadTenantId>
  <AadAudience>https://RecoveryServiceVault/japaneast/{vault}/8726350008099341699</AadAudience>
  <ServicePrincipalClientId>e7a1b2c3-d4e5-4f60-8192-a3b4c5d6e7f8</ServicePrincipalClientId>
  <IdMgmtRestEndpoint>https://pod01-manag1.jpe.backup.windowsazure.com/restapi/</IdMgmtRestEndpoint>
  <AgentLinks>WABUpdateKBLink,http://go.microsoft.com/fwlink/p/?LinkId=229525</AgentLinks>
</RSBackupVaultAADCreds>"#
    )
}

static BUNDLE: LazyLock<Bundle> = LazyLock::new(|| {
    let issued: Timestamp = ISSUED.parse().unwrap();
    let key = x509::make_rsa_key(1).unwrap();
    let spec = SelfSigned {
        subject: "Windows Azure Tools".to_owned(),
        not_before: issued - SignedDuration::from_mins(10),
        not_after: issued + SignedDuration::from_hours(48),
        client_auth: true,
    };
    Bundle { certificate: x509::self_signed(&spec, &key).unwrap(), key }
});

static PACKED: LazyLock<String> = LazyLock::new(|| {
    STANDARD.encode(pkcs12::write(&BUNDLE, "vault", "", &Salts::from_seed(1)).unwrap())
});
