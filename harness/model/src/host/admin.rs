//! What the programs of Windows change and list by an administrator's command, beyond what the agent does.

use std::collections::BTreeSet;

use super::{HostControl, ServiceError};
use crate::names::Name;
use crate::world::StartType;

/// A machine as its administrator's programs reach it.
pub trait HostAdmin: HostControl + ServiceAdmin + TaskAdmin {}

impl<T: HostControl + ServiceAdmin + TaskAdmin> HostAdmin for T {}

/// Services.
pub trait ServiceAdmin {
    /// The names of all services and drivers (`EnumServicesStatusExW`).
    fn service_names(&self) -> BTreeSet<Name>;

    /// Sets when a service starts (`ChangeServiceConfigW`).
    fn set_service_start(&self, name: &Name, start: StartType) -> Result<(), ServiceError>;
}

/// Scheduled tasks.
pub trait TaskAdmin {
    /// The paths of all tasks (`ITaskFolder::GetTasks`).
    fn task_names(&self) -> BTreeSet<Name>;

    /// Enables or disables a task as a whole (`IRegisteredTask::put_Enabled`). Whether there is such a task.
    fn set_task_enabled(&self, name: &Name, enabled: bool) -> bool;
}
