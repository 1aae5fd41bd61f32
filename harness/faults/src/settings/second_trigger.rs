//! Setting `second-trigger`: the backup's task has a second trigger.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::setting::Setting;
use marslab_actions::value_types::Whole;
use marslab_model::world::Trigger;
use marslab_model::{Change, Name, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Setting> = ActionSpec::<dyn Setting>::new::<SecondTrigger>(
    "second-trigger",
    "the scheduled backup's task has a second trigger",
    "{ minutes-later = 0 }",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct SecondTrigger {
    /// How many minutes after the first trigger it is due; 0 means in the same minute.
    minutes_later: Whole<u32, 0, 720>,
}

impl Setting for SecondTrigger {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let path = Name::new(edit::BACKUP_TASK);
        let task = edit::machine(world)?.get().tasks.get(&path);
        let task = task.ok_or_else(|| NotApplicable::missing("task", &path))?;
        let minute_of_day = (task.trigger.minute_of_day + self.minutes_later.get()) % DAY_MINUTES;
        let trigger = Trigger { enabled: true, minute_of_day };
        Ok(vec![
            edit::machine_field(world).tasks().at(path).more_triggers().at("second").set(trigger),
        ])
    }
}

const DAY_MINUTES: u32 = 24 * 60;
