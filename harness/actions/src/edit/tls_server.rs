//! A server that speaks TLS.

use jiff::{SignedDuration, Timestamp};
use marslab_model::world::{Endpoint, Role};
use marslab_model::{Field, World};

use crate::error::NotApplicable;
use crate::value_types::DnsName;

/// The field of the server of this name.
pub fn field(world: &World, host: &DnsName) -> Result<Field<Endpoint>, NotApplicable> {
    let host = host.as_host();
    let server = world.cloud.endpoints.get(host);
    match server.ok_or_else(|| NotApplicable::missing("server", host))?.role {
        Role::Probe | Role::Authority => {
            Err(NotApplicable::unsuitable(host, "is a server without TLS"))
        }
        _ => Ok(Field::world().cloud().endpoints().at(host.clone())),
    }
}

/// So many days after the true time; before it, where they are negative.
pub fn in_days(world: &World, days: i64) -> Option<Timestamp> {
    world.now.checked_add(SignedDuration::from_hours(24 * days)).ok()
}
