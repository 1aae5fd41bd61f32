//! What an administrator's programs list and change.

use std::collections::BTreeSet;

use marslab_model::Name;
use marslab_model::admin::ServiceAdmin;
use marslab_model::host::ServiceError;
use marslab_model::world::StartType;

use super::FakeMachine;

mod antivirus;
mod files;
mod registry;
mod system;
mod tasks;

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
