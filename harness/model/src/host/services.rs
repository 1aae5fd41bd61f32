//! What the Service Control Manager and the Task Scheduler tell.

use std::collections::BTreeMap;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::names::Name;
use crate::world::{IfRunning, ServiceState, StartType};

/// A service, or a driver, as it is configured and as it last said that it is. Whether it still answers shows only when
/// it is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ServiceInfo {
    /// Its display name (`QUERY_SERVICE_CONFIGW.lpDisplayName`).
    pub display: String,
    /// Whether it runs (`SERVICE_STATUS_PROCESS.dwCurrentState`).
    pub state: ServiceState,
    /// When it starts (`QUERY_SERVICE_CONFIGW.dwStartType`).
    pub start: StartType,
    /// The account that it runs as (`QUERY_SERVICE_CONFIGW.lpServiceStartName`).
    pub account: String,
}

/// A scheduled task (`IRegisteredTask`, `ITaskDefinition`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct TaskInfo {
    /// Whether the task as a whole is enabled (`IRegisteredTask::Enabled`).
    pub enabled: bool,
    /// Its first trigger (`ITriggerCollection`).
    pub trigger: TriggerInfo,
    /// Further triggers by their `ITrigger::Id`.
    pub more_triggers: BTreeMap<Name, TriggerInfo>,
    /// What is done when a trigger comes due while the task is running (`ITaskSettings::MultipleInstances`).
    pub if_running: IfRunning,
    /// The account that it runs as (`IPrincipal::UserId`).
    pub account: Name,
    /// The program (`IExecAction::Path`).
    pub command: String,
    /// The program's arguments (`IExecAction::Arguments`).
    pub arguments: String,
    /// When it last ran, in machine time; none if never (`IRegisteredTask::LastRunTime`).
    pub last_run: Option<Timestamp>,
    /// The result of the last run; 267011 where it never ran (`IRegisteredTask::LastTaskResult`).
    pub last_result: u32,
}

/// A daily trigger of a task (`IDailyTrigger`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct TriggerInfo {
    /// Whether it fires (`ITrigger::Enabled`).
    pub enabled: bool,
    /// Minutes after local midnight (of `ITrigger::StartBoundary`).
    pub minute_of_day: u32,
}
