//! Checking the assertion by which an application proves with a certificate who it is (RFC 7523, 3).
//!
//! The codes 700016, 700024 and 700027 and the reason for a key that was not found are from mars-facts 4.5. The
//! reasons for an expired key and for a wrong signature, and the times in the text of 700024, are as public issue
//! threads quote them (microsoft/azure-tools-for-java 2785, microsoftgraph/msgraph-sdk-php 1585, dotnet/docker-tools
//! 1310); 5002730 is from AzureAD/microsoft-authentication-library-for-dotnet 4712; the other codes are †.

use jiff::{SignedDuration, Timestamp};
use marslab_model::world::{Application, Content};
use marslab_model::{HostName, Name, Tracked};
use marslab_wire::http::{Scheme, Url};
use marslab_wire::jwt::{self, JwtError, Thumbprint, Unverified};
use marslab_wire::x509;

use super::client::application;
use super::instance::is_login;
use super::refusal::Refusal;
use super::tenant::Authority;
use crate::request::CloudRequest;

/// Whether the assertion proves that the client `client` of a tenant asks.
pub(super) fn check(
    request: &CloudRequest<'_>,
    assertion: &str,
    client: &str,
    tenant: &Name,
) -> Result<(), Refusal> {
    let said = jwt::decode(assertion).map_err(|_no_jwt| malformed())?;
    let certificate = request.running().look(|world| {
        key(&application(world.cloud(), client, tenant)?, said.thumbprint.as_ref())
    })?;
    let now = request.running().now();
    let skew = SignedDuration::from_secs(request.running().limits().clock_skew_seconds);
    let times = Times { now, skew };
    check_key(assertion, certificate.bytes(), times)?;
    check_names(request, &said, client, tenant)?;
    check_times(&said, times)
}

/// The certificate by which the assertion says that it is signed.
fn key(
    application: &Tracked<'_, Application>,
    said: Option<&Thumbprint>,
) -> Result<Content, Refusal> {
    let certificates = application.clone().certificates();
    let found = match said.ok_or_else(malformed)? {
        Thumbprint::Sha1(thumbprint) => certificates.at(&Name::new(thumbprint)),
        other @ Thumbprint::Sha256(_) => certificates
            .each()
            .map(|(_, der)| der)
            .find(|der| other.is_of(der.clone().get().bytes())),
    };
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
    jwt::verify(assertion, certificate).map_err(|error| match error {
        JwtError::Algorithm { .. } => {
            let text = "Invalid JWT token. Unsupported key for the signing algorithm.";
            Refusal::new("invalid_request", 5_002_730, text)
        }
        _ => wrong(),
    })
}

fn check_names(
    request: &CloudRequest<'_>,
    said: &Unverified,
    client: &str,
    tenant: &Name,
) -> Result<(), Refusal> {
    let claims = &said.claims;
    if !claims.iss.eq_ignore_ascii_case(client) || !claims.sub.eq_ignore_ascii_case(client) {
        let text = "Client assertion application identifier doesn't match 'client_id' parameter.";
        return Err(Refusal::of_client(700_021, text));
    }
    if !is_audience(request, &claims.aud, tenant) {
        let text = "Client assertion audience claim does not match Realm issuer.";
        return Err(Refusal::of_client(700_023, text));
    }
    Ok(())
}

/// Whether an audience is the service: either token endpoint, or the issuer, under any of its names (†: real clients send
/// the endpoint that they ask).
fn is_audience(request: &CloudRequest<'_>, audience: &str, tenant: &Name) -> bool {
    let Ok(url) = audience.parse::<Url>() else { return false };
    let path = url.path.to_ascii_lowercase();
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let Some((named, rest)) = parts.split_first() else { return false };
    let is_service = url.scheme == Scheme::Https
        && matches!(rest, ["oauth2", "token"] | ["oauth2", "v2.0", "token"] | ["v2.0"] | [])
        && is_login(request, &HostName::new(url.host.to_string()));
    is_service && Authority::of(request, named).ok() == Some(Authority::Tenant(tenant.clone()))
}

/// Without a start, an assertion is valid from ever.
fn check_times(said: &Unverified, times: Times) -> Result<(), Refusal> {
    let moment = |seconds| Timestamp::from_second(seconds).map_err(|_too_far| malformed());
    let from = said.claims.nbf.map_or(Ok(Timestamp::UNIX_EPOCH), moment)?;
    let until = moment(said.claims.exp)?;
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
