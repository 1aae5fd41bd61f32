//! When something was last written, its etag, and what requests make depend on that (the reference on conditional headers).

use http::header::{ETAG, LAST_MODIFIED};
use jiff::Timestamp;
use marslab_wire::http::date;

use super::errors::Refusal;
use crate::reply::Reply;
use crate::request::CloudRequest;

/// The stamp of what is written for the first time. Etags are times, in tenths of a microsecond since the year 1.
pub(super) fn first(now: Timestamp) -> (Timestamp, u64) {
    let ticks = now.as_nanosecond() / 100 + TICKS_TO_1970;
    (now, u64::try_from(ticks).unwrap_or_default())
}

/// The stamp of what is written again.
pub(super) fn next(now: Timestamp, before: u64) -> (Timestamp, u64) {
    let (modified, etag) = first(now);
    (modified, etag.max(before.saturating_add(1)))
}

/// An answer with the stamp.
pub(super) fn on(reply: Reply, (modified, etag): (Timestamp, u64)) -> Reply {
    reply.with(ETAG, text(etag)).with(LAST_MODIFIED, date(modified))
}

/// An etag as it is shown.
pub(super) fn text(etag: u64) -> String {
    format!("\"0x{etag:X}\"")
}

/// Checks what a request that writes says about what is there.
pub(super) fn check(request: &CloudRequest<'_>, own: Option<u64>) -> Result<(), Refusal> {
    let names = |list: &str| {
        own.is_some_and(|own| {
            let own = text(own);
            list.trim() == "*" || list.split(',').any(|one| one.trim() == own)
        })
    };
    if request.header("if-match").is_some_and(|list| !names(list)) {
        return Err(Refusal::ConditionNotMet);
    }
    match request.header("if-none-match") {
        Some(list) if names(list) && list.trim() == "*" => Err(Refusal::BlobAlreadyExists),
        Some(list) if names(list) => Err(Refusal::ConditionNotMet),
        _ => Ok(()),
    }
}

/// Whether who reads has it already.
pub(super) fn is_known(request: &CloudRequest<'_>, own: u64) -> bool {
    request.header("if-none-match").is_some_and(|known| known.trim() == text(own))
}

/// Tenths of a microsecond from the year 1 to 1970.
const TICKS_TO_1970: i128 = 621_355_968_000_000_000;
