//! Storage accounts: blobs, and queues.
//!
//! Requests, answers and errors are those of the public REST interface (Blob service, Queue service, common error codes, versioned
//! to what azure-storage-blob 12.31 asks for); an anonymous request for the root is refused as mars-facts 4.6 has it. That the
//! agent writes one block blob and one message is the lab's own.
//!
//! | module | what lives there |
//! | --- | --- |
//! | `target`, `errors` | which account, container and blob a request is about; refusals |
//! | `access`, `shared_key`, `sas` | who may do what, by an account's key, a signed URL or a token |
//! | `containers`, `blobs`, `blocks`, `block_list`, `range` | what is kept, and parts of it |
//! | `lease`, `leases`, `stamp` | who may write; etags and their conditions |

mod access;
mod blobs;
mod block_list;
mod blocks;
mod containers;
mod errors;
mod lease;
mod leases;
mod range;
mod sas;
mod shared_key;
mod stamp;
mod target;

use http::header::HeaderName;
use http::{Method, StatusCode};
use marslab_model::HostName;
use marslab_model::world::{Container, Lease};
use marslab_state::Running;

use super::reply::Reply;
use super::request::CloudRequest;
use access::Right;
use errors::Refusal;
use target::Target;

/// The URL with the right to write a blob there for a while (a shared access signature); its container is made where there is
/// none. Nothing if the world does not have the account.
pub(super) fn blob_url(running: &Running, host: &HostName, path: (&str, &str)) -> Option<String> {
    let (container, blob) = path;
    let target = Target::new(host, container, blob);
    let now = running.stamp();
    let (modified, etag) = stamp::first(now);
    let (lease, blobs, staged) = (Lease::Available, [].into(), [].into());
    running.edit(|world| {
        let mut cloud = world.cloud();
        let mut accounts = cloud.storage_accounts();
        let mut account = accounts.at(&target.account);
        let none = Container { modified, etag, lease, blobs, staged };
        account.containers().at_or_insert(container.to_owned(), none);
    });
    sas::url(running, &target, now)
}

/// The URL with the right to put messages into a queue.
pub(super) fn queue_url(running: &Running, host: &HostName, queue: &str) -> Option<String> {
    sas::url(running, &Target::new(host, queue, "messages"), running.stamp())
}

/// Whether an account holds a blob.
pub(super) fn has(running: &Running, host: &HostName, (container, blob): (&str, &str)) -> bool {
    let account = Target::new(host, container, blob).account;
    running
        .look(|world| {
            let account = world.cloud().storage_accounts().at(&account)?;
            let container = account.containers().at(&container.to_owned())?;
            container.blobs().at(&blob.to_owned()).map(|_| ())
        })
        .is_some()
}

pub(super) fn answer(request: &CloudRequest<'_>) -> Reply {
    let reply = reply(request).unwrap_or_else(|refusal| refusal.reply(request));
    finish(request, if request.method() == Method::HEAD { reply.without_body() } else { reply })
}

/// The service is busy (503).
pub(super) fn busy(request: &CloudRequest<'_>) -> Reply {
    finish(request, Refusal::ServerBusy.reply(request))
}

/// The answer to a body longer than [`BODY_BYTES_MAX`], which was not read. Who may not write hears that first.
pub(super) fn too_large(request: &CloudRequest<'_>) -> Reply {
    let allowed = Target::of(request).and_then(|it| access::check(request, &it, Right::Write));
    let refusal = allowed.err().unwrap_or(Refusal::RequestBodyTooLarge);
    finish(request, refusal.reply(request))
}

fn reply(request: &CloudRequest<'_>) -> Result<Reply, Refusal> {
    let target = Target::of(request)?;
    let [method, kind, part] = [
        request.method().as_str(),
        &request.query("restype").unwrap_or_default(),
        &request.query("comp").unwrap_or_default(),
    ];
    if target.is_queue {
        return queue(request, &target);
    }
    let (right, act): (_, fn(&CloudRequest<'_>, &Target) -> _) = match (method, kind, part) {
        ("GET", "", "list") if target.is_account() => (Right::List, containers::list),
        _ if target.is_account() => return Err(Refusal::InvalidQueryParameterValue),
        ("PUT", "container", "") => (Right::Create, containers::create),
        ("PUT", "container", "lease") => (Right::Write, leases::of_container),
        ("GET" | "HEAD", "container", "") => (Right::Read, containers::show),
        ("DELETE", "container", "") => (Right::Delete, containers::delete),
        ("GET", "container", "list") => (Right::List, blobs::list),
        _ if target.blob.is_empty() => return Err(Refusal::InvalidQueryParameterValue),
        ("PUT", "", "") => (Right::Write, blobs::put),
        ("PUT", "", "block") => (Right::Write, blocks::stage),
        ("PUT", "", "blocklist") => (Right::Write, blocks::commit),
        ("GET", "", "blocklist") => (Right::Read, blocks::list),
        ("PUT", "", "lease") => (Right::Write, leases::of_blob),
        ("PUT", "", "metadata") => (Right::Write, blobs::set_metadata),
        ("GET" | "HEAD", "", "") => (Right::Read, blobs::get),
        ("DELETE", "", "") => (Right::Delete, blobs::delete),
        ("GET" | "HEAD" | "PUT" | "DELETE", ..) => return Err(Refusal::InvalidQueryParameterValue),
        _ => return Err(Refusal::UnsupportedHttpVerb),
    };
    access::check(request, &target, right)?;
    act(request, &target)
}

/// Nobody reads the messages.
fn queue(request: &CloudRequest<'_>, target: &Target) -> Result<Reply, Refusal> {
    match (request.method(), target.blob.as_str()) {
        (&Method::POST, "messages") => {
            access::check(request, target, Right::Add)?;
            Ok(Reply::empty(StatusCode::CREATED))
        }
        _ if target.is_account() => Err(Refusal::InvalidQueryParameterValue),
        _ => {
            access::check(request, target, Right::Read)?;
            Err(Refusal::ResourceNotFound)
        }
    }
}

/// What every answer has.
fn finish(request: &CloudRequest<'_>, reply: Reply) -> Reply {
    let is_queue = request.host.as_str().contains(".queue.");
    let version = request.header("x-ms-version").unwrap_or(sas::VERSION);
    let reply = reply.with(X_MS_VERSION, version).from(if is_queue { QUEUE } else { BLOB });
    match request.header("x-ms-client-request-id") {
        Some(id) if id.len() <= CLIENT_ID_BYTES_MAX => reply.with(X_MS_CLIENT_REQUEST_ID, id),
        _ => reply,
    }
}

/// The longest body that is read: all that the lab keeps of one container. † Real accounts take 5,000 MiB at once.
pub(super) const BODY_BYTES_MAX: usize = blobs::CONTAINER_BYTES_MAX;

const BLOB: &str = "Windows-Azure-Blob/1.0 Microsoft-HTTPAPI/2.0";
const QUEUE: &str = "Windows-Azure-Queue/1.0 Microsoft-HTTPAPI/2.0";
const X_MS_VERSION: HeaderName = HeaderName::from_static("x-ms-version");
const X_MS_CLIENT_REQUEST_ID: HeaderName = HeaderName::from_static("x-ms-client-request-id");

/// As the reference has it.
const CLIENT_ID_BYTES_MAX: usize = 1_024;
