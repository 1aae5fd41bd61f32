//! Connectivity probes over plain HTTP: a known page with a known text (proxy-wire 7.6).

use http::StatusCode;
use marslab_model::Name;

use super::reply::Reply;
use super::request::CloudRequest;

pub(super) fn answer(request: &CloudRequest<'_>) -> Reply {
    if !request.is_read() {
        return Reply::not_found();
    }
    let page = Name::new(format!("{}{}", request.host, request.path()));
    let text =
        request.running().look(|world| Some(world.cloud().probes().at(&page)?.get().clone()));
    text.map_or_else(Reply::not_found, |text| Reply::text(StatusCode::OK, text).shown())
}
