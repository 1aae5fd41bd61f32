//! How much of a vault is used (mars-facts 4.2).

use http::StatusCode;
use marslab_model::Name;
use serde_json::{Value, json};

use super::filter::Filter;
use super::list;
use super::vault_id::Call;
use crate::reply::Reply;

/// What a vault holds.
struct Held {
    machines: usize,
    items: usize,
    bytes: u64,
    redundancy: String,
}

pub(super) fn list(call: &Call<'_>) -> Result<Reply, Reply> {
    let Held { machines, items, bytes, redundancy } = held(call)?;
    let bytes_if = |own: &str| if redundancy == own { bytes } else { 0 };
    let (machines, items) = (count(machines), count(items));
    let value = [
        usage("MABContainersCount", "Count", machines, None),
        usage("ProtectedItemCount", "Count", items, None),
        usage("MABProtectedItemCount", "Count", items, Some("File-Folders")),
        // A vault knows of the jobs whose data has arrived, and those did not fail.
        json!({
            "unit": "Count",
            "quotaPeriod": "P1D",
            "currentValue": 0,
            "limit": -1,
            "name": { "value": "FailedJobsCount", "localizedValue": "FailedJobsCount" },
        }),
        usage("ManagedInstances", "Count", items, None),
        usage("GRSStorageUsage", "Bytes", bytes_if("GeoRedundant"), None),
        usage("LRSStorageUsage", "Bytes", bytes_if("LocallyRedundant"), None),
        usage("ZRSStorageUsage", "Bytes", bytes_if("ZoneRedundant"), None),
        // 1 stands for sign-in by the directory, not by the retired access-control service.
        usage("RecoveryServicesProviderAuthType", "Count", 1, None),
    ];
    Ok(Reply::json(StatusCode::OK, &json!({ "value": value })))
}

/// Site Recovery protects nothing in the lab.
#[expect(clippy::unnecessary_wraps, reason = "as every answer below a vault")]
pub(super) fn of_replication(_: &Call<'_>) -> Result<Reply, Reply> {
    let value = json!({
        "monitoringSummary": {
            "unHealthyVmCount": 0, "unHealthyProviderCount": 0, "eventsCount": 0,
            "deprecatedProviderCount": 0, "supportedProviderCount": 0, "unsupportedProviderCount": 0,
        },
        "jobsSummary": { "failedJobs": 0, "suspendedJobs": 0, "inProgressJobs": 0 },
        "protectedItemCount": 0,
        "registeredServersCount": 0,
        "recoveryPlanCount": 0,
        "recoveryServicesProviderAuthType": 1,
    });
    Ok(Reply::json(StatusCode::OK, &json!({ "value": [value] })))
}

/// Containers or items by what manages them; the `type` in the filter says which. † The names of the kinds without any.
pub(super) fn summaries(call: &Call<'_>) -> Result<Reply, Reply> {
    let filter = Filter::of(call.request, &[("type", ""), ("backupManagementType", "")])?;
    let Held { machines, items, .. } = held(call)?;
    let own = match filter.value("type") {
        Some(kind) if kind.eq_ignore_ascii_case(CONTAINERS) => machines,
        _ => items,
    };
    let only = filter.value("backupManagementType");
    let kinds = [
        ("AzureIaasVM", 0),
        ("MAB", own),
        ("DPM", 0),
        ("AzureBackupServer", 0),
        ("AzureStorage", 0),
    ];
    let kinds = kinds
        .into_iter()
        .filter(|(kind, _)| only.is_none_or(|only| only.eq_ignore_ascii_case(kind)));
    list::page(
        call.request,
        kinds.map(|(kind, own)| usage(kind, "Count", count(own), None)).collect(),
    )
}

fn held(call: &Call<'_>) -> Result<Held, Reply> {
    call.look(|vault| {
        let points = vault.clone().recovery_points().each();
        let points: Vec<(&Name, u64)> =
            points.map(|(_, it)| (it.clone().machine().get(), *it.bytes().get())).collect();
        let mut machines: Vec<&Name> = points.iter().map(|(machine, _)| *machine).collect();
        machines.sort();
        machines.dedup();
        Held {
            machines: vault.clone().machines().each().count(),
            items: machines.len(),
            bytes: points.iter().map(|(_, bytes)| bytes).sum(),
            redundancy: vault.redundancy().get().clone(),
        }
    })
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

fn usage(name: &str, unit: &str, value: u64, localized: Option<&str>) -> Value {
    json!({
        "unit": unit,
        "currentValue": value,
        "limit": -1,
        "name": { "value": name, "localizedValue": localized.unwrap_or(name) },
    })
}

const CONTAINERS: &str = "BackupProtectionContainerCountSummary";
