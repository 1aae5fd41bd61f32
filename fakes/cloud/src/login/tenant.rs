//! Which tenant is meant: by id, by one of its domains, or by the user.

use marslab_model::Name;

use super::refusal::Refusal;
use crate::request::CloudRequest;

/// Whom a path's first part asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Authority {
    /// A tenant, by its id.
    Tenant(Name),
    /// The tenant of the user or application that signs in.
    Any,
}

impl Authority {
    /// Finds the tenant `name`.
    pub(super) fn of(request: &CloudRequest<'_>, name: &str) -> Result<Self, Refusal> {
        if ANY.iter().any(|any| any.eq_ignore_ascii_case(name)) {
            return Ok(Self::Any);
        }
        let id = Name::new(name);
        let is_id = request.running().look(|world| world.cloud().tenants().at(&id).is_some());
        let found = if is_id { Some(id) } else { by_domain(request, name) };
        found.map(Self::Tenant).ok_or_else(|| unknown(name))
    }

    /// The tenant; an application has none but the one that it names.
    pub(super) fn tenant(self) -> Result<Name, Refusal> {
        match self {
            Self::Tenant(id) => Ok(id),
            Self::Any => Err(Refusal::new("invalid_request", 50_059, NO_TENANT)),
        }
    }

    /// The tenant of a user, where one has the domain behind the `@`.
    pub(super) fn of_user(self, request: &CloudRequest<'_>, user: &str) -> Option<Name> {
        match self {
            Self::Tenant(id) => Some(id),
            Self::Any => by_domain(request, domain_of(user)?),
        }
    }
}

/// The tenant that has a domain.
pub(super) fn by_domain(request: &CloudRequest<'_>, domain: &str) -> Option<Name> {
    request.running().look(|world| {
        let mut tenants = world.cloud().tenants().each();
        let owner = tenants.find(|(_, tenant)| {
            let domains = tenant.clone().domains().get();
            domains.iter().any(|known| known.eq_ignore_ascii_case(domain))
        });
        owner.map(|(id, _)| id.clone())
    })
}

/// What stands behind the `@` of a user's name.
pub(super) fn domain_of(user: &str) -> Option<&str> {
    user.rsplit_once('@').map(|(_, domain)| domain)
}

/// What cannot be the name of a tenant is told apart from what is none, with the text of public issues
/// (microsoft/Analysis-Services 194).
fn unknown(name: &str) -> Refusal {
    if !name.contains('.') && name.split('-').count() != GUID_PARTS {
        let text = format!(
            "Specified tenant identifier '{name}' is neither a valid DNS name, nor a valid external domain."
        );
        return Refusal::new("invalid_request", 900_023, text);
    }
    not_found("invalid_request", name)
}

/// There is no tenant of this name, with the text of public issues (james-gould/azure-keyvault-emulator 324).
pub(super) fn not_found(error: &'static str, name: &str) -> Refusal {
    let text = format!(
        "Tenant '{name}' not found. Check to make sure you have the correct tenant ID and are signing into the correct \
         cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for \
         the tenant."
    );
    Refusal::new(error, 90_002, text)
}

/// `consumers` has no tenant here.
const ANY: [&str; 2] = ["common", "organizations"];

const GUID_PARTS: usize = 5;

const NO_TENANT: &str = "No tenant-identifying information found in either the request or implied by any provided credentials.";
