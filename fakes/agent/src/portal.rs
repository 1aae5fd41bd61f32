//! The portal in a user's browser: signing in, and its requests to the resource manager (mars-facts 4.1 to 4.4).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use marslab_model::host::{Account, CachedAnswer};
use marslab_model::{HostControl, Name};
use marslab_wire::http::{HttpError, MessageError, Request, Url};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::step::Step;
use crate::step_error::StepError;
use crate::steps::Steps;
use crate::web::{Web, escaped, form};
use crate::{Intent, PortalCloud};

/// The portal, with a user signed in.
pub(crate) struct Portal<'a> {
    web: Web<'a>,
    host: &'a dyn HostControl,
    user: &'a Name,
    token: String,
}

/// The names that identify a vault.
pub(crate) struct VaultName<'a> {
    /// The host of the resource manager.
    pub(crate) management: &'static str,
    pub(crate) subscription: &'a str,
    pub(crate) resource_group: &'a str,
    pub(crate) vault: &'a str,
}

/// A vault as the portal shows it.
#[derive(Deserialize)]
pub(crate) struct ShownVault {
    pub(crate) location: String,
    pub(crate) properties: VaultProperties,
}

/// Further properties of a vault.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct VaultProperties {
    /// † How long its credentials files are valid, in hours (mars-facts 0.1: 48 hours, later ten days; no source shows where
    /// the portal has it from).
    pub(crate) credentials_hours: u32,
    /// Whether private endpoints are connected to it; nothing where the resource manager does not tell.
    pub(crate) private_endpoint_state_for_backup: Option<String>,
}

/// The vault's answer to a new certificate (mars-facts 4.1).
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Issued {
    pub(crate) resource_id: i64,
    pub(crate) aad_authority: String,
    pub(crate) aad_tenant_id: String,
    pub(crate) service_principal_client_id: String,
    pub(crate) azure_management_endpoint_audience: String,
}

impl<'a> Portal<'a> {
    /// Signs the administrator in. The browser sends the cookie of an earlier session, and keeps the new one.
    pub(crate) async fn sign_in(
        host: &'a dyn HostControl,
        intent: &'a Intent,
        steps: Option<&Steps<'_>>,
    ) -> Result<Self, StepError> {
        #[derive(Deserialize)]
        struct Token {
            access_token: String,
        }
        let user = &intent.user;
        if let Some(steps) = steps {
            steps.enter(Step::ReadProxySettings).await?;
        }
        let web = Web::of_browser(host, &Account::User(user.clone()))?;
        if let Some(steps) = steps {
            steps.enter(Step::SignInToPortal).await?;
        }
        let account = host.account(user).ok().flatten();
        let upn = account.map(|account| account.upn).filter(|upn| !upn.is_empty());
        let upn = upn.ok_or(StepError::NoUpn)?;
        let PortalCloud { sign_in, management } = intent.cloud;
        let tenant = escaped(intent.tenant.as_str());
        let url = format!("https://{sign_in}/{tenant}/oauth2/token").parse()?;
        let resource = format!("https://{management}/");
        let fields = [("grant_type", "sso"), ("username", upn.as_str()), ("resource", &resource)];
        let mut request = form(url, &fields);
        if let Some(session) = host.portal_session(user).ok().flatten() {
            request = request.with_header("Cookie", &format!("{SESSION_COOKIE}={session}"));
        }
        let token = web.ask::<Token>("SignIn", &request).await?.access_token;
        host.keep_portal_session(user, &token);
        Ok(Self { web, host, user, token })
    }

    /// Shows a vault, from the browser's cache where that has an answer.
    pub(crate) async fn vault(&self, vault: &VaultName<'_>) -> Result<ShownVault, StepError> {
        let url = vault.url("")?;
        let cached = self.host.cached_answer(self.user, &url.to_string()).ok().flatten();
        if let Some(CachedAnswer { status, body }) = cached {
            let status = u16::try_from(status).unwrap_or(u16::MAX);
            if status != 200 {
                let (code, description) = (String::new(), None);
                return Err(StepError::Answer { call: GET_VAULT, status, code, description });
            }
            return parse(&url, &body);
        }
        self.web.ask(GET_VAULT, &self.authorized(Request::get(url))).await
    }

    /// Uploads a new certificate (DER) to a vault, with which an agent can register.
    pub(crate) async fn issue(
        &self,
        vault: &VaultName<'_>,
        name: &str,
        certificate: &[u8],
    ) -> Result<Issued, StepError> {
        #[derive(Deserialize)]
        struct Answer {
            properties: Issued,
        }
        let url = vault.url(&format!("/certificates/{}", escaped(name)))?;
        let certificate = STANDARD.encode(certificate);
        let properties = serde_json::json!({ "authType": "AAD", "certificate": certificate });
        let body = serde_json::json!({ "properties": properties }).to_string();
        let request = self.authorized(Request::put(url, "application/json", body));
        Ok(self.web.ask::<Answer>("PutVaultCertificate", &request).await?.properties)
    }

    /// Removes a machine from a vault (mars-facts 4.3). Succeeds if the vault does not have it.
    pub(crate) async fn unregister(
        &self,
        vault: &VaultName<'_>,
        machine: &str,
    ) -> Result<(), StepError> {
        let url = vault.url(&format!("/registeredIdentities/{}", escaped(machine)))?;
        let request = self.authorized(Request::delete(url));
        let answer = self.web.fetch("DeleteRegisteredIdentity", &request).await;
        match answer {
            Err(StepError::Answer { status: 404, .. }) => Ok(()),
            answer => answer.map(drop),
        }
    }

    fn authorized(&self, request: Request) -> Request {
        request.with_header("Authorization", &format!("Bearer {}", self.token))
    }
}

impl VaultName<'_> {
    fn url(&self, rest: &str) -> Result<Url, StepError> {
        let [subscription, group, vault] =
            [self.subscription, self.resource_group, self.vault].map(escaped);
        let url = format!(
            "https://{}/Subscriptions/{subscription}/resourceGroups/{group}/providers/\
             Microsoft.RecoveryServices/vaults/{vault}{rest}?api-version={API_VERSION}",
            self.management
        );
        Ok(url.parse()?)
    }
}

impl Intent {
    /// The vault that the administrator entered.
    pub(crate) fn vault_name(&self) -> VaultName<'_> {
        VaultName {
            management: self.cloud.management,
            subscription: self.subscription.as_str(),
            resource_group: &self.resource_group,
            vault: self.vault.as_str(),
        }
    }
}

fn parse<T: DeserializeOwned>(url: &Url, body: &str) -> Result<T, StepError> {
    serde_json::from_str(body).map_err(|error| StepError::Http {
        call: GET_VAULT,
        host: url.host.to_string(),
        error: HttpError::Malformed {
            reason: MessageError::NotJson { line: error.line(), column: error.column() },
        },
    })
}

const GET_VAULT: &str = "GetVault";

/// The cookie of a session at the login service; the name † is from memory.
const SESSION_COOKIE: &str = "ESTSAUTH";

/// The version of the public specification from which the requests are taken (mars-facts 4.1).
const API_VERSION: &str = "2016-06-01";
