//! register: the server registers with the vault of the credentials file that is named, or the newest one (mars-facts E1).

use jiff::{SignedDuration, Timestamp};
use marslab_model::host::{Account, CertificateInfo, VolumeInfo};
use marslab_model::world::VolumeKind;
use marslab_model::{HostControl, Name, WinPath};
use marslab_wire::pkcs12::{self, Bundle};
use marslab_wire::x509::{self, Certificate, SelfSigned};

use super::Agent;
use crate::Limits;
use crate::config::{Registration, keep_storage};
use crate::connect::SignIn;
use crate::credentials_file::{
    CredentialsError, ENDPOINT_STATE, VaultCredentials, has_extension, looks_like_one,
};
use crate::engine;
use crate::places::{text_as, user_folder};
use crate::service::{Registered, Service};
use crate::step::Step;
use crate::step_error::StepError;
use crate::web::Web;

pub(crate) async fn run(agent: &mut Agent<'_>) -> Result<(), StepError> {
    let host = agent.host;
    agent.call_engine().await?;
    agent.start_engine().await?;
    let (file, bundle, facts) = credentials(agent).await?;
    agent.enter(Step::ImportCertificate).await?;
    let imported = import(host, &bundle, &facts);
    let registered = register_by(agent, &file, &bundle, &facts).await;
    if let Some(imported) = imported {
        host.remove_certificate(&imported);
    }
    registered
}

async fn register_by(
    agent: &mut Agent<'_>,
    file: &VaultCredentials,
    bundle: &Bundle,
    facts: &Certificate,
) -> Result<(), StepError> {
    let host = agent.host;
    agent.enter(Step::ReadProxySettings).await?;
    let web = Web::of_agent(host)?;
    let sign_in = SignIn {
        authority: &file.authority,
        tenant: &file.tenant,
        audience: &file.audience,
        client_id: &file.client_id,
        thumbprint: &facts.thumbprint,
        key: &bundle.key,
    };
    let bearer = agent.connect(&web, &sign_in).await?;
    let identity = match earlier_identity(host, file) {
        Some((earlier, identity)) => {
            // A server that was registered before proves that it still has its identity.
            agent.enter(Step::SignInAsRegistered).await?;
            agent.token(&web, &earlier.sign_in(&identity.key)).await?;
            identity
        }
        None => new_identity(host, agent.limits)?,
    };
    agent.enter(Step::RegisterMachine).await?;
    let service = Service::new(web, &file.endpoint, bearer);
    let full_name = host.full_name();
    let version = engine::version(host).unwrap_or_default();
    let certificate = &identity.info.der;
    let registered = service.register(full_name.as_str(), certificate, &version).await?;
    agent.success("Machine registration succeeded.");
    agent.enter(Step::StoreRegistration).await?;
    keep(host, file, registered, &identity);
    Ok(())
}

/// Reads the file that the administrator picks.
async fn credentials(
    agent: &Agent<'_>,
) -> Result<(VaultCredentials, Bundle, Certificate), StepError> {
    let host = agent.host;
    agent.enter(Step::PickCredentialsFile).await?;
    let path = match &agent.intent.credentials {
        Some(path) => path.clone(),
        None => newest(host, &agent.intent.user)?,
    };
    if !has_extension(&path) {
        return Err(StepError::Extension);
    }
    agent.enter(Step::OpenCredentialsFile).await?;
    let bytes = host.read_file(&Account::System, &path);
    let bytes = bytes.map_err(|error| StepError::UnreadableCredentials { path, error })?;
    agent.enter(Step::ReadCredentials).await?;
    let file = VaultCredentials::from_xml(&bytes)?;
    if file.endpoint_state.is_some() && !engine::reads_endpoint_state(host, agent.limits) {
        return Err(CredentialsError::Newer { name: ENDPOINT_STATE }.into());
    }
    agent.enter(Step::CompareVault).await?;
    is_of_own_vault(host, &file)?;
    agent.enter(Step::OpenCertificate).await?;
    let bundle = pkcs12::read(&file.management_cert, "")?;
    let facts = x509::read(&bundle.certificate)?;
    agent.enter(Step::VerifyCertificateDates).await?;
    let now = agent.now();
    if now < facts.not_before || now > facts.not_after {
        return Err(StepError::CertificateDates);
    }
    Ok((file, bundle, facts))
}

/// Checks that the file is of the vault with which the server is registered, if it is (mars-facts 1.9).
fn is_of_own_vault(host: &dyn HostControl, file: &VaultCredentials) -> Result<(), StepError> {
    match Registration::read(host) {
        Some(own) if own.resource_id != file.resource_id.to_string() => Err(StepError::OtherVault),
        _ => Ok(()),
    }
}

