//! Setting `storage-account`: the subscription has a storage account of its own.

use std::net::IpAddr;

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::error::NotApplicable;
use marslab_actions::setting::Setting;
use marslab_base::azure::AzureCloud;
use marslab_base::{endpoint, storage_account};
use marslab_model::world::{Role, StorageAccount as Account};
use marslab_model::{Change, Field, Name, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Setting> = ActionSpec::<dyn Setting>::new::<StorageAccount>(
    "storage-account",
    "the vault's subscription has a storage account of its own, whose keys the resource manager lists",
    r#"{ name = "contosodata" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct StorageAccount {
    /// The account's name: 3 to 24 lower-case letters and digits.
    #[schemars(regex(pattern = "^[a-z0-9]{3,24}$"))]
    name: String,
}

impl Setting for StorageAccount {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let is_letter = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit();
        if !(3..=24).contains(&self.name.len()) || !self.name.chars().all(is_letter) {
            let why = "is no name of a storage account: 3 to 24 lower-case letters and digits";
            return Err(NotApplicable::unsuitable(&self.name, why));
        }
        let name = Name::new(&self.name);
        if world.cloud.storage_accounts.contains_key(&name) {
            return Err(NotApplicable::exists("cloud", "storage account", &name));
        }
        let cast = &world.cast;
        let account = Account {
            subscription: Some(cast.subscription.clone()),
            resource_group: cast.resource_group.clone(),
            ..storage_account(&name, &cast.region, cast)
        };
        let cloud = AzureCloud::of_region(&cast.region);
        let mut changes = vec![Field::world().cloud().storage_accounts().at(name).set(account)];
        for (last, host) in (50..).zip([cloud.blob_host(&self.name), cloud.queue_host(&self.name)])
        {
            let ip = IpAddr::from([198, 51, 100, last]);
            changes.push(Field::world().network().names().at(host.clone()).set(vec![ip]));
            let server = endpoint(Role::Storage);
            changes.push(Field::world().cloud().endpoints().at(host).set(server));
        }
        Ok(changes)
    }
}
