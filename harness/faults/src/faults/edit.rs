//! Fault, setting and remedy `edit`: fields of the world are set or removed by their paths. For what has no action of its own.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::error::{NotApplicable, RemedyError};
use marslab_actions::fault::Fault;
use marslab_actions::remedy::Remedy;
use marslab_actions::setting::Setting;
use marslab_actions::world_path;
use marslab_live::Live;
use marslab_model::tracked::{ChangeError, FieldPath};
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

pub(super) const SPEC: ActionSpec<dyn Fault> =
    ActionSpec::<dyn Fault>::new::<Edit>(NAME, SUMMARY, EXAMPLE);

pub(crate) const SETTING: ActionSpec<dyn Setting> =
    ActionSpec::<dyn Setting>::new::<Edit>(NAME, SUMMARY, EXAMPLE);

/// Not among the remedies of the catalogue: the articles tell nobody to edit fields. A remedy of a pack is made of it.
pub const REMEDY: ActionSpec<dyn Remedy> =
    ActionSpec::<dyn Remedy>::with::<Edit>(NAME, SUMMARY, EXAMPLE, |value| {
        Ok(Arc::new(Edit::deserialize(value)?))
    });

const NAME: &str = "edit";
const SUMMARY: &str = "fields of the world are set or removed by their paths, all at once";
const EXAMPLE: &str = r"{ set = { 'services/VSS/start' = 'disabled', 'registry/HKLM\SOFTWARE\Contoso/Mode' = { number = 2 } } }";

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
struct Edit {
    /// Values by the paths of the fields, such as `services/VSS/start` of the machine that complains, or `network/firewall/…`. An
    /// entry that is missing is added. `marslab show world PATH` shows the fields and their values.
    set: BTreeMap<String, Value>,
    /// The paths of entries to remove.
    remove: Vec<String>,
}

impl Fault for Edit {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        if self.set.is_empty() && self.remove.is_empty() {
            return Err(NotApplicable::Parameters("give `set`, `remove` or both"));
        }
        let mut draft = Draft { world: world.clone(), changes: Vec::new() };
        for path in &self.remove {
            draft.remove(path)?;
        }
        // In order of their paths, so that what holds others comes before them.
        for (path, value) in &self.set {
            draft.set(path, value)?;
        }
        Ok(draft.changes)
    }
}

#[async_trait]
impl Remedy for Edit {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        Ok(live.apply_all(&Fault::changes(self, &live.snapshot()?)?)?)
    }
}

/// A world that is edited to see whether it can be, and the changes that do so.
struct Draft {
    world: World,
    changes: Vec<Change>,
}

impl Draft {
    fn remove(&mut self, path: &str) -> Result<(), NotApplicable> {
        let at = self.editable(path)?;
        if self.world.look(&at).is_none() {
            return Err(world_path::no_field(&self.world, &at));
        }
        self.apply(Change::Remove { at })
    }

    fn set(&mut self, path: &str, value: &Value) -> Result<(), NotApplicable> {
        let at = self.editable(path)?;
        // A value of the registry is added together with its key.
        if let Some(holder) = at.parent().filter(|holder| self.world.look(holder).is_none()) {
            let no_field = world_path::no_field(&self.world, &holder);
            let empty = Value::Object(serde_json::Map::new());
            self.apply(Change::Set { at: holder, to: empty }).map_err(|_not_a_map| no_field)?;
        }
        self.apply(Change::Set { at, to: value.clone() })
    }

    fn editable(&self, path: &str) -> Result<FieldPath, NotApplicable> {
        let at = world_path::resolve(&self.world, path);
        match at.segments().first().map(String::as_str) {
            Some("now") => Err(NotApplicable::State("time is no field to edit; use `time-passes`")),
            _ => Ok(at),
        }
    }

    fn apply(&mut self, change: Change) -> Result<(), NotApplicable> {
        match self.world.apply(&change) {
            Ok(()) => {
                self.changes.push(change);
                Ok(())
            }
            Err(ChangeError::NoField(at)) => Err(world_path::no_field(&self.world, &at)),
            Err(error) => Err(error.into()),
        }
    }
}

#[cfg(test)]
mod tests;
