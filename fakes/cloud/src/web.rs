//! Pages for people, and the page with the agent's latest version (mars-facts 1.0, B1).
//!
//! The real link leads to a page for people; the lines of text with the versions are the lab's own.

use http::StatusCode;

use super::probe;
use super::reply::Reply;
use super::request::CloudRequest;

pub(super) fn answer(request: &CloudRequest<'_>) -> Reply {
    if let Some(page) = probe::page(request) {
        return Reply::new(StatusCode::OK, "text/html; charset=utf-8", page).shown();
    }
    let is_link = matches!(request.segments().as_slice(), ["fwlink"] | ["fwlink", "p"]);
    if !request.is_read() || !is_link || request.query("linkid").as_deref() != Some(VERSIONS) {
        return Reply::not_found();
    }
    let (latest, oldest) = request.running().look(|world| {
        let cloud = world.cloud();
        (cloud.clone().latest_agent().get().clone(), cloud.oldest_agent().get().clone())
    });
    Reply::text(StatusCode::OK, format!("latest: {latest}\noldest: {oldest}")).shown()
}

/// In the clear everything is elsewhere.
pub(super) fn moved(request: &CloudRequest<'_>) -> Reply {
    Reply::moved(format!("https://{}{}", request.host, request.path_and_query()))
}

const VERSIONS: &str = "229525";
