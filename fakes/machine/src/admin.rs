//! What an administrator's programs list and change.

use std::collections::BTreeSet;

use marslab_model::Name;
use marslab_model::host::{ServiceAdmin, ServiceError, TaskAdmin};
use marslab_model::world::StartType;

use super::FakeMachine;

mod files;
mod registry;
mod system;

impl ServiceAdmin for FakeMachine {
    fn service_names(&self) -> BTreeSet<Name> {
        self.look(|machine| machine.services().get().keys().cloned().collect()).unwrap_or_default()
    }

    fn set_service_start(&self, name: &Name, start: StartType) -> Result<(), ServiceError> {
        let there = self.look(|machine| machine.services().at(name).is_some());
        there.filter(|there| *there).ok_or(ServiceError::Missing)?;
        self.edit(|machine| machine.services().at(name).start().set(start));
        Ok(())
    }
}

impl TaskAdmin for FakeMachine {
    fn task_names(&self) -> BTreeSet<Name> {
        self.look(|machine| machine.tasks().get().keys().cloned().collect()).unwrap_or_default()
    }

    fn set_task_enabled(&self, name: &Name, enabled: bool) -> bool {
        let there = self.look(|machine| machine.tasks().at(name).is_some()).unwrap_or(false);
        if there {
            self.edit(|machine| machine.tasks().at(name).enabled().set(enabled));
        }
        there
    }
}
