//! What an operation leaves that tells how it ended: the agent's log and job history, its event log, a task's last result.

use std::collections::BTreeMap;

use jiff::Timestamp;
use marslab_agent::{EVENT_LOGS, INSTALL_PATH, TEMP_FOLDER};
use marslab_model::world::{EventRecord, File, Machine, RegValue};
use marslab_model::{KeyPath, Name, WinPath};

/// The traces of operations on one machine.
#[derive(Clone, Debug)]
pub struct Traces {
    files: BTreeMap<WinPath, File>,
    events: BTreeMap<Name, Vec<EventRecord>>,
    tasks: BTreeMap<Name, (Option<Timestamp>, u32)>,
}

impl Traces {
    /// Those on a machine.
    pub fn of(machine: &Machine) -> Self {
        let folder = temp_folder(machine);
        let is_trace = |path: &WinPath| folder.as_ref().is_some_and(|it| path.is_within(it));
        let files = machine.files.iter().filter(|(path, _)| is_trace(path));
        let events = EVENT_LOGS.map(Name::new).into_iter();
        let events =
            events.filter_map(|log| Some((log.clone(), machine.events.get(&log)?.clone())));
        let tasks = machine.tasks.iter();
        Self {
            files: files.map(|(path, file)| (path.clone(), file.clone())).collect(),
            events: events.collect(),
            tasks: tasks
                .map(|(name, task)| (name.clone(), (task.last_run, task.last_result)))
                .collect(),
        }
    }

    /// Leaves these on a machine, in place of its own.
    pub fn put_into(&self, machine: &mut Machine) {
        if let Some(folder) = temp_folder(machine) {
            machine.files.retain(|path, _| !path.is_within(&folder));
            machine.files.extend(self.files.clone());
        }
        machine.events.retain(|log, _| !EVENT_LOGS.iter().any(|own| *log == Name::new(own)));
        machine.events.extend(self.events.clone());
        for (name, task) in &mut machine.tasks {
            if let Some((run, result)) = self.tasks.get(name) {
                (task.last_run, task.last_result) = (*run, *result);
            }
        }
    }
}

/// The folder of the agent's logs; `None` if the registry does not say where the agent is.
fn temp_folder(machine: &Machine) -> Option<WinPath> {
    let (key, name) = INSTALL_PATH;
    match machine.registry.get(&KeyPath::new(key))?.get(&Name::new(name))? {
        RegValue::Text(install) => Some(WinPath::new(install.as_str()).join(TEMP_FOLDER)),
        _ => None,
    }
}
