//! Connectivity probes over plain HTTP: a known page with a known text (proxy-wire 7.6).

use http::StatusCode;
use marslab_model::Name;

use super::reply::Reply;
use super::request::CloudRequest;

pub(super) fn answer(request: &CloudRequest<'_>) -> Reply {
    page(request).map_or_else(Reply::not_found, |text| Reply::text(StatusCode::OK, text).shown())
}

/// The page that the world has there.
pub(super) fn page(request: &CloudRequest<'_>) -> Option<String> {
    if !request.is_read() {
        return None;
    }
    let page = Name::new(format!("{}{}", request.host, request.path()));
    request.running().look(|world| Some(world.cloud().probes().at(&page)?.get().clone()))
}
