//! download-credentials: in the user's browser, the portal makes a certificate, uploads it to the vault and saves the
//! credentials file (mars-facts 3.2 to 3.5, 4.1).

use jiff::{SignedDuration, Timestamp};
use marslab_model::HostControl;
use marslab_model::host::Account;
use marslab_wire::pkcs12::{self, Bundle, Salts};
use marslab_wire::x509::{self, SelfSigned};

use crate::credentials_file::{VaultCredentials, audience, file_name};
use crate::files::write_text;
use crate::places::user_folder;
use crate::portal::{Portal, ShownVault};
use crate::random::random;
use crate::step::Step;
use crate::step_error::StepError;
use crate::steps::Steps;
use crate::{Intent, Limits};

pub(crate) async fn run(
    host: &dyn HostControl,
    intent: &Intent,
    limits: &Limits,
    steps: &Steps<'_>,
) -> Result<(), StepError> {
    let portal = Portal::sign_in(host, intent, Some(steps)).await?;
    let vault = intent.vault_name();
    steps.enter(Step::ShowVault).await?;
    let ShownVault { location, properties } = portal.vault(&vault).await?;
    steps.enter(Step::UploadCertificate).await?;
    let now = host.now();
    let from = -SignedDuration::from_secs(limits.backdated_seconds);
    let until = SignedDuration::from_hours(properties.credentials_hours.into());
    let bundle = make_certificate(host, now, (from, until))?;
    let name = certificate_name(vault.vault, vault.subscription, now);
    let issued = portal.issue(&vault, &name, &bundle.certificate).await?;
    let salts = Salts::from_seed(u64::from_le_bytes(random(host)));
    let credentials = VaultCredentials {
        subscription: vault.subscription.to_owned(),
        vault: vault.vault.to_owned(),
        management_cert: pkcs12::write(&bundle, &name, "", &salts)?,
        resource_id: issued.resource_id,
        resource_group: vault.resource_group.to_owned(),
        audience: audience(&location, vault.vault, issued.resource_id),
        location,
        authority: issued.aad_authority,
        tenant: issued.aad_tenant_id,
        client_id: issued.service_principal_client_id,
        endpoint: issued.azure_management_endpoint_audience,
        endpoint_state: properties.private_endpoint_state_for_backup,
    };
    steps.enter(Step::SaveCredentialsFile).await?;
    save(host, intent, &credentials, now)
}

/// A certificate as the management tools make it (mars-facts 3.5), valid from `from` to `until` relative to now.
fn make_certificate(
    host: &dyn HostControl,
    now: Timestamp,
    (from, until): (SignedDuration, SignedDuration),
) -> Result<Bundle, StepError> {
    let shifted = |by: SignedDuration| now.saturating_add(by).unwrap_or(now);
    let spec = SelfSigned {
        subject: "Windows Azure Tools".to_owned(),
        not_before: shifted(from),
        not_after: shifted(until),
        client_auth: true,
    };
    let key = host.make_rsa_key();
    let certificate = x509::self_signed(&spec, &key)?;
    Ok(Bundle { certificate, key })
}

/// `{vault}{subscription}-{M-d-yyyy}-vaultcredentials` (mars-facts 3.5).
fn certificate_name(vault: &str, subscription: &str, now: Timestamp) -> String {
    format!("{vault}{subscription}-{}-vaultcredentials", now.strftime("%-m-%-d-%Y"))
}

/// Saves the file in the downloads folder. It replaces a file of the same day, and has the access list of the folder.
fn save(
    host: &dyn HostControl,
    intent: &Intent,
    credentials: &VaultCredentials,
    now: Timestamp,
) -> Result<(), StepError> {
    let user = Account::User(intent.user.clone());
    let path = user_folder(&intent.user, "Downloads").join(&file_name(&credentials.vault, now));
    // There may be none of that day.
    let _none = host.remove_file(&user, &path);
    let saved = write_text(host, &user, &path, &credentials.to_xml());
    saved.map_err(|error| StepError::File { path, error })
}
