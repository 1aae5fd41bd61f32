//! As whom the agent asks: the identity of the registration, or that of the credentials file.

use marslab_model::host::{Account, RegistryValue};
use marslab_model::{KeyPath, Name};

use crate::credentials;
use crate::facts::CONFIG_KEY;
use crate::login::Application;
use crate::scene::Scene;

/// An identity at the login service, and the service that it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Identity {
    pub(super) authority: String,
    pub(super) tenant: String,
    pub(super) client: String,
    pub(super) audience: String,
    /// The vault's number; nothing where a file has it.
    pub(super) resource_id: String,
    /// Of its certificate in the machine's store; nothing before it is there.
    pub(super) thumbprint: Option<Name>,
    /// The URL of the vault's service, with a slash at its end.
    pub(super) endpoint: String,
    /// The machine, as the service knows it.
    pub(super) machine: String,
}

impl Identity {
    /// That of the registration, every value of which the agent needs.
    pub(super) fn of_registration(scene: &Scene<'_>) -> Result<Self, String> {
        let values = scene.host.registry_values(&Account::System, &KeyPath::new(CONFIG_KEY));
        let values = values.map_err(|error| error.to_string())?;
        let value = |name: &str| match values.get(&Name::new(name)) {
            Some(RegistryValue::Text(text)) if !text.is_empty() => Ok(text.clone()),
            _ => Err(format!("{CONFIG_KEY} has no `{name}`")),
        };
        for name in ["ServiceResourceName", "SubscriptionId", "ResourceGroupName"] {
            value(name)?;
        }
        let endpoint = value("IdMgmtRestEndpoint")?;
        Ok(Self {
            authority: value("AadAuthority")?,
            tenant: value("AadTenantId")?,
            client: value("ServicePrincipalClientId")?,
            audience: value("AadAudience")?,
            resource_id: value("ResourceId")?,
            thumbprint: Some(Name::new(value("CertThumbprint")?)),
            endpoint: format!("{}/", endpoint.trim_end_matches('/')),
            machine: value("MachineId")?,
        })
    }

    /// The application that it is.
    pub(super) fn application(&self) -> Application<'_> {
        let Self { authority, tenant, client, audience, .. } = self;
        Application { authority, tenant, client, audience }
    }

    /// That of the newest credentials file.
    pub(super) fn of_file(scene: &Scene<'_>) -> Result<Self, String> {
        let file = scene.credentials.as_ref().ok_or("there is no credentials file")?;
        let document = file.document().ok_or("the credentials file cannot be read")?;
        let host = credentials::service_host(scene.host).ok_or("the file names no service")?;
        Ok(Self {
            authority: document.authority.clone(),
            tenant: document.tenant.clone(),
            client: document.client.clone(),
            audience: document.audience.clone(),
            resource_id: String::new(),
            thumbprint: None,
            endpoint: format!("https://{host}/restapi/"),
            machine: scene.host.full_name().to_string(),
        })
    }
}
