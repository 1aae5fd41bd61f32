//! Containers: made, shown, listed, deleted (the Blob service's reference).

use http::StatusCode;
use http::header::HeaderName;
use marslab_model::world::{Container, Lease};
use marslab_model::{Edit, Tracked};
use quick_xml::escape::escape;

use super::errors::Refusal;
use super::target::Target;
use super::{lease, leases, stamp};
use crate::reply::Reply;
use crate::request::CloudRequest;

/// Reads something of a container.
pub(super) fn look<R>(
    request: &CloudRequest<'_>,
    target: &Target,
    read: impl FnOnce(Tracked<'_, Container>) -> R,
) -> Result<R, Refusal> {
    let found = request.running().look(|world| {
        let account = world.cloud().storage_accounts().at(&target.account)?;
        account.containers().at(&target.container).map(read)
    });
    found.ok_or(Refusal::ContainerNotFound)
}

/// Changes something of a container.
pub(super) fn edit(
    request: &CloudRequest<'_>,
    target: &Target,
    write: impl FnOnce(&mut Edit<'_, Container>),
) {
    request.running().edit(|world| {
        let mut cloud = world.cloud();
        let mut accounts = cloud.storage_accounts();
        let mut account = accounts.at(&target.account);
        write(&mut account.containers().at(&target.container));
    });
}

pub(super) fn create(request: &CloudRequest<'_>, target: &Target) -> Result<Reply, Refusal> {
    if look(request, target, |_| ()).is_ok() {
        return Err(Refusal::ContainerAlreadyExists);
    }
    let (modified, etag) = stamp::first(request.running().stamp());
    let lease = Lease::Available;
    let new = Container { modified, etag, lease, blobs: [].into(), staged: [].into() };
    request.running().edit(|world| {
        let mut cloud = world.cloud();
        let mut accounts = cloud.storage_accounts();
        accounts.at(&target.account).containers().insert(target.container.clone(), new);
    });
    Ok(stamp::on(Reply::empty(StatusCode::CREATED), (modified, etag)))
}

pub(super) fn show(request: &CloudRequest<'_>, target: &Target) -> Result<Reply, Refusal> {
    let now = request.running().stamp();
    look(request, target, |it| {
        let own = (*it.clone().modified().get(), *it.clone().etag().get());
        let reply = stamp::on(Reply::empty(StatusCode::OK), own)
            .with(IMMUTABLE, "false")
            .with(LEGAL_HOLD, "false");
        leases::on(reply, it.lease().get(), now)
    })
}

pub(super) fn delete(request: &CloudRequest<'_>, target: &Target) -> Result<Reply, Refusal> {
    let (etag, lease) =
        look(request, target, |it| (*it.clone().etag().get(), it.lease().get().clone()))?;
    stamp::check(request, Some(etag))?;
    leases::check_container(request, &lease)?;
    request.running().edit(|world| {
        let mut cloud = world.cloud();
        let mut accounts = cloud.storage_accounts();
        accounts.at(&target.account).containers().remove(&target.container);
    });
    Ok(Reply::empty(StatusCode::ACCEPTED))
}

/// The containers of an account, all on one page.
pub(super) fn list(request: &CloudRequest<'_>, target: &Target) -> Result<Reply, Refusal> {
    let prefix = request.query("prefix").unwrap_or_default();
    let now = request.running().stamp();
    let entries: String = request.running().look(|world| {
        let account = world.cloud().storage_accounts().at(&target.account)?;
        let all = account.containers().each();
        let chosen = all.filter(|(name, _)| name.starts_with(&prefix));
        Some(chosen.map(|(name, it)| {
            let (state, status) = lease::state(it.clone().lease().get(), now);
            let (at, etag) = (*it.clone().modified().get(), stamp::text(*it.etag().get()));
            format!(
                "<Container><Name>{}</Name><Properties><Last-Modified>{}</Last-Modified><Etag>{}</Etag>\
                 <LeaseStatus>{status}</LeaseStatus><LeaseState>{state}</LeaseState></Properties></Container>",
                escape(name.as_str()),
                marslab_wire::http::date(at),
                escape(&etag)
            )
        }).collect())
    }).ok_or(Refusal::ResourceNotFound)?;
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><EnumerationResults ServiceEndpoint=\"https://{}/\"><Prefix>{}</Prefix>\
         <Containers>{entries}</Containers><NextMarker /></EnumerationResults>",
        target.host,
        escape(prefix.as_str())
    );
    Ok(Reply::new(StatusCode::OK, "application/xml", body))
}

const IMMUTABLE: HeaderName = HeaderName::from_static("x-ms-has-immutability-policy");
const LEGAL_HOLD: HeaderName = HeaderName::from_static("x-ms-has-legal-hold");
