//! The link under which the agent's latest version is found (mars-facts 1.0, B1).
//!
//! The real link leads to a page for people; that the version stands there as a line of text is the lab's own.

use http::StatusCode;

use super::ask::Ask;
use super::reply::Reply;

pub(super) fn answer(ask: &Ask<'_>) -> Reply {
    let is_link = matches!(ask.segments().as_slice(), ["fwlink"] | ["fwlink", "p"]);
    if !ask.is_read() || !is_link || ask.query("linkid").as_deref() != Some(VERSIONS) {
        return Reply::not_found();
    }
    let latest = ask.running().look(|world| world.cloud().latest_agent().get().clone());
    Reply::text(StatusCode::OK, format!("latest: {latest}")).shown()
}

/// In the clear everything is elsewhere.
pub(super) fn moved(ask: &Ask<'_>) -> Reply {
    Reply::moved(format!("https://{}{}", ask.host, ask.path_and_query()))
}

const VERSIONS: &str = "229525";
