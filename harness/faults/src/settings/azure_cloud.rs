//! Setting `azure-cloud`: the vault is in another of Microsoft's clouds than the public one.

use std::net::IpAddr;

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::error::NotApplicable;
use marslab_actions::setting::Setting;
use marslab_base::azure::{self, AzureCloud as Cloud, CHINA, US_GOVERNMENT};
use marslab_base::endpoint;
use marslab_model::world::Role;
use marslab_model::{Change, Field, HostName, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Setting> = ActionSpec::<dyn Setting>::new::<AzureCloud>(
    "azure-cloud",
    "the vault, its services and its storage are in another of Microsoft's clouds than the public one",
    r#"{ of = "us-government" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct AzureCloud {
    /// Whose cloud it is.
    of: Owner,
}

/// Whose a cloud is.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Owner {
    /// That of the government of the United States; the vault is in `usgovvirginia`.
    UsGovernment,
    /// That in China, operated by 21Vianet; the vault is in `chinanorth`.
    China,
}

impl Setting for AzureCloud {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let cloud = match self.of {
            Owner::UsGovernment => &US_GOVERNMENT,
            Owner::China => &CHINA,
        };
        let region = cloud.region().unwrap_or_default();
        let name = &world.cast.vault;
        if !world.cloud.vaults.contains_key(name) {
            return Err(NotApplicable::missing("vault", name));
        }
        let account = world.cast.storage_account.as_str();
        let vault = Field::world().cloud().vaults().at(name.clone());
        let mut changes = vec![
            vault.clone().location().set(region),
            vault.clone().blob_host().set(cloud.blob_host(account)),
            vault.queue_host().set(cloud.queue_host(account)),
        ];
        // The hosts of the public cloud are there, too: it is one internet.
        for (last, (host, role)) in (30..).zip(servers(cloud, region, account)) {
            let ip = IpAddr::from([198, 51, 100, last]);
            let names = Field::world().network().names();
            changes.push(names.at(host.clone()).set(vec![ip]));
            changes.push(Field::world().cloud().endpoints().at(host).set(endpoint(role)));
        }
        Ok(changes)
    }
}

fn servers(cloud: &Cloud, region: &str, account: &str) -> [(HostName, Role); 7] {
    [
        (cloud.sign_in.into(), Role::Discovery),
        (cloud.management.into(), Role::Management),
        (azure::backup_host(region), Role::Backup),
        (azure::recovery_host(region), Role::Recovery),
        (cloud.blob_host(account), Role::Storage),
        (cloud.queue_host(account), Role::Storage),
        (azure::protection_host(region), Role::Backup),
    ]
}
