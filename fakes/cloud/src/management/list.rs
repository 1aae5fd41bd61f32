//! Lists: filtered, and a page at a time.
//!
//! `$top` and `$skipToken` are those of the resource manager's reference. A page without `$top` has a thousand entries, as
//! lists of resources have; a token is the number of the first entry of the next page, †.

use http::StatusCode;
use serde_json::{Value, json};

use super::errors;
use super::filter::{Filter, Names};
use crate::reply::Reply;
use crate::request::CloudRequest;

/// Answers with those of `entries` that the request asks for.
pub(super) fn reply(
    request: &CloudRequest<'_>,
    entries: Vec<Value>,
    names: &Names,
) -> Result<Reply, Reply> {
    let filter = Filter::of(request, names)?;
    page(request, entries.into_iter().filter(|entry| filter.holds(entry, names)).collect())
}

/// Answers with a page of `entries`.
pub(super) fn page(request: &CloudRequest<'_>, entries: Vec<Value>) -> Result<Reply, Reply> {
    let top = number(request, "$top")?.map_or(PAGE_ENTRIES, |top| top.clamp(1, PAGE_ENTRIES));
    let from = number(request, "$skipToken")?.unwrap_or_default();
    let next = from.saturating_add(top);
    let has_more = next < entries.len();
    let value: Vec<Value> = entries.into_iter().skip(from).take(top).collect();
    let mut body = json!({ "value": value });
    if let (true, Some(body)) = (has_more, body.as_object_mut()) {
        body.insert("nextLink".to_owned(), next_link(request, next).into());
    }
    Ok(Reply::json(StatusCode::OK, &body))
}

/// The request's own URL with another token.
fn next_link(request: &CloudRequest<'_>, next: usize) -> String {
    let (path, query) = request.path_and_query().split_once('?').unwrap_or_default();
    let is_token = |pair: &&str| {
        let key = pair.split('=').next().unwrap_or_default().to_ascii_lowercase();
        key == "$skiptoken" || key == "%24skiptoken"
    };
    let kept: Vec<&str> = query.split('&').filter(|pair| !is_token(pair)).collect();
    format!("https://{}{path}?{}&$skipToken={next}", request.host, kept.join("&"))
}

fn number(request: &CloudRequest<'_>, key: &str) -> Result<Option<usize>, Reply> {
    let Some(text) = request.query(key) else { return Ok(None) };
    let number = text.parse().map_err(|_no_number| {
        let code = if key == "$top" { "InvalidTopInQueryString" } else { "InvalidSkipToken" };
        errors::bad(code, &format!("The value of the query parameter '{key}' is invalid."))
    })?;
    Ok(Some(number))
}

const PAGE_ENTRIES: usize = 1_000;
