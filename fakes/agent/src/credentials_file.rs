//! The vault credentials file (mars-facts 3.2, 3.4). The portal writes it, the agent reads it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use marslab_model::WinPath;
use quick_xml::NsReader;
use quick_xml::escape::{escape, unescape};
use quick_xml::events::Event;
use quick_xml::name::{Namespace, ResolveResult};
use thiserror::Error;

/// The content of a vault credentials file (`RSBackupVaultAADCreds`, mars-facts 3.2).
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct VaultCredentials {
    pub(crate) subscription: String,
    pub(crate) vault: String,
    /// A PKCS#12 file with the empty password: a certificate and its private key.
    pub(crate) management_cert: Vec<u8>,
    pub(crate) resource_id: i64,
    pub(crate) resource_group: String,
    pub(crate) location: String,
    pub(crate) authority: String,
    pub(crate) tenant: String,
    pub(crate) audience: String,
    pub(crate) client_id: String,
    pub(crate) endpoint: String,
    /// Whether private endpoints are connected to the vault. Files of newer portals have it, and older agents cannot read
    /// those (mars-facts 3.2: the questions and answers speak of a new parameter; that it is this one is inferred).
    pub(crate) endpoint_state: Option<String>,
}

impl VaultCredentials {
    /// The file's text. The elements are in the order of the data contract; each has a line of its own, and so has each
    /// attribute of the root.
    pub(crate) fn to_xml(&self) -> String {
        let resource_id = self.resource_id.to_string();
        let management_cert = STANDARD.encode(&self.management_cert);
        let elements = [
            ("Version", "2.0"),
            ("SubscriptionId", &self.subscription),
            ("ResourceType", "Vaults"),
            ("ResourceName", &self.vault),
            ("ManagementCert", &management_cert),
            ("ResourceId", &resource_id),
            ("ResourceGroup", &self.resource_group),
            ("Location", &self.location),
            ("ProviderNamespace", "Microsoft.RecoveryServices"),
            ("AadAuthority", &self.authority),
            ("AadTenantId", &self.tenant),
            ("AadAudience", &self.audience),
            ("ServicePrincipalClientId", &self.client_id),
            ("IdMgmtRestEndpoint", &self.endpoint),
            ("AgentLinks", AGENT_LINKS),
        ];
        let newer = self.endpoint_state.as_deref().map(|state| (ENDPOINT_STATE, state));
        let line = |(name, text): (&str, &str)| format!("  <{name}>{}</{name}>\r\n", escape(text));
        let lines: String = elements.into_iter().chain(newer).map(line).collect();
        format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<{ROOT}\r\n  xmlns:i=\"{INSTANCE}\"\r\n  \
             xmlns=\"{NAMESPACE}\">\r\n{lines}</{ROOT}>"
        )
    }

    /// Reads a file. Unknown elements are ignored, as `DataContractSerializer` does.
    pub(crate) fn from_xml(bytes: &[u8]) -> Result<Self, CredentialsError> {
        let text = std::str::from_utf8(bytes).map_err(|_not_text| CredentialsError::NotXml)?;
        let mut reader = NsReader::from_str(text.trim_start_matches('\u{feff}'));
        enter_root(&mut reader)?;
        let elements = children(&mut reader)?;
        let element = |name: &'static str| {
            let found = elements.iter().find(|(found, text)| found == name && !text.is_empty());
            found.map(|(_name, text)| text.clone()).ok_or(CredentialsError::Missing { name })
        };
        let bad = |name: &'static str| CredentialsError::Value { name };
        let management_cert = STANDARD.decode(element("ManagementCert")?.trim());
        Ok(Self {
            subscription: element("SubscriptionId")?,
            vault: element("ResourceName")?,
            management_cert: management_cert.map_err(|_not_base64| bad("ManagementCert"))?,
            resource_id: element("ResourceId")?.parse().map_err(|_no_number| bad("ResourceId"))?,
            resource_group: element("ResourceGroup")?,
            location: element("Location")?,
            authority: element("AadAuthority")?,
            tenant: element("AadTenantId")?,
            audience: element("AadAudience")?,
            client_id: element("ServicePrincipalClientId")?,
            endpoint: element("IdMgmtRestEndpoint")?,
            endpoint_state: element(ENDPOINT_STATE).ok(),
        })
    }
}

/// The audience of tokens for a vault (mars-facts 3.2).
pub(crate) fn audience(location: &str, vault: &str, resource_id: i64) -> String {
    format!("{AUDIENCE}{location}/{vault}/{resource_id}")
}

/// The name that the portal gives to the file (mars-facts 3.4).
pub(crate) fn file_name(vault: &str, at: Timestamp) -> String {
    format!("{vault}_{}.{EXTENSION}", at.strftime("%a %b %d %Y"))
}

