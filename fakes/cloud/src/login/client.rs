//! Which application asks, and how it proves that (RFC 6749, 2.3).
//!
//! 7000215, 7000218, 700025 and 7000222 (dotnet/sign 849) and their texts are as public threads and documents quote them; 50027 of
//! another type of assertion is †.

use jiff::Timestamp;
use marslab_model::world::{Application, Cloud};
use marslab_model::{Name, Tracked};

use super::assertion;
use super::refusal::{Refusal, required};
use crate::request::{CloudRequest, Form};

/// An application that has proved who it is, if it has to.
pub(super) struct Client {
    /// The client id.
    pub(super) id: String,
    /// How it proved that.
    pub(super) proof: Proof,
}

/// How a client proved who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Proof {
    /// Not at all: a public client cannot keep a secret.
    Nothing,
    /// By its secret.
    Secret,
    /// By an assertion.
    Assertion,
}

/// The client of a request, in a tenant.
pub(super) fn of(
    request: &CloudRequest<'_>,
    form: &Form,
    tenant: &Name,
) -> Result<Client, Refusal> {
    let id = required(form, "client_id")?;
    let (secret, assertion) = (form.get("client_secret"), form.get("client_assertion"));
    let proved = |proof| Ok(Client { id: id.to_owned(), proof });
    if is_public(id) {
        if secret.is_none() && assertion.is_none() {
            return proved(Proof::Nothing);
        }
        let text = "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.";
        return Err(Refusal::of_client(700_025, text));
    }
    request.running().look(|world| application(world.cloud(), id, tenant).map(drop))?;
    if let Some(secret) = secret {
        check_secret(request, id, tenant, secret)?;
        return proved(Proof::Secret);
    }
    let Some(assertion) = assertion else { return Err(no_proof()) };
    if required(form, "client_assertion_type")? != ASSERTION_TYPE {
        let text = "The client assertion type is not supported.";
        return Err(Refusal::new("invalid_request", 50_027, text));
    }
    assertion::check(request, assertion, id, tenant)?;
    proved(Proof::Assertion)
}

/// Whether `id` is one of Microsoft's own programs, which every tenant knows.
pub(super) fn is_public(id: &str) -> bool {
    PUBLIC.iter().any(|public| public.eq_ignore_ascii_case(id))
}

/// The application that is registered with a tenant.
pub(super) fn application<'w>(
    cloud: Tracked<'w, Cloud>,
    id: &str,
    tenant: &Name,
) -> Result<Tracked<'w, Application>, Refusal> {
    let registered = cloud.tenants().at(tenant);
    registered.and_then(|found| found.applications().at(&Name::new(id))).ok_or_else(|| {
        let text = format!(
            "Application with identifier '{id}' was not found in the directory '{tenant}'. This can happen if the \
             application has not been installed by the administrator of the tenant or consented to by any user in the \
             tenant. You may have sent your authentication request to the wrong tenant."
        );
        Refusal::new("unauthorized_client", 700_016, text)
    })
}

fn check_secret(
    request: &CloudRequest<'_>,
    id: &str,
    tenant: &Name,
    secret: &str,
) -> Result<(), Refusal> {
    let known: Option<Timestamp> = request.running().look(|world| {
        let secrets = application(world.cloud(), id, tenant)?.secrets();
        let same = secrets.each().map(|(_, known)| known);
        let same = same.filter(|known| *known.clone().value().get() == secret);
        Ok(same.map(|known| *known.expires_at().get()).max())
    })?;
    match known {
        Some(until) if request.running().now() < until => Ok(()),
        Some(_) => Err(Refusal::of_client(
            7_000_222,
            format!(
                "The provided client secret keys for app '{id}' are expired. Visit the Azure portal to create new keys \
                 for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added \
                 security: https://aka.ms/certCreds."
            ),
        )),
        None => Err(Refusal::of_client(
            7_000_215,
            format!(
                "Invalid client secret provided. Ensure the secret being sent in the request is the client secret \
                 value, not the client secret ID, for a secret added to app '{id}'."
            ),
        )),
    }
}

/// The client has to prove who it is, and did not try.
pub(super) fn no_proof() -> Refusal {
    let text = "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.";
    Refusal::of_client(7_000_218, text)
}

/// Azure CLI, which is what azure-identity calls itself where it is given no client id, and Azure PowerShell.
const PUBLIC: [&str; 2] =
    ["04b07795-8ddb-461a-bbee-02f9e1bf7b46", "1950a258-227b-4e31-a9cf-717495945fc2"];

const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
