//! Etags of resources, and the conditions that requests make of them (RFC 9110, 13.1).

use jiff::{SignedDuration, Timestamp};

use super::errors;
use crate::reply::Reply;
use crate::request::CloudRequest;

/// The etag of what was last written then, as recorded answers have it (mars-facts 4.2).
pub(super) fn of(modified: Timestamp) -> String {
    let seconds = modified.strftime("%Y-%m-%dT%H%%3A%M%%3A%S");
    format!("W/\"datetime'{seconds}.{:07}Z'\"", modified.subsec_nanosecond() / 100)
}

/// The moment of a write now, which is later than the last one.
pub(super) fn next(before: Timestamp, now: Timestamp) -> Timestamp {
    let after = before.saturating_add(SignedDuration::from_nanos(100)).unwrap_or(before);
    now.max(after)
}

/// Whether a request may write what has this etag; `None` where there is nothing.
pub(super) fn check(request: &CloudRequest<'_>, own: Option<&str>) -> Result<(), Reply> {
    let names = |header: Option<&str>| header.is_some_and(|list| is_among(list, own));
    let if_match = request.header("if-match");
    if if_match.is_some() && !names(if_match) || names(request.header("if-none-match")) {
        return Err(errors::precondition_failed());
    }
    Ok(())
}

/// Whether a list of etags has one; `*` stands for whatever is there.
fn is_among(list: &str, own: Option<&str>) -> bool {
    own.is_some_and(|own| {
        list.trim() == "*" || list.split(',').any(|one| one.trim().eq_ignore_ascii_case(own))
    })
}

#[cfg(test)]
mod tests;
