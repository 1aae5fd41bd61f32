//! Which vault a request is about, and what it wants there.

use std::fmt;

use marslab_model::world::Vault;
use marslab_model::{Edit, Name, Tracked, World};

use super::errors;
use crate::reply::Reply;
use crate::request::CloudRequest;

/// A vault, as the world spells it.
#[derive(Clone, Debug)]
pub(super) struct VaultId {
    pub(super) subscription: Name,
    pub(super) group: String,
    pub(super) name: Name,
}

/// As Azure writes it (mars-facts 4.2).
impl fmt::Display for VaultId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { subscription, group, name } = self;
        write!(
            f,
            "/subscriptions/{subscription}/resourceGroups/{group}/providers/{NAMESPACE}/vaults/{name}"
        )
    }
}

impl VaultId {
    /// The vault that is named so, if it is in this group.
    pub(super) fn find(&self, world: &Tracked<'_, World>) -> Result<Self, Reply> {
        let (subscription, group) = find_group(world, &self.subscription, &self.group)?;
        let absent = || errors::no_resource(VAULTS, self.name.as_str(), &self.group);
        let (name, vault) = world.clone().cloud().vaults().entry(&self.name).ok_or_else(absent)?;
        let found = Self::of(name, &vault);
        let is_here =
            found.subscription == subscription && Name::new(found.group.as_str()) == group;
        if is_here { Ok(found) } else { Err(absent()) }
    }

    /// The id of a vault of the world.
    pub(super) fn of(name: &Name, vault: &Tracked<'_, Vault>) -> Self {
        Self {
            subscription: vault.clone().subscription().get().clone(),
            group: vault.clone().resource_group().get().clone(),
            name: name.clone(),
        }
    }
}

/// A resource group of a subscription, both as the world spells them.
pub(super) fn find_group(
    world: &Tracked<'_, World>,
    subscription: &Name,
    group: &str,
) -> Result<(Name, Name), Reply> {
    let found = world.clone().cloud().subscriptions().entry(subscription);
    let (id, found) = found.ok_or_else(|| errors::no_subscription(subscription.as_str()))?;
    let group =
        found.resource_groups().entry(&Name::new(group)).ok_or_else(|| errors::no_group(group));
    group.map(|(name, _)| (id.clone(), name.clone()))
}

/// A request about a vault that is there, by somebody who may make it.
pub(super) struct Call<'a> {
    pub(super) request: &'a CloudRequest<'a>,
    pub(super) vault: VaultId,
    /// What follows the vault in the path, as it was sent.
    pub(super) rest: &'a [&'a str],
}

impl Call<'_> {
    /// Reads something of the vault.
    pub(super) fn look<R>(&self, read: impl FnOnce(Tracked<'_, Vault>) -> R) -> Result<R, Reply> {
        let name = &self.vault.name;
        let found = self.request.running().look(|world| world.cloud().vaults().at(name).map(read));
        found.ok_or_else(Reply::internal)
    }

    /// Changes something of the vault.
    pub(super) fn edit(&self, write: impl FnOnce(&mut Edit<'_, Vault>)) {
        let name = &self.vault.name;
        self.request.running().edit(|world| write(&mut world.cloud().vaults().at(name)));
    }

    /// The last part of the path.
    pub(super) fn last(&self) -> &str {
        self.rest.last().copied().unwrap_or_default()
    }

    /// That what the last part of the path names is not in the vault.
    pub(super) fn absent(&self, kind: &str) -> Reply {
        errors::no_resource(&format!("{VAULTS}/{kind}"), self.last(), &self.vault.group)
    }
}

pub(super) const NAMESPACE: &str = "Microsoft.RecoveryServices";
pub(super) const VAULTS: &str = "Microsoft.RecoveryServices/vaults";
