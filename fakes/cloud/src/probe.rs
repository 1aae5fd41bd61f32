//! Connectivity probes over plain HTTP: a known page with a known text (proxy-wire 7.6).

use http::StatusCode;
use marslab_model::Name;

use super::ask::Ask;
use super::reply::Reply;

pub(super) fn answer(ask: &Ask<'_>) -> Reply {
    if !ask.is_read() {
        return Reply::not_found();
    }
    let page = Name::new(format!("{}{}", ask.host, ask.path()));
    let text = ask.running().look(|world| Some(world.cloud().probes().at(&page)?.get().clone()));
    text.map_or_else(Reply::not_found, |text| Reply::text(StatusCode::OK, text).shown())
}
