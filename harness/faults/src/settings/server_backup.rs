//! Setting `server-backup`: Windows Server Backup is installed, and backs the server up every day.

use std::collections::BTreeSet;

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::setting::Setting;
use marslab_actions::value_types::TimeOfDay;
use marslab_model::world::{File, IfRunning, Service, ServiceState, StartType, Task, Trigger};
use marslab_model::{Change, Map, Name, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Setting> = ActionSpec::<dyn Setting>::new::<ServerBackup>(
    "server-backup",
    "Windows Server Backup is installed and runs daily, at another time than the agent",
    r#"{ at = "19:00" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ServerBackup {
    /// The local time at which it starts, `HH:MM`. The agent's own backup starts at 21:00.
    at: TimeOfDay,
}

impl Setting for ServerBackup {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let machine = edit::machine(world)?;
        let minute_of_day = self.at.minute_of_day();
        let own = machine.tasks.get(&Name::new(edit::BACKUP_TASK));
        if own.is_some_and(|own| own.trigger.minute_of_day == minute_of_day) {
            return Err(NotApplicable::State("the agent's own backup starts at that time"));
        }
        let program = File {
            content: "MZ wbadmin".into(),
            size: PROGRAM_BYTES,
            modified: machine.boot.at,
            attributes: BTreeSet::new(),
        };
        let field = machine.field();
        Ok(vec![
            field.clone().files().at(PROGRAM).set(program),
            field.clone().services().at("wbengine").set(engine()),
            field.tasks().at(edit::SERVER_BACKUP_TASK).set(task(minute_of_day)),
        ])
    }
}

/// The service that does the work once `wbadmin` asks for it (mars-facts 5.7).
fn engine() -> Service {
    Service {
        display: "Block Level Backup Engine Service".to_owned(),
        state: ServiceState::Stopped,
        start: StartType::Manual,
        account: "LocalSystem".to_owned(),
        responding: true,
    }
}

/// The task as Windows Server Backup creates it (mars-facts 5.7); the template's ID is the lab's own.
fn task(minute_of_day: u32) -> Task {
    Task {
        enabled: true,
        trigger: Trigger { enabled: true, minute_of_day },
        more_triggers: Map::new(),
        if_running: IfRunning::IgnoreNew,
        account: Name::new("SYSTEM"),
        command: r"%SystemRoot%\System32\wbadmin.exe".to_owned(),
        arguments: "start backup -templateId:{4b1f6f0e-6f0c-4d53-9d5a-0c8f7d1f2a63} -quiet"
            .to_owned(),
        last_run: None,
        last_result: NEVER_RAN,
    }
}

const PROGRAM: &str = r"C:\Windows\System32\wbadmin.exe";

const PROGRAM_BYTES: u64 = 326_144;

/// SCHED_S_TASK_HAS_NOT_RUN (mars-facts 6).
const NEVER_RAN: u32 = 267_011;
