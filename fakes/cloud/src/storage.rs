//! Storage accounts: blobs, and queues.
//!
//! The headers, the statuses and the codes of errors are those of the public REST interface (Put Blob, Put Message, common
//! error codes); an anonymous request for the root is refused as mars-facts 4.6 has it. That the agent writes one block blob
//! and one message, and how the signature of a URL is made, is the lab's own.

use http::{Method, StatusCode};
use marslab_model::{HostName, Name};

use super::Cloud;
use super::reply::Reply;
use super::request::CloudRequest;

/// The URL with the right to write there (a shared access signature).
pub(super) fn url(cloud: &Cloud, host: &HostName, path: &str) -> String {
    let seal = cloud.tokens.seal(&signed(host, path));
    format!("https://{host}/{path}?sv={VERSION}&sp=w&sig={seal}")
}

/// The path of the blob for a job of a machine.
pub(super) fn blob_path(machine: &str, job: &str) -> String {
    format!("{machine}/{job}")
}

/// The path of the messages about a machine's jobs.
pub(super) fn messages_path(machine: &str) -> String {
    format!("{machine}/messages")
}

/// The name by which the world keeps a blob.
pub(super) fn name(host: &HostName, path: &str) -> Name {
    Name::new(format!("{host}/{path}"))
}

pub(super) fn answer(request: &CloudRequest<'_>) -> Reply {
    let path = request.path().trim_start_matches('/');
    let put: fn(&CloudRequest<'_>, &str) -> Reply = match (request.method(), path.split_once('/')) {
        (&Method::PUT, Some(_)) => put_blob,
        (&Method::POST, Some((_, "messages"))) => put_message,
        _ if path.is_empty() => {
            return Reply::storage_error(StatusCode::BAD_REQUEST, "InvalidQueryParameterValue");
        }
        _ => return Reply::storage_error(StatusCode::FORBIDDEN, AUTHENTICATION_FAILED),
    };
    let seal = request.query("sig").unwrap_or_default();
    if !request.cloud.tokens.is_sealed(&signed(request.host, path), &seal) {
        return Reply::storage_error(StatusCode::FORBIDDEN, AUTHENTICATION_FAILED);
    }
    put(request, path)
}

/// The service is busy (503).
pub(super) fn busy() -> Reply {
    Reply::storage_error(StatusCode::SERVICE_UNAVAILABLE, "ServerBusy")
}

fn put_blob(request: &CloudRequest<'_>, path: &str) -> Reply {
    if request.header("x-ms-blob-type") != Some("BlockBlob") {
        return Reply::storage_error(StatusCode::BAD_REQUEST, "MissingRequiredHeader");
    }
    let (name, bytes) = (name(request.host, path), request.bytes());
    request.running().edit(|world| world.cloud().blobs().insert(name, bytes));
    Reply::empty(StatusCode::CREATED)
}

/// Nobody reads the messages.
fn put_message(_request: &CloudRequest<'_>, _path: &str) -> Reply {
    Reply::empty(StatusCode::CREATED)
}

fn signed(host: &HostName, path: &str) -> String {
    format!("storage of {host}: {path}")
}

const AUTHENTICATION_FAILED: &str = "AuthenticationFailed";

/// The version of the interface in the world's time.
const VERSION: &str = "2018-03-28";
