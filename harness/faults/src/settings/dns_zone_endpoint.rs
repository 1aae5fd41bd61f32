//! Setting `dns-zone-endpoint`: the storage account has its blobs in a DNS zone of Azure's own.

use std::net::IpAddr;

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::error::NotApplicable;
use marslab_actions::setting::Setting;
use marslab_actions::value_types::Whole;
use marslab_base::endpoint;
use marslab_model::world::Role;
use marslab_model::{Change, Field, HostName, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Setting> = ActionSpec::<dyn Setting>::new::<DnsZoneEndpoint>(
    "dns-zone-endpoint",
    "the vault's storage account has a DNS zone endpoint, below `blob.storage.azure.net`",
    "{ zone = 12 }",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct DnsZoneEndpoint {
    /// The number of the zone, as in `account.z12.blob.storage.azure.net`.
    zone: Whole<u32, 0, 99>,
}

impl Setting for DnsZoneEndpoint {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let name = &world.cast.vault;
        if !world.cloud.vaults.contains_key(name) {
            return Err(NotApplicable::missing("vault", name));
        }
        let (account, zone) = (&world.cast.storage_account, self.zone.get());
        let host = HostName::new(format!("{account}.z{zone:02}.blob.storage.azure.net"));
        let ip = IpAddr::from([198, 51, 100, 14]);
        Ok(vec![
            Field::world().cloud().vaults().at(name.clone()).blob_host().set(host.clone()),
            Field::world().network().names().at(host.clone()).set(vec![ip]),
            Field::world().cloud().endpoints().at(host).set(endpoint(Role::Storage)),
        ])
    }
}
