//! The names that are aliases in reality (CNAME).

use marslab_model::names::HostName;
use marslab_model::world::Cast;

use crate::azure;

/// The names that are aliases, and what is behind them. A storage account is an alias of a stamp in its region.
pub(super) fn of(cast: &Cast) -> impl Iterator<Item = (HostName, Vec<HostName>)> {
    let chain = |names: &[&str]| names.iter().map(|name| HostName::new(*name)).collect();
    let fixed = ALIASES.iter().map(move |(alias, names)| (HostName::new(*alias), chain(names)));
    let accounts =
        [(&cast.storage_account, &cast.region), (&cast.other_storage_account, &cast.other_region)];
    let stamps = accounts.into_iter().flat_map(|(account, region)| {
        let account = account.as_str();
        [
            (azure::PUBLIC.blob_host(account), azure::stamp_host("blob", region)),
            (azure::PUBLIC.queue_host(account), azure::stamp_host("queue", region)),
        ]
    });
    fixed.chain(stamps.map(|(alias, stamp)| (alias, vec![stamp])))
}

/// What public answers of `nslookup` and `dig` show, as far as they agree: traffic managers go on to servers of a region.
const ALIASES: &[(&str, &[&str])] = &[
    (
        "login.microsoftonline.com",
        &[
            "login.mso.msidentity.com",
            "ak.privatelink.msidentity.com",
            "www.tm.ak.prd.aadg.trafficmanager.net",
        ],
    ),
    (
        "management.azure.com",
        &["management.privatelink.azure.com", "arm-frontdoor-prod.trafficmanager.net"],
    ),
    ("go.microsoft.com", &["go.microsoft.com.edgekey.net", "e11290.dspg.akamaiedge.net"]),
];
