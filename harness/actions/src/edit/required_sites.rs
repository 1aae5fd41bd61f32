//! What must be reachable for the agent to work.

use marslab_base::azure::{self, AzureCloud};
use marslab_model::net::AddressError;
use marslab_model::{Target, World};

/// The sites among what the articles of 2019 require.
pub fn required_sites() -> Vec<Target> {
    let targets = OF_2019.iter().filter_map(|text| text.parse::<Target>().ok());
    targets.filter(|target| matches!(target, Target::Host(_) | Target::Wildcard(_))).collect()
}

/// The URLs and address ranges that the articles require for the cloud of a world's vault.
pub fn required(world: &World) -> Result<Vec<Target>, AddressError> {
    let vault = world.cloud.vaults.get(&world.cast.vault);
    let cloud = vault.map_or(&azure::PUBLIC, |vault| AzureCloud::of_region(&vault.location));
    let of_cloud = match cloud {
        cloud if *cloud == azure::US_GOVERNMENT => US_GOVERNMENT,
        cloud if *cloud == azure::CHINA => CHINA,
        _ => OF_2019,
    };
    of_cloud.iter().chain(STORAGE).map(|text| text.parse()).collect()
}

/// zh-2019-05, 34513.
const OF_2019: &[&str] = &[
    "www.msftncsi.com",
    "*.Microsoft.com",
    "*.WindowsAzure.com",
    "*.microsoftonline.com",
    "*.windows.net",
    "20.190.128.0/18",
    "40.126.0.0/18",
];

/// en-2025-11, 34513: what it adds for every cloud. It prints them without the first dot.
const STORAGE: &[&str] =
    &["*.blob.core.windows.net", "*.queue.core.windows.net", "*.blob.storage.azure.net"];

/// en-2025-11, 34513.
const US_GOVERNMENT: &[&str] = &[
    "www.msftncsi.com",
    "*.microsoft.com",
    "*.windowsazure.us",
    "*.microsoftonline.us",
    "*.windows.net",
    "*.usgovcloudapi.net",
];

/// † No article has a list for the agent; these are those of the portal's (`azure-portal-safelist-urls`) that it needs.
const CHINA: &[&str] =
    &["www.msftncsi.com", "*.microsoft.com", "*.windowsazure.cn", "*.chinacloudapi.cn"];
