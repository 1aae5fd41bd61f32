//! What a token is for: the resource that is named, or that a scope begins with.
//!
//! 500011 is as Azure's documentation of its consent issues quotes it; 1002012, 70011 and 28000 are as Azure's documentation and
//! public notes quote them; the error that stands beside 28000 is †.

use std::collections::BTreeSet;

use marslab_model::world::Cloud;
use marslab_model::{Name, Tracked};

use super::refusal::{Refusal, required};
use super::version::Version;
use crate::management;
use crate::request::{CloudRequest, Form};

/// For whom a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// An application that asks for itself: it gets all that it may do, or nothing.
    Application,
    /// A user.
    User,
}

/// The resource that a form asks for, and the scopes by which it does.
pub(super) struct Wanted {
    /// The resource.
    pub(super) resource: String,
    /// The scopes, of the newer endpoints.
    pub(super) scopes: Vec<String>,
}

impl Wanted {
    /// Reads it.
    pub(super) fn of(form: &Form, version: Version, who: Who) -> Result<Self, Refusal> {
        if version == Version::V1 {
            let resource = required(form, "resource")?.to_owned();
            let scopes = form.get("scope").unwrap_or_default();
            return Ok(Self { resource, scopes: words(scopes) });
        }
        let scopes = words(required(form, "scope")?);
        let resource = of_scopes(&scopes, who)?.to_owned();
        Ok(Self { resource, scopes })
    }

    /// Whether one of the scopes is this one.
    pub(super) fn has(&self, scope: &str) -> bool {
        self.scopes.iter().any(|known| known == scope)
    }

    /// Refuses a resource that the tenant does not know. A vault is one for its own application only.
    pub(super) fn check(
        &self,
        request: &CloudRequest<'_>,
        client: &str,
        tenant: &str,
    ) -> Result<(), Refusal> {
        let resource = self.resource.as_str();
        let plain = resource.trim_end_matches('/');
        if management::is_audience(resource) || OF_MICROSOFT.contains(&plain) {
            return Ok(());
        }
        let is_its_own = request.running().look(|world| {
            let vault = vault_of(world.clone().cloud(), resource)?;
            Some(*world.cloud().vaults().at(&vault)?.client_id().get() == Name::new(client))
        });
        if is_its_own == Some(true) {
            return Ok(());
        }
        let text = format!(
            "The resource principal named {resource} was not found in the tenant named {tenant}. This can happen if \
             the application has not been installed by the administrator of the tenant or consented to by any user in \
             the tenant. You might have sent your authentication request to the wrong tenant."
        );
        Err(Refusal::new("invalid_resource", 500_011, text))
    }
}

/// The vault that an audience names: `https://RecoveryServiceVault/{location}/{vault}/{resourceId}` (mars-facts 3.2).
pub(crate) fn vault_of(cloud: Tracked<'_, Cloud>, audience: &str) -> Option<Name> {
    let mut parts = audience.split('/');
    let head = [parts.next()?, parts.next()?, parts.next()?];
    let (location, vault, id) = (parts.next()?, Name::new(parts.next()?), parts.next()?);
    let found = cloud.vaults().at(&vault)?;
    let is_vault = head == ["https:", "", "RecoveryServiceVault"]
        && parts.next().is_none()
        && found.clone().location().get() == location
        && found.resource_id().get().to_string() == id;
    is_vault.then_some(vault)
}

/// The one resource of the scopes; without any, that of Microsoft Graph.
fn of_scopes(scopes: &[String], who: Who) -> Result<&str, Refusal> {
    let mut asked = scopes.iter().filter(|scope| !OF_OPENID.contains(&scope.as_str()));
    if who == Who::Application
        && !asked.clone().next().is_some_and(|scope| scope.ends_with(DEFAULT))
    {
        return Err(bad_scope_of_application(scopes));
    }
    let resources: Option<BTreeSet<&str>> = asked.try_fold(BTreeSet::new(), |mut all, scope| {
        all.insert(of_scope(scope)?);
        Some(all)
    });
    let mut resources = resources.ok_or_else(|| bad_scope(scopes))?.into_iter();
    let resource = resources.next().unwrap_or(GRAPH);
    if resources.next().is_some() {
        let text = format!(
            "Provided value for the input parameter scope is not valid because it contains more than one resource. Scope \
             {} is not valid.",
            scopes.join(" ")
        );
        return Err(Refusal::new("invalid_request", 28_000, text));
    }
    Ok(resource)
}

/// What stands before the last part of a scope; one without parts is of Microsoft Graph.
fn of_scope(scope: &str) -> Option<&str> {
    match scope.strip_suffix(DEFAULT).or_else(|| scope.rsplit_once('/').map(|(it, _)| it)) {
        Some(resource) => Some(resource).filter(|resource| !resource.is_empty()),
        None => {
            scope.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.').then_some(GRAPH)
        }
    }
}

fn words(text: &str) -> Vec<String> {
    text.split_ascii_whitespace().map(str::to_owned).collect()
}

fn bad_scope_of_application(scopes: &[String]) -> Refusal {
    let text = format!(
        "The provided value for scope {} is not valid. Client credential flows must have a scope value with /.default \
         suffixed to the resource identifier (application ID URI).",
        scopes.join(" ")
    );
    Refusal::new("invalid_scope", 1_002_012, text)
}

fn bad_scope(scopes: &[String]) -> Refusal {
    let scopes = scopes.join(" ");
    let text = format!(
        "The provided value for the input parameter 'scope' is not valid. The scope {scopes} is not valid."
    );
    Refusal::new("invalid_scope", 70_011, text)
}

const DEFAULT: &str = "/.default";

/// What a scope asks of the service itself (OpenID Connect Core 1.0, 5.4 and 11).
const OF_OPENID: [&str; 4] = ["openid", "profile", "email", "offline_access"];

const GRAPH: &str = "https://graph.microsoft.com";

/// Services that every tenant knows, beside the resource manager.
const OF_MICROSOFT: [&str; 3] = [GRAPH, "https://graph.windows.net", "https://storage.azure.com"];
