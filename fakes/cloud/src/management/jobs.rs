//! The jobs of a vault: those whose data has become a recovery point, which is what a vault knows of the backups of machines.
//!
//! The shape is `MabJob` of the public specification. † That a job began and ended with its recovery point.

use http::StatusCode;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use marslab_model::world::RecoveryPoint;
use marslab_model::{Name, Tracked};
use serde_json::{Value, json};

use super::filter::{Filter, Names};
use super::vault_id::{Call, VaultId};
use super::{errors, list};
use crate::reply::Reply;

pub(super) fn list(call: &Call<'_>) -> Result<Reply, Reply> {
    let filter = Filter::of(call.request, NAMES)?;
    let from = filter.value("startTime").map(time).transpose()?;
    let to = filter.value("endTime").map(time).transpose()?;
    let is_in = |at: Timestamp| from.is_none_or(|from| at >= from) && to.is_none_or(|to| at <= to);
    let mut jobs: Vec<(Timestamp, Value)> = call.look(|vault| {
        let points = vault.recovery_points().each();
        points
            .map(|(id, point)| (*point.clone().at().get(), job(&call.vault, id, &point)))
            .collect()
    })?;
    jobs.retain(|(at, job)| is_in(*at) && filter.holds(job, NAMES));
    // The latest comes first.
    jobs.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    list::page(call.request, jobs.into_iter().map(|(_, job)| job).collect())
}

pub(super) fn show(call: &Call<'_>) -> Result<Reply, Reply> {
    let id = Name::new(call.last());
    let found = call.look(|vault| {
        let (id, point) = vault.recovery_points().entry(&id)?;
        Some(job(&call.vault, id, &point))
    })?;
    found.map(|it| Reply::json(StatusCode::OK, &it)).ok_or_else(|| call.absent("backupJobs"))
}

fn job(vault: &VaultId, id: &Name, point: &Tracked<'_, RecoveryPoint>) -> Value {
    let at = point.clone().at().get().to_string();
    let machine = point.clone().machine().get();
    json!({
        "id": format!("{vault}/backupJobs/{id}"),
        "name": id,
        "type": "Microsoft.RecoveryServices/vaults/backupJobs",
        "properties": {
            "jobType": "MabJob",
            "backupManagementType": "MAB",
            "operation": "Backup",
            "status": "Completed",
            "startTime": at,
            "endTime": at,
            "duration": "PT0S",
            "activityId": id,
            "entityFriendlyName": "Files and folders",
            "mabServerName": machine.as_str().to_uppercase(),
            "mabServerType": "Windows",
            "workloadType": "FileFolder",
            "actionsInfo": [],
            "extendedInfo": {
                "tasksList": [],
                "propertyBag": { "Data Transferred (in bytes)": point.clone().bytes().get().to_string() },
            },
        },
    })
}

/// A time as filters have it: `2019-05-21 03:00:00 AM`.
fn time(text: &str) -> Result<Timestamp, Reply> {
    let forms = ["%Y-%m-%d %I:%M:%S %p", "%Y-%m-%dT%H:%M:%SZ"];
    let read = |form: &&str| DateTime::strptime(form, text).ok();
    let found = forms.iter().find_map(read).and_then(|it| it.to_zoned(TimeZone::UTC).ok());
    let bad =
        || errors::bad("InvalidFilterInQueryString", "A time of the filter expression is invalid.");
    found.map(|it| it.timestamp()).ok_or_else(bad)
}

/// By what lists of jobs are filtered (the public specification's `JobQueryObject`).
const NAMES: &Names = &[
    ("status", "/properties/status"),
    ("backupManagementType", "/properties/backupManagementType"),
    ("operation", "/properties/operation"),
    ("jobId", "/name"),
    ("startTime", ""),
    ("endTime", ""),
];
