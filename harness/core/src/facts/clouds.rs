//! Microsoft's clouds: which URLs each requires, and what the core asks to try them.

use marslab_model::HostName;

use super::VERSION_PAGE;

/// A URL pattern that the articles list, and the URL by which the core tries it.
pub(crate) struct Required {
    /// The pattern as the articles print it.
    pub(crate) pattern: &'static str,
    /// A URL of the pattern that the agent asks for; `None` for that of the vault's own service, whose host differs from
    /// region to region (mars-facts 4.6).
    pub(crate) url: Option<&'static str>,
}

/// One of Microsoft's clouds.
pub(crate) struct Cloud {
    /// How the hosts of its services end.
    services: &'static str,
    /// Whether the agent asks the connectivity probe, whatever its version.
    pub(crate) needs_probe: bool,
    /// The URLs that it requires.
    pub(crate) required: &'static [Required],
    /// Where the portal signs a user in, and where it does its work (mars-facts 4.1).
    pub(crate) portal: [&'static str; 2],
    /// The resource manager (mars-facts 4.1).
    pub(crate) management: &'static str,
}

impl Cloud {
    /// The cloud of a vault's service: the public one, unless the service is known to be another's.
    pub(crate) fn of(service: Option<&HostName>) -> &'static Self {
        let is_its = |cloud: &&&'static Self| {
            service.is_some_and(|service| service.is_within(cloud.services))
        };
        [&US_GOVERNMENT, &CHINA].iter().find(is_its).copied().unwrap_or(&PUBLIC)
    }
}

/// zh, ko, invalid-vault-credentials-provided: the URLs. The tried hosts are from mars-facts 4.5, 4.6, 5.8.
pub(crate) static PUBLIC: Cloud = Cloud {
    services: "windowsazure.com",
    needs_probe: false,
    required: &[
        Required { pattern: PROBE_HOST, url: Some(PROBE) },
        Required { pattern: "*.Microsoft.com", url: Some(VERSION_PAGE) },
        Required { pattern: "*.WindowsAzure.com", url: None },
        Required {
            pattern: "*.microsoftonline.com",
            url: Some("https://login.microsoftonline.com/"),
        },
        Required { pattern: "*.windows.net", url: Some("https://login.windows.net/") },
    ],
    portal: ["https://login.microsoftonline.com/", "https://management.azure.com/"],
    management: "https://management.azure.com",
};

/// The English article of 2025, invalid-vault-credentials-provided: the URLs for the US government (mars-facts 5.10). Of
/// `*.windows.net`, which stands there, too, no host is known that the agent would ask there.
static US_GOVERNMENT: Cloud = Cloud {
    services: "windowsazure.us",
    needs_probe: true,
    required: &[
        Required { pattern: PROBE_HOST, url: Some(PROBE) },
        Required { pattern: "*.microsoft.com", url: Some(VERSION_PAGE) },
        Required { pattern: "*.windowsazure.us", url: None },
        Required {
            pattern: "*.microsoftonline.us",
            url: Some("https://login.microsoftonline.us/"),
        },
    ],
    portal: ["https://login.microsoftonline.us/", "https://management.usgovcloudapi.net/"],
    management: "https://management.usgovcloudapi.net",
};

/// † No article has a list for the agent in China. The patterns are those of the portal's (`azure-portal-safelist-urls`).
static CHINA: Cloud = Cloud {
    services: "windowsazure.cn",
    needs_probe: false,
    required: &[
        Required { pattern: PROBE_HOST, url: Some(PROBE) },
        Required { pattern: "*.Microsoft.com", url: Some(VERSION_PAGE) },
        Required { pattern: "*.windowsazure.cn", url: None },
        Required { pattern: "*.chinacloudapi.cn", url: Some("https://login.chinacloudapi.cn/") },
    ],
    portal: ["https://login.chinacloudapi.cn/", "https://management.chinacloudapi.cn/"],
    management: "https://management.chinacloudapi.cn",
};

/// The pattern for a host of a storage account, as the English article of 2025 prints it; the host itself where none is known.
pub(crate) fn storage_pattern(host: &HostName) -> &str {
    let known = STORAGE.iter().find(|(domain, _)| host.is_within(domain));
    known.map_or(host.as_str(), |(_, pattern)| *pattern)
}

const STORAGE: [(&str, &str); 5] = [
    ("blob.core.windows.net", "*blob.core.windows.net"),
    ("queue.core.windows.net", "*queue.core.windows.net"),
    ("blob.storage.azure.net", "*blob.storage.azure.net"),
    ("usgovcloudapi.net", "*.usgovcloudapi.net"),
    ("chinacloudapi.cn", "*.chinacloudapi.cn"),
];

/// The connectivity probe, which is not on HTTPS.
pub(crate) const PROBE: &str = "http://www.msftncsi.com/ncsi.txt";
const PROBE_HOST: &str = "www.msftncsi.com";

#[cfg(test)]
mod tests;