/// The file that the user picks: the newest one among the downloads that looks like vault credentials. Of several with the same
/// time it is one with the extension, and among those a local one.
fn newest(host: &dyn HostControl, user: &Name) -> Result<WinPath, StepError> {
    let account = Account::User(user.clone());
    // A folder that cannot be listed has nothing to pick.
    let files = |folder| host.list_folder(&account, &folder).unwrap_or_default();
    let files = folders(host, user, &account).into_iter().flat_map(files);
    let ours = files.filter(|file| !file.folder && looks_like_one(&file.path));
    let newest = ours.max_by_key(|file| (file.modified, has_extension(&file.path)));
    newest.map(|file| file.path).ok_or(StepError::NoCredentials)
}

/// Where a user's downloads can be: on network drives, in the folder that was chosen in Windows, and in the default folder.
fn folders(host: &dyn HostControl, user: &Name, account: &Account) -> Vec<WinPath> {
    let drives = host
        .volumes(account)
        .unwrap_or_default()
        .into_iter()
        .filter(|(_, volume)| is_share(volume));
    let drives = drives.map(|(letter, _)| WinPath::new(format!("{letter}\\")));
    let moved = text_as(host, account, SHELL_FOLDERS_KEY, DOWNLOADS_ID).map(WinPath::new);
    drives.chain(moved).chain([user_folder(user, "Downloads")]).collect()
}

fn is_share(volume: &VolumeInfo) -> bool {
    volume.kind == VolumeKind::Network
}

/// Installs the certificate of the credentials file, unless it is installed already.
fn import(host: &dyn HostControl, bundle: &Bundle, facts: &Certificate) -> Option<Name> {
    let thumbprint = Name::new(&facts.thumbprint);
    if host.private_key(&thumbprint).is_some() {
        return None;
    }
    let info = CertificateInfo {
        thumbprint: thumbprint.clone(),
        subject: facts.subject.clone(),
        der: bundle.certificate.clone().into(),
    };
    host.install_certificate(&info, &bundle.key);
    Some(thumbprint)
}

/// A machine's certificate and private key.
struct Identity {
    info: CertificateInfo,
    key: Vec<u8>,
}

/// The identity of an earlier registration with the same vault, if the registry and the store still have it, and its
/// certificate has not expired.
fn earlier_identity(
    host: &dyn HostControl,
    file: &VaultCredentials,
) -> Option<(Registration, Identity)> {
    let earlier = Registration::read(host)?;
    if earlier.resource_id != file.resource_id.to_string() {
        return None;
    }
    let key = host.private_key(&earlier.thumbprint)?;
    let stored = host.certificates().ok()?;
    let info = stored.into_iter().find(|stored| stored.thumbprint == earlier.thumbprint)?;
    if x509::read(&info.der).ok()?.not_after < host.now() {
        return None;
    }
    Some((earlier, Identity { info, key }))
}

/// A new identity: `CB_<host>._<.NET ticks>`, valid for two years (mars-facts 3.5). It is backdated as the certificate of the
/// credentials file is, so that clocks may differ a little.
fn new_identity(host: &dyn HostControl, limits: &Limits) -> Result<Identity, StepError> {
    let now = host.now();
    let shifted = |by: SignedDuration| now.saturating_add(by).unwrap_or(now);
    let spec = SelfSigned {
        subject: format!("CB_{}._{}", host.computer_name(), dotnet_ticks(now)),
        not_before: shifted(-SignedDuration::from_secs(limits.backdated_seconds)),
        not_after: shifted(IDENTITY_VALID),
        client_auth: true,
    };
    let key = host.make_rsa_key();
    let der = x509::self_signed(&spec, &key)?;
    let thumbprint = Name::new(x509::thumbprint(&der));
    let subject = format!("CN={}", spec.subject);
    Ok(Identity { info: CertificateInfo { thumbprint, subject, der: der.into() }, key })
}

/// Units of 100 ns since the year 1.
fn dotnet_ticks(at: Timestamp) -> i128 {
    at.as_nanosecond() / 100 + TICKS_OF_1970
}

/// Stores the registration, and removes the identity of an earlier one.
fn keep(host: &dyn HostControl, file: &VaultCredentials, given: Registered, identity: &Identity) {
    let thumbprint = identity.info.thumbprint.clone();
    let replaced = Registration::read(host).filter(|earlier| earlier.thumbprint != thumbprint);
    if let Some(replaced) = replaced {
        host.remove_certificate(&replaced.thumbprint);
    }
    host.install_certificate(&identity.info, &identity.key);
    Registration::new(file, given.machine_id, thumbprint).write(host);
    keep_storage(host, &given.blob_endpoint, &given.queue_endpoint);
}

/// Two years of 365 days (mars-facts 3.5).
const IDENTITY_VALID: SignedDuration = SignedDuration::from_hours(2 * 365 * 24);

/// Where Windows keeps a user's choice of folders.
const SHELL_FOLDERS_KEY: &str =
    r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders";

/// The downloads folder (`FOLDERID_Downloads`).
const DOWNLOADS_ID: &str = "{374DE290-123F-4565-9164-39C4925E467B}";

const TICKS_OF_1970: i128 = 621_355_968_000_000_000;

#[cfg(test)]
mod tests;
