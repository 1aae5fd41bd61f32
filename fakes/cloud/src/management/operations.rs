//! Operations that go on after the answer, and asking after them (the resource manager's reference on asynchronous operations).
//!
//! In the lab all have ended by the time that they are asked after. An id tells when its operation began, and is signed, so that
//! no other is known.

use http::StatusCode;
use http::header::{HeaderName, LOCATION, RETRY_AFTER};
use jiff::Timestamp;
use serde_json::json;

use super::errors;
use super::vault_id::{Call, VAULTS, VaultId};
use crate::reply::Reply;
use crate::request::CloudRequest;

/// What was asked for is under way.
pub(super) fn accepted(call: &Call<'_>) -> Reply {
    let Call { request, vault, .. } = call;
    let id = issue(request, vault, request.running().stamp());
    let version = request.query("api-version").unwrap_or_default();
    let url =
        |kind: &str| format!("https://{}{vault}/{kind}/{id}?api-version={version}", request.host);
    Reply::empty(StatusCode::ACCEPTED)
        .with(ASYNC_OPERATION, url(STATUS))
        .with(LOCATION, url(RESULTS))
        .with(RETRY_AFTER, "1")
}

/// How an operation is getting on, or what it has come to, which is nothing that could be shown. Its vault may be gone.
pub(super) fn answer(
    request: &CloudRequest<'_>,
    vault: &VaultId,
    (kind, id): (&str, &str),
) -> Result<Reply, Reply> {
    let absent = || errors::no_resource(&format!("{VAULTS}/{kind}"), id, &vault.group);
    let began = began(request, vault, id).ok_or_else(absent)?.to_string();
    if kind.eq_ignore_ascii_case(RESULTS) {
        return Ok(Reply::empty(StatusCode::NO_CONTENT));
    }
    let body = json!({
        "id": format!("{vault}/{STATUS}/{id}"),
        "name": id,
        "status": "Succeeded",
        "startTime": began,
        "endTime": began,
    });
    Ok(Reply::json(StatusCode::OK, &body))
}

/// Whether what follows a vault in a path is an operation.
pub(super) fn is_one(kind: &str) -> bool {
    [STATUS, RESULTS].iter().any(|known| known.eq_ignore_ascii_case(kind))
}

/// Shaped as a GUID: the seconds since 1970, then a seal.
fn issue(request: &CloudRequest<'_>, vault: &VaultId, began: Timestamp) -> String {
    let seconds = u64::try_from(began.as_second()).unwrap_or_default();
    let seal = request.cloud.tokens.seal(&format!("operation {vault} {seconds}").to_lowercase());
    let digits: String = seal
        .bytes()
        .take(20)
        .filter_map(|byte| char::from_digit(u32::from(byte % 16), 16))
        .collect();
    let start = format!("{seconds:012x}");
    let (a, b) = start.split_at(8);
    let (c, rest) = digits.split_at(4);
    let (d, e) = rest.split_at(4);
    format!("{a}-{b}-{c}-{d}-{e}")
}

fn began(request: &CloudRequest<'_>, vault: &VaultId, id: &str) -> Option<Timestamp> {
    let start: String = id.chars().filter(|it| *it != '-').take(12).collect();
    let began = Timestamp::from_second(i64::from_str_radix(&start, 16).ok()?).ok()?;
    issue(request, vault, began).eq_ignore_ascii_case(id).then_some(began)
}

const STATUS: &str = "operationStatus";
const RESULTS: &str = "operationResults";
const ASYNC_OPERATION: HeaderName = HeaderName::from_static("azure-asyncoperation");
