//! Signing in: from the scratch folder to a token, step by step.
//!
//! Each step asks one of the documented hosts (mars-facts E1, 4.5, 4.6; fakes/README.md has the requests).

use marslab_model::host::Account;
use marslab_model::{HostControl, WinPath};
use marslab_wire::http::{Request, Url};
use marslab_wire::jwt::{self, Claims};
use serde::Deserialize;

use crate::config::Registration;
use crate::engine;
use crate::operations::Agent;
use crate::places::text;
use crate::product::AgentVersion;
use crate::random::guid;
use crate::scratch;
use crate::step::Step;
use crate::step_error::StepError;
use crate::web::{Web, form};

/// The identity that asks for a token, and what the token is for.
pub(crate) struct SignIn<'a> {
    pub(crate) authority: &'a str,
    pub(crate) tenant: &'a str,
    pub(crate) audience: &'a str,
    pub(crate) client_id: &'a str,
    /// The certificate that proves it.
    pub(crate) thumbprint: &'a str,
    /// The certificate's private key, PKCS#8 DER.
    pub(crate) key: &'a [u8],
}

impl Agent<'_> {
    /// Connects; returns a token.
    pub(crate) async fn connect(
        &mut self,
        web: &Web<'_>,
        sign_in: &SignIn<'_>,
    ) -> Result<String, StepError> {
        self.enter(Step::OpenSettings).await?;
        scratch::open_settings(self.host)?;
        let version = engine::version(self.host).unwrap_or_default();
        if engine::asks_probe(&version, sign_in.authority, self.limits) {
            self.enter(Step::CheckConnectivity).await?;
            probe(web, self.host).await?;
        }
        let page = self.version_page(web).await?;
        let latest = page.lines().next().unwrap_or_default();
        self.success(&format!(
            "GetAgentUpdateInfo | Params: {{Installed = {version}}}{{Latest = {latest}}}"
        ));
        self.is_unsupported = is_older_than_all(&version, &page);
        if engine::is_from_before_directory(&version, self.limits) && !version.is_empty() {
            self.enter(Step::SignInAtAccessControl).await?;
            return access_control(web, sign_in).await;
        }
        self.enter(Step::DiscoverAuthority).await?;
        discover(web, sign_in).await?;
        self.enter(Step::SignIn).await?;
        self.token(web, sign_in).await
    }

    /// Connects as the registered machine, with its own certificate.
    pub(crate) async fn connect_machine(
        &mut self,
        web: &Web<'_>,
        machine: &Registration,
    ) -> Result<String, StepError> {
        self.enter(Step::OpenMachineCertificate).await?;
        let key = self.host.private_key(&machine.thumbprint);
        let key = key.ok_or(StepError::NoMachineCertificate)?;
        self.connect(web, &machine.sign_in(&key)).await
    }

    /// Asks for a token with a signed assertion (mars-facts 4.5).
    pub(crate) async fn token(
        &self,
        web: &Web<'_>,
        sign_in: &SignIn<'_>,
    ) -> Result<String, StepError> {
        #[derive(Deserialize)]
        struct Token {
            access_token: String,
        }
        let SignIn { authority, tenant, audience, client_id, .. } = sign_in;
        let endpoint = format!("{}/{tenant}/oauth2/token", authority.trim_end_matches('/'));
        let assertion = self.assertion(sign_in, &endpoint)?;
        let fields = [
            ("grant_type", "client_credentials"),
            ("client_id", client_id),
            ("resource", audience),
            ("client_assertion_type", ASSERTION_TYPE),
            ("client_assertion", assertion.as_str()),
        ];
        let request = form(endpoint.parse()?, &fields);
        Ok(web.ask::<Token>("GetAADToken", &request).await?.access_token)
    }

    /// Downloads the page with the latest version (mars-facts 1.0) into a temporary file.
    async fn version_page(&self, web: &Web<'_>) -> Result<String, StepError> {
        self.enter(Step::MakeTemporaryFile).await?;
        let folder = WinPath::new(WINDOWS_TEMP);
        let file = self.host.temporary_file(&Account::System, &folder);
        let file = file.map_err(StepError::TemporaryFile)?;
        let answer = async {
            self.enter(Step::DownloadVersionPage).await?;
            web.fetch("GetAgentUpdateInfo", &Request::get(VERSION_PAGE.parse()?)).await
        };
        let answer = answer.await;
        // A file that stays behind does no harm until there are many.
        let _left = self.host.remove_file(&Account::System, &file);
        let text = answer?.text().into_owned();
        Ok(text.chars().take(VERSION_CHARS_MAX).collect())
    }

    fn assertion(&self, sign_in: &SignIn<'_>, endpoint: &str) -> Result<String, StepError> {
        let now = self.now().as_second();
        let claims = Claims {
            aud: endpoint.to_owned(),
            exp: now.saturating_add(self.limits.assertion_seconds),
            iss: sign_in.client_id.to_owned(),
            jti: guid(self.host).to_string(),
            nbf: now,
            sub: sign_in.client_id.to_owned(),
        };
        // The login service rejects a thumbprint that is not hexadecimal.
        let x5t = hex::decode(sign_in.thumbprint).unwrap_or_default();
        Ok(jwt::sign_rs256(&claims, &x5t, sign_in.key)?)
    }
}

