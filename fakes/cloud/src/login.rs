//! Tokens for applications that prove with a certificate who they are (mars-facts 4.5).
//!
//! The codes 700016, 700024 and 700027 and the reason for a key that was not found are from mars-facts 4.5. The
//! reasons for an expired key and for a wrong signature, and the times in the text of 700024, are as public issue
//! threads quote them (microsoft/azure-tools-for-java 2785, microsoftgraph/msgraph-sdk-php 1585, dotnet/docker-tools
//! 1310); the other codes are from memory.

use http::Method;
use jiff::{SignedDuration, Timestamp};
use marslab_model::world::{Application, Cloud, Content};
use marslab_model::{Name, Tracked};
use marslab_wire::jwt::{self, Unverified};
use marslab_wire::x509;

use super::reply::Reply;
use super::request::CloudRequest;
use super::sign_in::{Refusal, granted, required};
use super::token::{Claims, Subject};

pub(super) fn answer(request: &CloudRequest<'_>) -> Reply {
    match (request.method(), request.segments().as_slice()) {
        (&Method::POST, [tenant, "oauth2", "token"]) => {
            token(request, tenant).unwrap_or_else(|refusal| refusal.reply(request))
        }
        _ => Reply::not_found(),
    }
}

/// A token for an application.
pub(super) fn token(request: &CloudRequest<'_>, tenant: &str) -> Result<Reply, Refusal> {
    let form = request.form();
    if required(&form, "grant_type")? != "client_credentials" {
        return Err(Refusal::other_grant());
    }
    let client = required(&form, "client_id")?;
    let resource = required(&form, "resource")?;
    if required(&form, "client_assertion_type")? != ASSERTION_TYPE {
        let text = "The client assertion type is not supported.";
        return Err(Refusal::new("invalid_request", 50_027, text));
    }
    let assertion = required(&form, "client_assertion")?;
    let said = jwt::decode(assertion).map_err(|_no_jwt| malformed())?;
    let certificate = request.running().look(|world| {
        let tenants = world.cloud().tenants();
        let found =
            tenants.at(&Name::new(tenant)).ok_or_else(|| Refusal::unknown_tenant(tenant))?;
        let application = found.applications().at(&Name::new(client));
        key(application.ok_or_else(|| unknown_application(client, tenant))?, &said)
    })?;
    let now = request.running().now();
    let times = Times {
        now,
        skew: SignedDuration::from_secs(request.running().limits().clock_skew_seconds),
    };
    check_key(assertion, certificate.bytes(), times)?;
    check_claims(&said, client, &format!("https://{}/{tenant}/oauth2/token", request.host), times)?;
    let is_its_own = request.running().look(|world| {
        let vault = vault_of(world.clone().cloud(), resource)?;
        Some(*world.cloud().vaults().at(&vault)?.client_id().get() == Name::new(client))
    });
    if is_its_own != Some(true) {
        return Err(Refusal::unknown_resource(resource, tenant));
    }
    let subject = Subject::Application { appid: client.to_owned() };
    Ok(granted(request, &Claims::new(resource, tenant, subject, now)))
}

/// The certificate by which the assertion says that it is signed.
fn key(application: Tracked<'_, Application>, said: &Unverified) -> Result<Content, Refusal> {
    let thumbprint = said.thumbprint.as_ref().ok_or_else(malformed)?;
    let found = application.certificates().at(&Name::new(thumbprint));
    found.map(|der| der.get().clone()).ok_or_else(|| bad_key("The key was not found."))
}

fn check_key(assertion: &str, certificate: &[u8], times: Times) -> Result<(), Refusal> {
    let wrong = || bad_key("Key was found, but use of the key to verify the signature failed.");
    let facts = x509::read(certificate).map_err(|_no_x509| wrong())?;
    if !times.is_within(facts.not_before, facts.not_after) {
        let found = |moment: Timestamp| moment.strftime("%m/%d/%Y %H:%M:%S").to_string();
        let what = if times.now < facts.not_before { "not valid yet" } else { "expired" };
        return Err(bad_key(&format!(
            "The key used is {what}., Thumbprint of key used by client: '{}', Found key 'Start={}, End={}'",
            facts.thumbprint,
            found(facts.not_before),
            found(facts.not_after),
        )));
    }
    jwt::verify_rs256(assertion, certificate).map(drop).map_err(|_no_match| wrong())
}

fn check_claims(
    said: &Unverified,
    client: &str,
    endpoint: &str,
    times: Times,
) -> Result<(), Refusal> {
    let claims = &said.claims;
    if !claims.iss.eq_ignore_ascii_case(client) || !claims.sub.eq_ignore_ascii_case(client) {
        let text = "Client assertion application identifier doesn't match 'client_id' parameter.";
        return Err(Refusal::of_client(700_021, text));
    }
    if !claims.aud.eq_ignore_ascii_case(endpoint) {
        let text = "Client assertion audience claim does not match Realm issuer.";
        return Err(Refusal::of_client(700_023, text));
    }
    let moment = |seconds| Timestamp::from_second(seconds).map_err(|_too_far| malformed());
    let (from, until) = (moment(claims.nbf)?, moment(claims.exp)?);
    if times.is_within(from, until) {
        return Ok(());
    }
    let now = times.now;
    let text = format!(
        "Client assertion is not within its valid time range. Current time: {now}, assertion valid from {from}, \
         expiry time of assertion {until}."
    );
    Err(Refusal::of_client(700_024, text))
}

/// The vault that an audience names: `https://RecoveryServiceVault/{location}/{vault}/{resourceId}` (mars-facts 3.2).
pub(super) fn vault_of(cloud: Tracked<'_, Cloud>, audience: &str) -> Option<Name> {
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

/// What time it is, and by how much the clocks of others may differ.
#[derive(Clone, Copy)]
struct Times {
    now: Timestamp,
    skew: SignedDuration,
}

impl Times {
    fn is_within(self, from: Timestamp, until: Timestamp) -> bool {
        let earliest = from.saturating_sub(self.skew).unwrap_or(from);
        let latest = until.saturating_add(self.skew).unwrap_or(until);
        (earliest..=latest).contains(&self.now)
    }
}

fn bad_key(reason: &str) -> Refusal {
    let text = format!("Client assertion contains an invalid signature. [Reason - {reason}]");
    Refusal::of_client(700_027, text)
}

fn malformed() -> Refusal {
    Refusal::of_client(50_027, "JWT token is invalid or malformed.")
}

fn unknown_application(client: &str, tenant: &str) -> Refusal {
    let text = format!(
        "Application with identifier '{client}' was not found in the directory '{tenant}'."
    );
    Refusal::new("unauthorized_client", 700_016, text)
}

const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
