//! What authorities publish, over plain HTTP: their certificates, and lists of what they have revoked (RFC 5280, 4.2.1.13,
//! 4.2.2.1). The media types are those of RFC 2585, 4.

use std::collections::BTreeSet;

use http::StatusCode;
use marslab_model::Name;
use marslab_pki::{Published, Revoked};

use super::reply::Reply;
use super::request::CloudRequest;

pub(super) fn answer(request: &CloudRequest<'_>) -> Reply {
    if !request.is_read() {
        return Reply::not_found();
    }
    let roots: BTreeSet<Name> = request.running().look(|world| {
        let servers = world.cloud().endpoints().each();
        servers.map(|(_, server)| server.root().get().clone()).collect()
    });
    match request.cloud.pki.published(request.path(), roots) {
        Some(Published::Certificate(der)) => {
            Reply::new(StatusCode::OK, "application/pkix-cert", der)
        }
        Some(Published::RevocationList(root)) => list(request, &root),
        None => Reply::not_found(),
    }
}

fn list(request: &CloudRequest<'_>, root: &Name) -> Reply {
    let revoked: Revoked = request.running().look(|world| {
        let servers = world.cloud().endpoints().each();
        let revoked = servers.filter_map(|(host, server)| {
            let since = (*server.clone().certificate().revoked_at().get())?;
            Some((super::identity_spec(host, &server), since))
        });
        revoked.collect()
    });
    let list = request.cloud.pki.revocation_list(root, &revoked, request.running().stamp());
    list.map_or_else(Reply::internal, |der| Reply::new(StatusCode::OK, "application/pkix-crl", der))
}
