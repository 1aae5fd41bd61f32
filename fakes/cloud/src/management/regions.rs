//! Where resources can be: wherever the services of a region are.

use marslab_base::azure;
use marslab_model::world::regions;
use marslab_model::{HostName, Tracked, World};

use super::errors;
use crate::reply::Reply;

/// A region by its name, not as people write it (`Japan East`).
pub(super) fn normal(location: &str) -> String {
    location.chars().filter(|it| !it.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// The regions with a backup service that this resource manager knows.
pub(super) fn of(world: &Tracked<'_, World>, management: &HostName) -> Vec<&'static str> {
    let cloud = azure::AzureCloud::of_management(management);
    let own = cloud.region().map_or_else(|| regions().collect(), |region| vec![region]);
    let is_there =
        |region: &&str| world.clone().cloud().endpoints().at(&azure::backup_host(region)).is_some();
    own.into_iter().filter(is_there).collect()
}

/// Refuses a region in which there is no such type. From memory.
pub(super) fn check(
    world: &Tracked<'_, World>,
    management: &HostName,
    kind: &str,
    location: &str,
) -> Result<(), Reply> {
    let known = of(world, management);
    if known.contains(&location) {
        return Ok(());
    }
    let location: String = location.chars().take(100).collect();
    let message = format!(
        "The provided location '{location}' is not available for resource type '{kind}'. List of available regions for \
         the resource type is '{}'.",
        known.join(",")
    );
    Err(errors::bad("LocationNotAvailableForResourceType", &message))
}