/// Whether a file has the extension of vault credentials files, in any case.
pub(crate) fn has_extension(path: &WinPath) -> bool {
    path.extension().is_some_and(|found| found.eq_ignore_ascii_case(EXTENSION))
}

/// Whether a file looks like a vault credentials file by its name: it has the extension, or a vault and a day of the week as
/// the portal's names have (mars-facts 3.4).
pub(crate) fn looks_like_one(path: &WinPath) -> bool {
    let day = path.file_name().rsplit_once('_').map(|(_vault, day)| day);
    let is_dated = |day: &str| DAYS.iter().any(|name| day.starts_with(&format!("{name} ")));
    has_extension(path) || day.is_some_and(is_dated)
}

/// What is wrong with a vault credentials file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub(crate) enum CredentialsError {
    #[error("the file is not XML")]
    NotXml,
    #[error("the root element is not `{ROOT}`")]
    Root,
    #[error("the root element is not in its namespace")]
    Namespace,
    #[error("the element `{name}` is missing")]
    Missing { name: &'static str },
    #[error("the element `{name}` has a value that cannot be read")]
    Value { name: &'static str },
    #[error("the element `{name}` is newer than the agent")]
    Newer { name: &'static str },
}

fn enter_root(reader: &mut NsReader<&[u8]>) -> Result<(), CredentialsError> {
    loop {
        let event = reader.read_resolved_event().map_err(|_broken| CredentialsError::NotXml)?;
        match event {
            (space, Event::Start(root)) => {
                if root.local_name().as_ref() != ROOT.as_bytes() {
                    return Err(CredentialsError::Root);
                }
                return if is_ours(&space) { Ok(()) } else { Err(CredentialsError::Namespace) };
            }
            (_, Event::Decl(_) | Event::Comment(_) | Event::PI(_)) => {}
            (_, Event::Text(text)) if text.trim_ascii().is_empty() => {}
            (_, Event::Empty(_)) => return Err(CredentialsError::Root),
            _ => return Err(CredentialsError::NotXml),
        }
    }
}

/// The names and texts of the elements directly below the root. After the root the file must end.
fn children(reader: &mut NsReader<&[u8]>) -> Result<Vec<(String, String)>, CredentialsError> {
    let broken = || CredentialsError::NotXml;
    let mut elements = Vec::new();
    loop {
        let event = reader.read_resolved_event().map_err(|_broken| broken())?;
        match event {
            (space, Event::Start(start)) => {
                let known = is_ours(&space);
                let raw = reader.read_text(start.name()).map_err(|_broken| broken())?;
                let raw = raw.decode().map_err(|_not_text| broken())?;
                let name = String::from_utf8_lossy(start.local_name().as_ref()).into_owned();
                let text = unescape(&raw).map_err(|_unknown| broken())?.into_owned();
                if known && elements.len() < ELEMENTS_MAX {
                    elements.push((name, text));
                }
            }
            (_, Event::End(_)) => break,
            (_, Event::Empty(_) | Event::Comment(_)) => {}
            (_, Event::Text(text)) if text.trim_ascii().is_empty() => {}
            _ => return Err(broken()),
        }
    }
    loop {
        match reader.read_event().map_err(|_broken| broken())? {
            Event::Eof => return Ok(elements),
            Event::Comment(_) => {}
            Event::Text(text) if text.trim_ascii().is_empty() => {}
            _ => return Err(broken()),
        }
    }
}

fn is_ours(space: &ResolveResult<'_>) -> bool {
    matches!(space, ResolveResult::Bound(Namespace(name)) if *name == NAMESPACE.as_bytes())
}

pub(crate) const ROOT: &str = "RSBackupVaultAADCreds";
/// The last element of newer files.
pub(crate) const ENDPOINT_STATE: &str = "PrivateEndpointStateForBackup";
const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";
pub(crate) const NAMESPACE: &str =
    "http://schemas.datacontract.org/2004/07/Microsoft.Azure.Portal.RecoveryServices.Models.Common";
const AUDIENCE: &str = "https://RecoveryServiceVault/";
const EXTENSION: &str = "VaultCredentials";
const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// mars-facts 3.2.
const AGENT_LINKS: &str = "WABUpdateKBLink,http://go.microsoft.com/fwlink/p/?LinkId=229525;StorageQuotaPurchaseLink,http://go.microsoft.com/fwlink/?LinkId=205490;WebPortalLink,http://go.microsoft.com/fwlink/?LinkId=817353;WABprivacyStatement,http://go.microsoft.com/fwlink/?LinkId=221308";

/// More than a vault credentials file has. Further elements are ignored.
const ELEMENTS_MAX: usize = 64;

#[cfg(test)]
mod tests;
