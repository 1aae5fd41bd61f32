//! What stands in a vault credentials file.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use marslab_model::HostName;
use marslab_wire::{pkcs12, x509};
use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::Event;
use thiserror::Error;

use crate::config::{Vault, service_host};
use crate::facts::{CREDENTIALS_PASSWORD, CREDENTIALS_ROOT, ENDPOINT_STATE};
use crate::login::Application;

/// What stands in a vault credentials file (mars-facts 3.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Document {
    /// The vault.
    pub(crate) vault: Vault,
    /// The login service, its tenant, and the vault's application there.
    pub(crate) authority: String,
    /// The tenant at the login service.
    pub(crate) tenant: String,
    /// For whom tokens are asked.
    pub(crate) audience: String,
    /// The vault's application at the login service.
    pub(crate) client: String,
    /// Whether it has the element that only newer agents read.
    pub(crate) has_endpoint_state: bool,
    /// The certificate and its key.
    pub(crate) bundle: pkcs12::Bundle,
    /// From when the certificate is valid.
    pub(crate) not_before: Timestamp,
    /// Until when the certificate is valid.
    pub(crate) not_after: Timestamp,
}

/// Why a file is no vault credentials file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub(crate) enum Flaw {
    /// It is not XML in UTF-8, or its end is missing.
    #[error("it is not well-formed XML")]
    NotXml,
    /// It is another document.
    #[error("its root is `{0}`, not `{CREDENTIALS_ROOT}`")]
    OtherRoot(String),
    /// An element is missing or empty.
    #[error("it has no `{0}`")]
    Missing(&'static str),
    /// The vault's number is none.
    #[error("its `ResourceId` is not a number")]
    BadNumber,
    /// The certificate is not base64, not PKCS#12, or not X.509.
    #[error("its `ManagementCert` cannot be read")]
    BadCertificate,
}

impl Document {
    /// The vault's application at the login service.
    pub(crate) fn application(&self) -> Application<'_> {
        let Self { authority, tenant, client, audience, .. } = self;
        Application { authority, tenant, client, audience }
    }

    /// Reads a file.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Flaw> {
        let text = std::str::from_utf8(bytes).map_err(|_invalid| Flaw::NotXml)?;
        let elements = elements(text.trim_start_matches('\u{feff}'))?;
        let take = |name: &'static str| {
            let text = elements.get(name).map(|text| text.trim());
            text.filter(|text| !text.is_empty()).map(str::to_owned).ok_or(Flaw::Missing(name))
        };
        take("ResourceId")?.parse::<i64>().map_err(|_invalid| Flaw::BadNumber)?;
        take(SERVICE)?;
        let bundle = bundle(&take("ManagementCert")?).ok_or(Flaw::BadCertificate)?;
        let facts = x509::read(&bundle.certificate).map_err(|_invalid| Flaw::BadCertificate)?;
        Ok(Self {
            vault: Vault {
                subscription: take("SubscriptionId")?,
                group: take("ResourceGroup")?,
                name: take("ResourceName")?,
            },
            authority: take("AadAuthority")?,
            tenant: take("AadTenantId")?,
            audience: take("AadAudience")?,
            client: take("ServicePrincipalClientId")?,
            has_endpoint_state: take(ENDPOINT_STATE).is_ok(),
            bundle,
            not_before: facts.not_before,
            not_after: facts.not_after,
        })
    }
}

/// The host of the vault's own service, as far as the text of a file tells it, be it damaged elsewhere.
pub(super) fn service_in(bytes: &[u8]) -> Option<HostName> {
    let text = String::from_utf8_lossy(bytes);
    let (_, rest) = text.split_once(&format!("<{SERVICE}>"))?;
    service_host(unescape(rest.split('<').next()?).ok()?.trim())
}

/// Where the vault's own service is.
const SERVICE: &str = "IdMgmtRestEndpoint";

fn bundle(text: &str) -> Option<pkcs12::Bundle> {
    let packed: String = text.split_whitespace().collect();
    pkcs12::read(&STANDARD.decode(packed).ok()?, CREDENTIALS_PASSWORD).ok()
}

/// The elements below the root and their text. Deeper elements are passed over.
fn elements(text: &str) -> Result<BTreeMap<String, String>, Flaw> {
    let mut reader = Reader::from_str(text);
    let mut outline = Outline::default();
    loop {
        match reader.read_event().map_err(|_invalid| Flaw::NotXml)? {
            Event::Start(tag) => outline.open(&String::from_utf8_lossy(tag.local_name().as_ref())),
            Event::End(_) => drop(outline.open.pop()),
            Event::Text(content) => {
                outline.write(&content.decode().map_err(|_invalid| Flaw::NotXml)?)?;
            }
            Event::GeneralRef(entity) => {
                let name = entity.decode().map_err(|_invalid| Flaw::NotXml)?;
                outline.write(&unescape(&format!("&{name};")).map_err(|_invalid| Flaw::NotXml)?)?;
            }
            Event::Eof => return outline.close(),
            _ => {}
        }
    }
}

/// A document as it is read.
#[derive(Default)]
struct Outline {
    root: Option<String>,
    open: Vec<String>,
    found: BTreeMap<String, String>,
}

impl Outline {
    fn open(&mut self, name: &str) {
        self.root.get_or_insert_with(|| name.to_owned());
        self.open.push(name.to_owned());
    }

    fn write(&mut self, text: &str) -> Result<(), Flaw> {
        match self.open.as_slice() {
            [_root, name] => self.found.entry(name.clone()).or_default().push_str(text),
            [] if !text.trim().is_empty() => return Err(Flaw::NotXml),
            _ => {}
        }
        Ok(())
    }

    fn close(self) -> Result<BTreeMap<String, String>, Flaw> {
        match self.root {
            Some(root) if root != CREDENTIALS_ROOT => Err(Flaw::OtherRoot(root)),
            Some(_) if self.open.is_empty() => Ok(self.found),
            _ => Err(Flaw::NotXml),
        }
    }
}

#[cfg(test)]
mod tests;
