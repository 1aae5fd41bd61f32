//! Block blobs: written, read, listed, deleted (the Blob service's reference).

use bytes::Bytes;
use http::StatusCode;
use http::header::{ACCEPT_RANGES, CONTENT_RANGE, HeaderName};
use jiff::Timestamp;
use marslab_model::world::{Blob, Content, Lease};
use marslab_model::{Edit, Map, Name, Tracked};
use quick_xml::escape::escape;

use super::errors::Refusal;
use super::target::Target;
use super::{containers, lease, leases, range, stamp};
use crate::reply::Reply;
use crate::request::CloudRequest;

/// Reads something of a blob.
pub(super) fn look<R>(
    request: &CloudRequest<'_>,
    target: &Target,
    read: impl FnOnce(Tracked<'_, Blob>) -> R,
) -> Result<R, Refusal> {
    let found = containers::look(request, target, |it| it.blobs().at(&target.blob).map(read))?;
    found.ok_or(Refusal::BlobNotFound)
}

/// Changes something of a blob.
pub(super) fn edit(
    request: &CloudRequest<'_>,
    target: &Target,
    write: impl FnOnce(&mut Edit<'_, Blob>),
) {
    containers::edit(request, target, |it| write(&mut it.blobs().at(&target.blob)));
}

/// Writes a whole blob.
pub(super) fn put(request: &CloudRequest<'_>, target: &Target) -> Result<Reply, Refusal> {
    if request.header("x-ms-blob-type") != Some("BlockBlob") {
        return Err(Refusal::MissingRequiredHeader);
    }
    let blocks = Map::from([(String::new(), kept(request, target)?)]);
    let kind = request.header("content-type").unwrap_or(UNKNOWN);
    write(request, target, kind, (vec![String::new()], blocks))
}

/// The body of a request, if the account has room for it. What the lab keeps is bounded, as no real account is so soon: †.
pub(super) fn kept(request: &CloudRequest<'_>, target: &Target) -> Result<Content, Refusal> {
    let held: usize = containers::look(request, target, |it| {
        let in_blobs = it.clone().blobs().each().map(|(_, it)| bytes(it.blocks().get()));
        let staged = it.clone().staged().each().map(|(_, it)| bytes(it.get()));
        in_blobs.chain(staged).sum()
    })?;
    if held.saturating_add(request.body().len()) > CONTAINER_BYTES_MAX {
        return Err(Refusal::RequestBodyTooLarge);
    }
    Ok(Content::from(request.body().to_vec()))
}

/// Makes a blob of its blocks, in place of the one that was there; of this type, unless the request says it of the blob.
pub(super) fn write(
    request: &CloudRequest<'_>,
    target: &Target,
    kind: &str,
    (committed, blocks): (Vec<String>, Map<String, Content>),
) -> Result<Reply, Refusal> {
    let before = containers::look(request, target, |it| {
        let blob = it.blobs().at(&target.blob)?;
        Some((*blob.clone().etag().get(), blob.lease().get().clone()))
    })?;
    stamp::check(request, before.as_ref().map(|it| it.0))?;
    leases::check_blob(request, before.as_ref().map_or(&Lease::Available, |it| &it.1))?;
    let now = request.running().stamp();
    let (modified, etag) = stamp::next(now, before.as_ref().map_or(0, |it| it.0));
    let kind = request.header("x-ms-blob-content-type").unwrap_or(kind);
    let blob = Blob {
        committed,
        blocks,
        content_type: kind.to_owned(),
        modified,
        etag,
        lease: before.map(|it| it.1).unwrap_or_default(),
        metadata: metadata(request),
    };
    containers::edit(request, target, |it| {
        it.blobs().insert(target.blob.clone(), blob);
        it.staged().remove(&target.blob);
    });
    let reply = Reply::empty(StatusCode::CREATED).with(ENCRYPTED, "true");
    Ok(stamp::on(reply, (modified, etag)))
}

pub(super) fn set_metadata(request: &CloudRequest<'_>, target: &Target) -> Result<Reply, Refusal> {
    let (etag, lease) =
        look(request, target, |it| (*it.clone().etag().get(), it.lease().get().clone()))?;
    stamp::check(request, Some(etag))?;
    leases::check_blob(request, &lease)?;
    let (modified, etag) = stamp::next(request.running().stamp(), etag);
    edit(request, target, |it| {
        it.metadata().set(metadata(request));
        it.modified().set(modified);
        it.etag().set(etag);
    });
    Ok(stamp::on(Reply::empty(StatusCode::OK), (modified, etag)))
}

/// A blob, or a part of it. A HEAD is answered the same, without the content.
pub(super) fn get(request: &CloudRequest<'_>, target: &Target) -> Result<Reply, Refusal> {
    let now = request.running().stamp();
    look(request, target, |it| {
        let (modified, etag) = (*it.clone().modified().get(), *it.clone().etag().get());
        if stamp::is_known(request, etag) {
            return Ok(stamp::on(Reply::empty(StatusCode::NOT_MODIFIED), (modified, etag)));
        }
        if request.header("if-match").is_some() {
            stamp::check(request, Some(etag))?;
        }
        let (kind, whole) = (it.clone().content_type().get().as_str(), content(&it));
        let length = whole.len();
        let asked = request.header("x-ms-range").or_else(|| request.header("range"));
        let reply = match range::read(asked, length)? {
            None => Reply::new(StatusCode::OK, kind, whole),
            Some((from, to)) => {
                let part = whole.slice(from..=to);
                Reply::new(StatusCode::PARTIAL_CONTENT, kind, part)
                    .with(CONTENT_RANGE, format!("bytes {from}-{to}/{length}"))
            }
        };
        Ok(describe(stamp::on(reply, (modified, etag)), &it, now))
    })?
}

pub(super) fn delete(request: &CloudRequest<'_>, target: &Target) -> Result<Reply, Refusal> {
    let (etag, lease) =
        look(request, target, |it| (*it.clone().etag().get(), it.lease().get().clone()))?;
    stamp::check(request, Some(etag))?;
    leases::check_blob(request, &lease)?;
    containers::edit(request, target, |it| it.blobs().remove(&target.blob));
    Ok(Reply::empty(StatusCode::ACCEPTED))
}

/// The blobs of a container, a page at a time; a marker is the name of the first blob of a page.
pub(super) fn list(request: &CloudRequest<'_>, target: &Target) -> Result<Reply, Refusal> {
    let [prefix, marker] = ["prefix", "marker"].map(|it| request.query(it).unwrap_or_default());
    let most = match request.query("maxresults").map(|it| it.parse::<usize>()) {
        None => PAGE_BLOBS,
        Some(Ok(most @ 1..)) => most.min(PAGE_BLOBS),
        Some(_) => return Err(Refusal::InvalidQueryParameterValue),
    };
    let now = request.running().stamp();
    let (entries, next) = containers::look(request, target, |it| {
        let chosen =
            it.blobs().each().filter(|(name, _)| name.starts_with(&prefix) && **name >= marker);
        let mut chosen = chosen.peekable();
        let mut entries = String::new();
        for (name, blob) in chosen.by_ref().take(most) {
            entries.push_str(&entry(now, name, &blob));
        }
        (entries, chosen.peek().map(|(name, _)| (*name).clone()).unwrap_or_default())
    })?;
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><EnumerationResults ServiceEndpoint=\"https://{}/\" \
         ContainerName=\"{}\"><Prefix>{}</Prefix><MaxResults>{most}</MaxResults><Blobs>{entries}</Blobs><NextMarker>{}\
         </NextMarker></EnumerationResults>",
        target.host,
        target.container,
        escape(prefix.as_str()),
        escape(next.as_str())
    );
    Ok(Reply::new(StatusCode::OK, "application/xml", body))
}

fn entry(now: Timestamp, name: &str, blob: &Tracked<'_, Blob>) -> String {
    let (state, status) = lease::state(blob.clone().lease().get(), now);
    let kind = blob.clone().content_type().get();
    format!(
        "<Blob><Name>{}</Name><Properties><Last-Modified>{}</Last-Modified><Etag>0x{:X}</Etag>\
         <Content-Length>{}</Content-Length><Content-Type>{}</Content-Type><BlobType>BlockBlob</BlobType>\
         <LeaseStatus>{status}</LeaseStatus><LeaseState>{state}</LeaseState></Properties></Blob>",
        escape(name),
        marslab_wire::http::date(*blob.clone().modified().get()),
        blob.clone().etag().get(),
        content(blob).len(),
        escape(kind.as_str())
    )
}

/// An answer with what is noted beside a blob.
fn describe(reply: Reply, blob: &Tracked<'_, Blob>, now: Timestamp) -> Reply {
    let reply =
        reply.with(BLOB_TYPE, "BlockBlob").with(ACCEPT_RANGES, "bytes").with(ENCRYPTED, "true");
    let mut reply = leases::on(reply, blob.clone().lease().get(), now);
    for (name, value) in blob.clone().metadata().get() {
        if let Ok(name) = HeaderName::try_from(format!("{METADATA}{name}").to_lowercase()) {
            reply = reply.with(name, value.as_str());
        }
    }
    reply
}

/// All bytes of a blob.
fn content(blob: &Tracked<'_, Blob>) -> Bytes {
    let blocks = blob.clone().blocks().get();
    let order = blob.clone().committed().get();
    let parts: Vec<&[u8]> = order.iter().filter_map(|id| Some(blocks.get(id)?.bytes())).collect();
    parts.concat().into()
}

fn bytes(blocks: &Map<String, Content>) -> usize {
    blocks.values().map(|block| block.len()).sum()
}

fn metadata(request: &CloudRequest<'_>) -> Map<Name, String> {
    let headers = request.headers().iter().filter_map(|(name, value)| {
        let name = name.as_str().strip_prefix(METADATA)?;
        Some((Name::new(name), value.to_str().ok()?.to_owned()))
    });
    headers.collect()
}

/// What a blob is that nobody has said it of.
pub(super) const UNKNOWN: &str = "application/octet-stream";
const METADATA: &str = "x-ms-meta-";
const BLOB_TYPE: HeaderName = HeaderName::from_static("x-ms-blob-type");
const ENCRYPTED: HeaderName = HeaderName::from_static("x-ms-request-server-encrypted");

/// As the reference has it.
const PAGE_BLOBS: usize = 5_000;

/// What the lab keeps of one container.
pub(super) const CONTAINER_BYTES_MAX: usize = 64 << 20;
