//! Remedy `separate-schedules`.

use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_actions::value_types::TimeOfDay;
use marslab_live::Live;
use marslab_model::Name;
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<SeparateSchedules>(
    "separate-schedules",
    "moves the schedule of Windows Server Backup, or of another task, to another time of day",
    r#"{ at = "23:00" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct SeparateSchedules {
    /// The new local time, `HH:MM`.
    at: TimeOfDay,
    /// The task's path. Default: the task of Windows Server Backup.
    task: Option<Name>,
}

#[async_trait]
impl Remedy for SeparateSchedules {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        let task = self.task.clone().unwrap_or_else(|| Name::new(edit::SERVER_BACKUP_TASK));
        let trigger = edit::machine_field(&world).tasks().at(task).trigger();
        live.apply(&trigger.minute_of_day().set(self.at.minute_of_day()))?;
        Ok(())
    }
}