impl Registration {
    /// The identity of the registered machine, with its private key.
    pub(crate) fn sign_in<'a>(&'a self, key: &'a [u8]) -> SignIn<'a> {
        SignIn {
            authority: &self.authority,
            tenant: &self.tenant,
            audience: &self.audience,
            client_id: &self.client_id,
            thumbprint: self.thumbprint.as_str(),
            key,
        }
    }
}

/// The connectivity probe that the registry describes (mars-facts 5.8). The body must equal the text there.
async fn probe(web: &Web<'_>, host: &dyn HostControl) -> Result<(), StepError> {
    let value =
        |name, default: &str| text(host, NCSI_KEY, name).unwrap_or_else(|| default.to_owned());
    let server = value("ActiveWebProbeHost", "www.msftncsi.com");
    let path = value("ActiveWebProbePath", "ncsi.txt");
    let content = value("ActiveWebProbeContent", "Microsoft NCSI");
    let url = format!("http://{server}/{}", path.trim_start_matches('/')).parse()?;
    let response = web.fetch("CheckInternetConnectivity", &Request::get(url)).await?;
    if response.body == content.as_bytes() { Ok(()) } else { Err(StepError::Probe) }
}

/// Whether the page † names an oldest version that is supported, and the agent is older.
fn is_older_than_all(version: &str, page: &str) -> bool {
    let oldest = page.lines().find_map(|line| line.strip_prefix(OLDEST));
    oldest.filter(|_| !version.is_empty()).is_some_and(|oldest| {
        AgentVersion::installed(version) < AgentVersion::installed(oldest.trim())
    })
}

/// Asks whether the authority is a known login service, as the product's sign-in library does.
async fn discover(web: &Web<'_>, sign_in: &SignIn<'_>) -> Result<(), StepError> {
    #[derive(Deserialize)]
    struct Discovered {
        #[serde(rename = "tenant_discovery_endpoint")]
        _endpoint: String,
    }
    let SignIn { authority, tenant, .. } = sign_in;
    let authority = authority.trim_end_matches('/');
    let is_own = SOVEREIGN_AUTHORITIES.contains(&authority);
    let service = if is_own { authority } else { PUBLIC_SERVICE };
    let url = format!("{service}{DISCOVERY}{authority}/{tenant}/oauth2/authorize");
    let request = Request::get(url.parse()?);
    web.ask::<Discovered>("GetAADAuthority", &request).await.map(drop)
}

/// Asks for a token as agents before 2.0.9083 do (mars-facts 5.1). That service is retired: no answer has a token.
async fn access_control(web: &Web<'_>, sign_in: &SignIn<'_>) -> Result<String, StepError> {
    let url: Url = ACCESS_CONTROL.parse()?;
    let fields = [("grant_type", "client_credentials"), ("scope", sign_in.audience)];
    let answer = web.fetch("GetACSToken", &form(url, &fields)).await?;
    Err(StepError::answer("GetACSToken", &answer))
}

const NCSI_KEY: &str = r"HKLM\SYSTEM\CurrentControlSet\Services\NlaSvc\Parameters\Internet";

/// mars-facts 1.0, without the language.
const VERSION_PAGE: &str = "https://go.microsoft.com/fwlink/?linkid=229525";

/// The authorities of other clouds than the public one, as the sign-in library knows them. They answer for themselves; for
/// every other the host of the public cloud does.
const SOVEREIGN_AUTHORITIES: [&str; 2] =
    ["https://login.microsoftonline.us", "https://login.chinacloudapi.cn"];
const PUBLIC_SERVICE: &str = "https://login.microsoftonline.com";

const DISCOVERY: &str = "/common/discovery/instance?api-version=1.1&authorization_endpoint=";

const ACCESS_CONTROL: &str = "https://accounts.accesscontrol.windows.net/tokens/OAuth/2";

/// The folder that the articles name under 34513.
const WINDOWS_TEMP: &str = r"C:\Windows\Temp";

const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// † What stands before the oldest version that is supported.
const OLDEST: &str = "oldest:";

/// The page has two lines. A captive portal's page in its place is cut.
const VERSION_CHARS_MAX: usize = 80;
