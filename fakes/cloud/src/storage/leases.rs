//! Leases of blobs and containers: taken, renewed, given up, broken; and whether they let a request write.

use http::StatusCode;
use http::header::HeaderName;
use jiff::Timestamp;
use marslab_model::world::Lease;

use super::errors::Refusal;
use super::lease::{self, Action};
use super::target::Target;
use super::{blobs, containers, stamp};
use crate::guid;
use crate::reply::Reply;
use crate::request::CloudRequest;

pub(super) fn of_container(request: &CloudRequest<'_>, target: &Target) -> Result<Reply, Refusal> {
    let now = request.running().now();
    let (stamp, own) = containers::look(request, target, |it| {
        ((*it.clone().modified().get(), *it.clone().etag().get()), it.lease().get().clone())
    })?;
    let action = action(request)?;
    let (status, lease) = (status(&action), lease::after(&own, action, now)?);
    let reply = answer(&lease, status, now);
    containers::edit(request, target, |it| it.lease().set(lease));
    Ok(stamp::on(reply, stamp))
}

pub(super) fn of_blob(request: &CloudRequest<'_>, target: &Target) -> Result<Reply, Refusal> {
    let now = request.running().now();
    let (stamp, own) = blobs::look(request, target, |it| {
        ((*it.clone().modified().get(), *it.clone().etag().get()), it.lease().get().clone())
    })?;
    let action = action(request)?;
    let (status, lease) = (status(&action), lease::after(&own, action, now)?);
    let reply = answer(&lease, status, now);
    blobs::edit(request, target, |it| it.lease().set(lease));
    Ok(stamp::on(reply, stamp))
}

/// Whether the lease of a blob lets this request write.
pub(super) fn check_blob(request: &CloudRequest<'_>, own: &Lease) -> Result<(), Refusal> {
    let refusals =
        [Refusal::LeaseNotPresentWithBlobOperation, Refusal::LeaseIdMismatchWithBlobOperation];
    check(request, own, refusals)
}

/// Whether the lease of a container lets this request delete it.
pub(super) fn check_container(request: &CloudRequest<'_>, own: &Lease) -> Result<(), Refusal> {
    let refusals = [
        Refusal::LeaseNotPresentWithContainerOperation,
        Refusal::LeaseIdMismatchWithContainerOperation,
    ];
    check(request, own, refusals)
}

fn check(
    request: &CloudRequest<'_>,
    own: &Lease,
    [absent, mismatch]: [Refusal; 2],
) -> Result<(), Refusal> {
    let asked = request.header(ID.as_str());
    match (lease::at(own, request.running().now()), asked) {
        (Lease::Available | Lease::Broken, None) => Ok(()),
        (Lease::Available | Lease::Broken, Some(_)) => Err(absent),
        (_, None) => Err(Refusal::LeaseIdMissing),
        (Lease::Leased { id, .. } | Lease::Breaking { id, .. }, Some(asked)) => {
            if id.eq_ignore_ascii_case(asked) { Ok(()) } else { Err(mismatch) }
        }
    }
}

/// What shows of a lease with the properties of what it is on.
pub(super) fn on(reply: Reply, own: &Lease, now: Timestamp) -> Reply {
    let (state, status) = lease::state(own, now);
    let reply = reply.with(STATE, state).with(STATUS, status);
    match lease::at(own, now) {
        Lease::Leased { seconds: None, .. } => reply.with(DURATION, "infinite"),
        Lease::Leased { .. } => reply.with(DURATION, "fixed"),
        _ => reply,
    }
}

fn action(request: &CloudRequest<'_>) -> Result<Action, Refusal> {
    let own =
        || request.header(ID.as_str()).map(str::to_lowercase).ok_or(Refusal::MissingRequiredHeader);
    let proposed = request.header("x-ms-proposed-lease-id").map(str::to_lowercase);
    let is_id = |id: &String| id.len() == ID_BYTES;
    if proposed.as_ref().is_some_and(|id| !is_id(id)) {
        return Err(Refusal::InvalidHeaderValue);
    }
    Ok(match request.header("x-ms-lease-action").ok_or(Refusal::MissingRequiredHeader)? {
        "acquire" => {
            let duration =
                request.header(DURATION.as_str()).ok_or(Refusal::MissingRequiredHeader)?;
            let seconds = match duration.parse::<i64>() {
                Ok(-1) => None,
                Ok(seconds @ 15..=60) => u32::try_from(seconds).ok(),
                _ => return Err(Refusal::InvalidHeaderValue),
            };
            Action::Acquire(seconds, proposed.unwrap_or_else(|| guid(request.running())))
        }
        "renew" => Action::Renew(own()?),
        "change" => Action::Change(own()?, proposed.ok_or(Refusal::MissingRequiredHeader)?),
        "release" => Action::Release(own()?),
        "break" => {
            let within =
                request.header("x-ms-lease-break-period").map(str::parse::<u32>).transpose();
            let within = within.ok().filter(|it| it.is_none_or(|it| it <= 60));
            Action::Break(within.ok_or(Refusal::InvalidHeaderValue)?)
        }
        _ => return Err(Refusal::InvalidHeaderValue),
    })
}

fn status(action: &Action) -> StatusCode {
    match action {
        Action::Acquire(..) => StatusCode::CREATED,
        Action::Break(_) => StatusCode::ACCEPTED,
        _ => StatusCode::OK,
    }
}

fn answer(lease: &Lease, status: StatusCode, now: Timestamp) -> Reply {
    let reply = Reply::empty(status);
    match lease {
        Lease::Leased { id, .. } => reply.with(ID, id.as_str()),
        Lease::Breaking { until, .. } => {
            reply.with(TIME, (until.as_second() - now.as_second()).max(0).to_string())
        }
        Lease::Broken if status == StatusCode::ACCEPTED => reply.with(TIME, "0"),
        Lease::Available | Lease::Broken => reply,
    }
}

/// As a GUID is long.
const ID_BYTES: usize = 36;

const ID: HeaderName = HeaderName::from_static("x-ms-lease-id");
const STATE: HeaderName = HeaderName::from_static("x-ms-lease-state");
const STATUS: HeaderName = HeaderName::from_static("x-ms-lease-status");
const DURATION: HeaderName = HeaderName::from_static("x-ms-lease-duration");
const TIME: HeaderName = HeaderName::from_static("x-ms-lease-time");
