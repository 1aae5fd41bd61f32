//! Blobs written block by block (the Blob service's reference).

use http::StatusCode;
use marslab_model::Map;
use marslab_model::world::Content;
use quick_xml::escape::escape;

use super::block_list::{self, From};
use super::errors::Refusal;
use super::target::Target;
use super::{blobs, containers, leases};
use crate::reply::Reply;
use crate::request::CloudRequest;

/// Keeps a block until a list puts it into its blob.
pub(super) fn stage(request: &CloudRequest<'_>, target: &Target) -> Result<Reply, Refusal> {
    let id = request.query("blockid").filter(|id| (1..=ID_CHARS_MAX).contains(&id.len()));
    let id = id.ok_or(Refusal::InvalidQueryParameterValue)?;
    let block = blobs::kept(request, target)?;
    if block.is_empty() {
        return Err(Refusal::InvalidHeaderValue);
    }
    let (others, lease) = containers::look(request, target, |it| {
        let staged = it.clone().staged().at(&target.blob).map(|it| it.get().clone());
        let lease = it.blobs().at(&target.blob).map(|it| it.lease().get().clone());
        (staged.unwrap_or_default(), lease.unwrap_or_default())
    })?;
    leases::check_blob(request, &lease)?;
    // All ids of a blob are as long as the first.
    if others.keys().any(|other| other.len() != id.len()) {
        return Err(Refusal::InvalidBlobOrBlock);
    }
    if others.len() >= BLOCKS_MAX {
        return Err(Refusal::BlockCountExceedsLimit);
    }
    containers::edit(request, target, |it| {
        it.staged().at_or_insert(target.blob.clone(), Map::new()).insert(id, block);
    });
    Ok(Reply::empty(StatusCode::CREATED))
}

/// Makes a blob of blocks.
pub(super) fn commit(request: &CloudRequest<'_>, target: &Target) -> Result<Reply, Refusal> {
    let list = block_list::read(request.body())?;
    let (staged, own) = containers::look(request, target, |it| {
        let staged = it.clone().staged().at(&target.blob).map(|it| it.get().clone());
        let own = it.blobs().at(&target.blob).map(|it| it.blocks().get().clone());
        (staged.unwrap_or_default(), own.unwrap_or_default())
    })?;
    let mut blocks: Map<String, Content> = Map::new();
    let mut committed = Vec::with_capacity(list.len());
    for (from, id) in list {
        let block = match from {
            From::Committed => own.get(&id),
            From::Uncommitted => staged.get(&id),
            From::Latest => staged.get(&id).or_else(|| own.get(&id)),
        };
        blocks.insert(id.clone(), block.ok_or(Refusal::InvalidBlockList)?.clone());
        committed.push(id);
    }
    blobs::write(request, target, blobs::UNKNOWN, (committed, blocks))
}

/// Which blocks there are.
pub(super) fn list(request: &CloudRequest<'_>, target: &Target) -> Result<Reply, Refusal> {
    let (staged, own) = containers::look(request, target, |it| {
        let staged = it.clone().staged().at(&target.blob).map(|it| it.get().clone());
        let own = it
            .blobs()
            .at(&target.blob)
            .map(|it| (it.clone().committed().get().clone(), it.blocks().get().clone()));
        (staged, own)
    })?;
    if staged.is_none() && own.is_none() {
        return Err(Refusal::BlobNotFound);
    }
    let block = |id: &str, content: &Content| {
        format!("<Block><Name>{}</Name><Size>{}</Size></Block>", escape(id), content.len())
    };
    let (order, blocks) = own.unwrap_or_default();
    let committed: String =
        order.iter().filter_map(|id| Some(block(id, blocks.get(id)?))).collect();
    let staged = staged.unwrap_or_default();
    let uncommitted: String = staged.iter().map(|(id, content)| block(id, content)).collect();
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList><CommittedBlocks>{committed}</CommittedBlocks>\
         <UncommittedBlocks>{uncommitted}</UncommittedBlocks></BlockList>"
    );
    Ok(Reply::new(StatusCode::OK, "application/xml", body))
}

/// As the reference has them: 64 bytes in Base64, and so many blocks.
const ID_CHARS_MAX: usize = 88;
const BLOCKS_MAX: usize = 100_000;
