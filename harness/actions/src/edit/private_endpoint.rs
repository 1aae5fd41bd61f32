//! Private endpoints of vaults.

use std::net::IpAddr;

use marslab_base::azure;
use marslab_model::world::{Answering, ForwardedZone, PrivateEndpointState};
use marslab_model::{Change, Field, HostName, Map, Name, World};

use crate::error::NotApplicable;

/// Gives a vault a private endpoint at an address. Its name, with the vault's number in front, is in a zone that only the network's
/// own DNS server knows, by a forwarder (azure-docs, issues 69061 and 91072; the shape of the name is †).
pub fn create(world: &World, vault: &Name, address: IpAddr) -> Result<Vec<Change>, NotApplicable> {
    let known = world.cloud.vaults.get(vault);
    let known = known.ok_or_else(|| NotApplicable::missing("vault", vault))?;
    let public = azure::backup_host(&known.location);
    let (server, parts) = (world.cloud.endpoints.get(&public), public.as_str().split_once('.'));
    let (Some(server), Some((pod, domain))) = (server, parts) else {
        return Err(NotApplicable::missing("region", &known.location));
    };
    let zone = HostName::new(format!("privatelink.{domain}"));
    let host = HostName::new(format!("{}-ab-{pod}.{zone}", known.resource_id));
    let records = Map::from([(host.clone(), vec![address])]);
    let forwarded = ForwardedZone { records, ..ForwardedZone::answering(Answering::Records) };
    let (cloud, resolver) = (Field::world().cloud(), Field::world().network().resolver());
    let of_vault = cloud.clone().vaults().at(vault.clone());
    Ok(vec![
        cloud.endpoints().at(host.clone()).set(server.clone()),
        of_vault.clone().private_host().set(Some(host)),
        of_vault.private_endpoint_state().set(Some(PrivateEndpointState::Enabled)),
        resolver.zones().at(zone).set(forwarded),
    ])
}
