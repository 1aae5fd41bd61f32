//! A vault, and everything below it: which request is answered where, and which permission it takes.
//!
//! Paths and actions are those of the public specifications and of the reference of permissions.

use super::access::Caller;
use super::vault_id::{Call, NAMESPACE, VaultId};
use super::{certificates, configs, containers, errors, items, jobs, policies, usages, vaults};
use crate::reply::Reply;
use crate::request::CloudRequest;

/// Answers a request about a vault, or about something below it.
pub(super) fn answer<'a>(
    request: &'a CloudRequest<'a>,
    caller: &Caller,
    asked: &VaultId,
    rest: &'a [&'a str],
) -> Result<Reply, Reply> {
    let method = request.method().as_str();
    let mut there = ROUTES.iter().filter(|route| route.leads_to(rest)).peekable();
    if there.peek().is_none() {
        let kind = format!("vaults/{}", rest.first().copied().unwrap_or_default());
        return Err(errors::no_type(request, NAMESPACE, &kind));
    }
    let Some(route) = there.find(|route| route.method == method) else {
        return Err(errors::not_allowed(request));
    };
    let action = format!("{NAMESPACE}/Vaults/{}", route.action);
    let vault = request.running().look(|world| {
        caller.check(&world, asked.subscription.as_str(), &asked.to_string(), &action)?;
        if route.extra {
            caller.check(&world, asked.subscription.as_str(), &asked.to_string(), REGISTER)?;
        }
        asked.find(&world)
    })?;
    (route.act)(&Call { request, vault, rest })
}

struct Route {
    method: &'static str,
    /// In lower case; `*` stands for any name.
    path: &'static [&'static str],
    action: &'static str,
    /// Whether it takes the permission to register, too.
    extra: bool,
    act: fn(&Call<'_>) -> Result<Reply, Reply>,
}

impl Route {
    fn leads_to(&self, path: &[&str]) -> bool {
        let is = |(own, part): (&&str, &&str)| *own == "*" || own.eq_ignore_ascii_case(part);
        self.path.len() == path.len() && self.path.iter().zip(path).all(is)
    }
}

const fn to(
    method: &'static str,
    path: &'static [&'static str],
    action: &'static str,
    act: fn(&Call<'_>) -> Result<Reply, Reply>,
) -> Route {
    Route { method, path, action, extra: false, act }
}

const EXTENDED: &[&str] = &["extendedinformation", "vaultextendedinfo"];
const STORAGE: &[&str] = &["backupstorageconfig", "vaultstorageconfig"];
const CONFIG: &[&str] = &["backupconfig", "vaultconfig"];
const CONTAINER: &[&str] = &["backupfabrics", "*", "protectioncontainers", "*"];
const ITEM: &[&str] = &["backupfabrics", "*", "protectioncontainers", "*", "protecteditems", "*"];

const ROUTES: &[Route] = &[
    to("GET", &[], "read", vaults::show),
    to("HEAD", &[], "read", vaults::exists),
    to("PATCH", &[], "write", vaults::patch),
    to("DELETE", &[], "delete", vaults::delete),
    // As it allows registering machines, the user needs that permission, too; that it is checked here is the lab's own.
    Route {
        extra: true,
        ..to("PUT", &["certificates", "*"], "certificates/write", certificates::put)
    },
    // To unregister takes more than to register (mars-facts E2).
    to(
        "DELETE",
        &["registeredidentities", "*"],
        "registeredIdentities/delete",
        containers::unregister,
    ),
    to("GET", &["usages"], "usages/read", usages::list),
    to("GET", &["replicationusages"], "replicationUsages/read", usages::of_replication),
    to("GET", &["backupusagesummaries"], "backupUsageSummaries/read", usages::summaries),
    to("GET", &["backupprotectioncontainers"], "backupProtectionContainers/read", containers::list),
    to("GET", CONTAINER, "backupFabrics/protectionContainers/read", containers::show),
    to("GET", &["backupprotecteditems"], "backupProtectedItems/read", items::list),
    to("GET", ITEM, "backupFabrics/protectionContainers/protectedItems/read", items::show),
    to("GET", &["backupjobs"], "backupJobs/read", jobs::list),
    to("GET", &["backupjobs", "*"], "backupJobs/read", jobs::show),
    to("GET", &["backuppolicies"], "backupPolicies/read", policies::list),
    to("GET", &["backuppolicies", "*"], "backupPolicies/read", policies::show),
    to("PUT", &["backuppolicies", "*"], "backupPolicies/write", policies::put),
    to("DELETE", &["backuppolicies", "*"], "backupPolicies/delete", policies::delete),
    to("GET", &["backupengines"], "backupEngines/read", containers::engines),
    to("GET", EXTENDED, "extendedInformation/read", configs::show_extended),
    to("PUT", EXTENDED, "extendedInformation/write", configs::put_extended),
    to("PATCH", EXTENDED, "extendedInformation/write", configs::put_extended),
    to("GET", STORAGE, "backupstorageconfig/read", configs::show_storage),
    to("PUT", STORAGE, "backupstorageconfig/write", configs::set_storage),
    to("PATCH", STORAGE, "backupstorageconfig/write", configs::set_storage),
    to("GET", CONFIG, "backupconfig/read", configs::show_config),
    to("PUT", CONFIG, "backupconfig/write", configs::set_config),
    to("PATCH", CONFIG, "backupconfig/write", configs::set_config),
];

/// Every action on vaults, with its short name.
pub(super) fn actions() -> impl Iterator<Item = (String, &'static str)> {
    let all: std::collections::BTreeSet<&str> = ROUTES.iter().map(|route| route.action).collect();
    all.into_iter().map(|action| (format!("{NAMESPACE}/Vaults/{action}"), action))
}

const REGISTER: &str = "Microsoft.RecoveryServices/Vaults/registeredIdentities/write";
