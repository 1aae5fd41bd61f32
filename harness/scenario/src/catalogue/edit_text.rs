//! [`EditText`]: what a remedy of a pack sets and removes.

use std::sync::Arc;

use marslab_actions::action_spec::Written;
use marslab_actions::problem::Problem;
use marslab_actions::remedy::Remedy;
use marslab_faults::faults::edit::REMEDY as EDIT;
use marslab_model::world::Cast;
use serde::{Deserialize, Deserializer};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::roles::fill_in;

/// The parameters of the action `edit`, as TOML. Roles in it are replaced when it is read for a world.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditText(String);

impl EditText {
    /// The parameters.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The remedy in the world of this cast, or what is wrong with it.
    pub fn read(&self, cast: &Cast) -> Result<Arc<dyn Remedy>, String> {
        let mut problems = Vec::new();
        let mut table = DeTable::parse(&self.0).map_err(|error| error.to_string())?.into_inner();
        fill_in(&mut table, cast, &mut problems);
        let value = Spanned::new(0..self.0.len(), DeValue::Table(table));
        let read = EDIT.parse(0..0, &value, Written::Named).map_err(|found| problems.extend(found));
        match read {
            Ok(remedy) if problems.is_empty() => Ok(remedy),
            _ => Err(problems.iter().map(told).collect::<Vec<_>>().join("; ")),
        }
    }
}

fn told(problem: &Problem) -> String {
    match &problem.hint {
        Some(hint) => format!("{} ({hint})", problem.message),
        None => problem.message.clone(),
    }
}

impl<'de> Deserialize<'de> for EditText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(toml::Table::deserialize(deserializer)?.to_string()))
    }
}
