//! What a registration with a vault leaves behind, on the machine and in the cloud.

use marslab_agent::REGISTRATION_VALUES;
use marslab_model::world::RegValue;
use marslab_model::{Change, Field, KeyPath, Name, World};

use super::{CONFIG, Placed};

/// What uninstalling the agent removes: the registration's values in the registry and its certificate. The scratch folder
/// stays (the lab's own: no source says whether it does). Empty if the machine is not registered.
pub fn uninstalled(machine: Placed<'_>) -> Vec<Change> {
    let key = KeyPath::new(CONFIG);
    let Some(values) = machine.registry.get(&key) else { return Vec::new() };
    let field = machine.field();
    let registry = field.clone().registry().at(key);
    let there =
        REGISTRATION_VALUES.map(Name::new).into_iter().filter(|name| values.contains_key(name));
    let mut changes: Vec<Change> = there.map(|name| registry.clone().at(name).removed()).collect();
    if let Some(RegValue::Text(thumbprint)) = values.get(&Name::new("CertThumbprint")) {
        let thumbprint = Name::new(thumbprint.as_str());
        if machine.certificates.contains_key(&thumbprint) {
            changes.push(field.certificates().at(thumbprint).removed());
        }
    }
    changes
}

/// What goes from the cloud when the portal deletes the machine `full_name` from its vault: its entry, and the
/// certificate with which it signs in. Its recovery points stay. Nothing where no vault has the machine.
pub fn deleted_from_vault(world: &World, full_name: &Name) -> Vec<Change> {
    let cloud = || Field::world().cloud();
    let mut changes = Vec::new();
    for (name, vault) in &world.cloud.vaults {
        let Some(entry) = vault.machines.get(full_name) else { continue };
        changes.push(cloud().vaults().at(name.clone()).machines().at(full_name.clone()).removed());
        let thumbprint = Name::new(entry.certificate.as_str());
        for (tenant, there) in &world.cloud.tenants {
            let application = there.applications.get(&vault.client_id);
            if application.is_some_and(|it| it.certificates.contains_key(&thumbprint)) {
                let applications = cloud().tenants().at(tenant.clone()).applications();
                let certificates = applications.at(vault.client_id.clone()).certificates();
                changes.push(certificates.at(thumbprint.clone()).removed());
            }
        }
    }
    changes
}

/// The full DNS name of the machine that complains.
pub fn own_name(machine: Placed<'_>) -> Name {
    super::full_name(machine)
}
