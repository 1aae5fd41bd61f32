//! Azure's built-in roles, as far as they concern vaults and what is beside them.
//!
//! The actions are those of the built-in roles' reference, from memory.

/// What a built-in role allows, and what it takes from that; nothing for one that is not known.
pub(super) fn of(role: &str) -> (&'static [&'static str], &'static [&'static str]) {
    match role {
        "Owner" => (&["*"], &[]),
        "Contributor" => (&["*"], &CONTRIBUTOR_NOT),
        "Reader" => (&["*/read"], &[]),
        "Backup Contributor" => (&BACKUP_CONTRIBUTOR, &[]),
        "Backup Operator" => (&BACKUP_OPERATOR, &[]),
        "Backup Reader" => (&["Microsoft.RecoveryServices/*/read", READ_GROUPS], &[]),
        _ => (&[], &[]),
    }
}

/// Whether an action is one of a role's pattern; case does not matter.
pub(super) fn matches(pattern: &str, action: &str) -> bool {
    let (pattern, action) = (pattern.to_ascii_lowercase(), action.to_ascii_lowercase());
    match pattern.split_once('*') {
        None => pattern == action,
        Some((start, end)) => action.strip_prefix(start).is_some_and(|rest| rest.ends_with(end)),
    }
}

const READ_GROUPS: &str = "Microsoft.Resources/subscriptions/resourceGroups/read";

const CONTRIBUTOR_NOT: [&str; 3] = [
    "Microsoft.Authorization/*/Delete",
    "Microsoft.Authorization/*/Write",
    "Microsoft.Authorization/elevateAccess/Action",
];

/// Everything about backups, but for making and deleting vaults.
const BACKUP_CONTRIBUTOR: [&str; 21] = [
    "Microsoft.RecoveryServices/locations/*",
    "Microsoft.RecoveryServices/operations/read",
    "Microsoft.RecoveryServices/Vaults/backupFabrics/*",
    "Microsoft.RecoveryServices/Vaults/backupJobs/*",
    "Microsoft.RecoveryServices/Vaults/backupPolicies/*",
    "Microsoft.RecoveryServices/Vaults/backupProtectedItems/*",
    "Microsoft.RecoveryServices/Vaults/backupProtectionContainers/*",
    "Microsoft.RecoveryServices/Vaults/backupSecurityPIN/*",
    "Microsoft.RecoveryServices/Vaults/backupUsageSummaries/read",
    "Microsoft.RecoveryServices/Vaults/backupEngines/read",
    "Microsoft.RecoveryServices/Vaults/backupconfig/*",
    "Microsoft.RecoveryServices/Vaults/backupstorageconfig/*",
    "Microsoft.RecoveryServices/Vaults/certificates/*",
    "Microsoft.RecoveryServices/Vaults/extendedInformation/*",
    "Microsoft.RecoveryServices/Vaults/read",
    "Microsoft.RecoveryServices/Vaults/registeredIdentities/*",
    "Microsoft.RecoveryServices/Vaults/replicationUsages/read",
    "Microsoft.RecoveryServices/Vaults/usages/*",
    "Microsoft.Authorization/*/read",
    READ_GROUPS,
    "Microsoft.Storage/storageAccounts/read",
];

/// Backups, without removing any, and without changing policies.
const BACKUP_OPERATOR: [&str; 17] = [
    "Microsoft.RecoveryServices/operations/read",
    "Microsoft.RecoveryServices/Vaults/read",
    "Microsoft.RecoveryServices/Vaults/usages/read",
    "Microsoft.RecoveryServices/Vaults/backupProtectionContainers/read",
    "Microsoft.RecoveryServices/Vaults/certificates/write",
    "Microsoft.RecoveryServices/Vaults/registeredIdentities/read",
    "Microsoft.RecoveryServices/Vaults/registeredIdentities/write",
    "Microsoft.RecoveryServices/Vaults/backupJobs/*",
    "Microsoft.RecoveryServices/Vaults/backupPolicies/read",
    "Microsoft.RecoveryServices/Vaults/backupProtectedItems/read",
    "Microsoft.RecoveryServices/Vaults/backupUsageSummaries/read",
    "Microsoft.RecoveryServices/Vaults/backupEngines/read",
    "Microsoft.RecoveryServices/Vaults/extendedInformation/read",
    "Microsoft.RecoveryServices/Vaults/extendedInformation/write",
    READ_GROUPS,
    "Microsoft.Authorization/*/read",
    "Microsoft.Storage/storageAccounts/read",
];

#[cfg(test)]
mod tests;
