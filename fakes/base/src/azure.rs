//! Microsoft's clouds, and the names of their servers.
//!
//! Sources: mars-facts 4.6 and 5.10 for the public cloud and that of the US government; the articles on restoring files from a
//! virtual machine have `pod01-rec2.{region}.backup.windowsazure.com`, `.us` and `.cn`; the login service, the resource manager
//! and the storage of the others are those of Azure PowerShell's environments. Which regions of these stand here, and that
//! both login roles are one host there, is the lab's own.

use marslab_model::HostName;
use marslab_model::world::region_code;

/// One of Microsoft's clouds.
#[derive(Debug, PartialEq, Eq)]
pub struct AzureCloud {
    /// Where users sign in, and clients ask which login service is authentic.
    pub sign_in: &'static str,
    /// Where applications get their tokens; vault credentials files name it (mars-facts 3.2).
    pub login: &'static str,
    /// The resource manager.
    pub management: &'static str,
    /// The region of its vaults, and the region's short name; nothing for the public cloud, which has many.
    region: Option<(&'static str, &'static str)>,
    vaults: &'static str,
    storage: &'static str,
}

/// The cloud that everybody uses.
pub const PUBLIC: AzureCloud = AzureCloud {
    sign_in: "login.microsoftonline.com",
    login: "login.windows.net",
    management: "management.azure.com",
    region: None,
    vaults: "backup.windowsazure.com",
    storage: "core.windows.net",
};

/// That of the government of the United States.
pub const US_GOVERNMENT: AzureCloud = AzureCloud {
    sign_in: "login.microsoftonline.us",
    login: "login.microsoftonline.us",
    management: "management.usgovcloudapi.net",
    region: Some(("usgovvirginia", "ugv")),
    vaults: "backup.windowsazure.us",
    storage: "core.usgovcloudapi.net",
};

/// That in China, operated by 21Vianet.
pub const CHINA: AzureCloud = AzureCloud {
    sign_in: "login.chinacloudapi.cn",
    login: "login.chinacloudapi.cn",
    management: "management.chinacloudapi.cn",
    region: Some(("chinanorth", "bjb")),
    vaults: "backup.windowsazure.cn",
    storage: "core.chinacloudapi.cn",
};

impl AzureCloud {
    /// The cloud of a region: the public one, unless the region is another's.
    pub fn of_region(location: &str) -> &'static Self {
        let own = |cloud: &&&'static Self| {
            cloud.region.is_some_and(|(name, _)| name.eq_ignore_ascii_case(location))
        };
        [&US_GOVERNMENT, &CHINA].iter().find(own).copied().unwrap_or(&PUBLIC)
    }

    /// The cloud of a resource manager: the public one, unless the host is another's.
    pub fn of_management(host: &HostName) -> &'static Self {
        let own = |cloud: &&&'static Self| host.as_str().eq_ignore_ascii_case(cloud.management);
        [&US_GOVERNMENT, &CHINA].iter().find(own).copied().unwrap_or(&PUBLIC)
    }

    /// The cloud of a storage account: the public one, unless the host is another's.
    pub fn of_storage(host: &HostName) -> &'static Self {
        let own = |cloud: &&&'static Self| host.is_within(cloud.storage);
        [&US_GOVERNMENT, &CHINA].iter().find(own).copied().unwrap_or(&PUBLIC)
    }

    /// The region of its vaults; `None` for the public cloud, which has many.
    pub fn region(&self) -> Option<&'static str> {
        self.region.map(|(name, _)| name)
    }

    /// The host of a storage account's blobs.
    pub fn blob_host(&self, account: &str) -> HostName {
        HostName::new(format!("{account}.blob.{}", self.storage))
    }

    /// The host of a storage account's queues.
    pub fn queue_host(&self, account: &str) -> HostName {
        HostName::new(format!("{account}.queue.{}", self.storage))
    }

    fn host(&self, server: &str, location: &str) -> HostName {
        let code = self.region.map_or_else(|| region_code(location), |(_, code)| code);
        HostName::new(format!("{server}.{code}.{}", self.vaults))
    }
}

/// The server with which machines of a region register, and with which they begin and end a backup (mars-facts 4.6).
pub fn backup_host(location: &str) -> HostName {
    AzureCloud::of_region(location).host("pod01-manag1", location)
}

/// Another server of a region's backups (mars-facts 4.6). What it is for is not public, and the fake agent does not ask it.
pub fn protection_host(location: &str) -> HostName {
    AzureCloud::of_region(location).host("pod01-prot1", location)
}

/// The server of a region's recovery points (mars-facts 4.6).
pub fn recovery_host(location: &str) -> HostName {
    AzureCloud::of_region(location).host("pod01-rec2", location)
}

/// A stamp of storage servers in a region, for one of their services: `table.by4prdstr05a.store.core.windows.net` is a documented
/// one (how a region is called in it, and its numbers, are †).
pub fn stamp_host(service: &str, location: &str) -> HostName {
    let code = region_code(location);
    HostName::new(format!("{service}.{code}20prdstr01a.store.{}", PUBLIC.storage))
}

#[cfg(test)]
mod tests {
    use super::{AzureCloud, CHINA, PUBLIC, US_GOVERNMENT, backup_host, recovery_host};

    #[test]
    fn a_region_has_its_servers_in_its_cloud() {
        for (region, cloud, host) in [
            ("japaneast", &PUBLIC, "pod01-manag1.jpe.backup.windowsazure.com"),
            ("WestUS2", &PUBLIC, "pod01-manag1.wus2.backup.windowsazure.com"),
            ("usgovvirginia", &US_GOVERNMENT, "pod01-manag1.ugv.backup.windowsazure.us"),
            ("ChinaNorth", &CHINA, "pod01-manag1.bjb.backup.windowsazure.cn"),
        ] {
            assert_eq!(AzureCloud::of_region(region), cloud);
            assert_eq!(backup_host(region).as_str(), host);
            assert_eq!(recovery_host(region).as_str(), host.replace("manag1", "rec2"));
        }
        assert_eq!(CHINA.blob_host("a1").as_str(), "a1.blob.core.chinacloudapi.cn");
        assert_eq!(PUBLIC.queue_host("a1").as_str(), "a1.queue.core.windows.net");
    }
}
