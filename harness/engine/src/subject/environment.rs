//! The environment of a program under test.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::Path;

use thiserror::Error;

use super::HOST_VARIABLE;
use super::caller::Caller;
use crate::process::{SYSTEM_VARIABLES, TEMP_VARIABLES, variable_name};

/// The variables of a program: PATH, what the system needs, what was allowed, and what the lab sets for each ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Environment {
    pub(super) variables: BTreeMap<OsString, OsString>,
}

/// Why a program cannot have a variable.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum VariableError {
    /// There is nothing before the `=`, or nothing at all.
    #[error("no name in `{0}`")]
    NoName(String),
    /// The caller does not have it.
    #[error("the variable `{0}` is not set")]
    NotSet(String),
    /// The lab sets it to another value for each ask.
    #[error("the lab itself sets the variable `{0}`")]
    Reserved(String),
}

impl Environment {
    /// What every program gets.
    pub(super) fn of(caller: &Caller) -> Self {
        let of_the_system = SYSTEM_VARIABLES.iter().map(OsString::from);
        let passed = of_the_system.filter_map(|name| caller.variables.get_key_value(&name));
        let mut variables: BTreeMap<OsString, OsString> =
            passed.map(|(name, value)| (name.clone(), value.clone())).collect();
        variables.extend(caller.search_path().map(|path| ("PATH".into(), path)));
        Self { variables }
    }

    /// Adds a variable: `NAME` as the caller has it, or `NAME=VALUE`.
    pub(super) fn allow(&mut self, typed: &str, caller: &Caller) -> Result<(), VariableError> {
        let (name, value) = match typed.split_once('=') {
            Some((name, value)) => (name, Some(OsString::from(value))),
            None => (typed, None),
        };
        if name.is_empty() {
            return Err(VariableError::NoName(typed.to_owned()));
        }
        let known = variable_name(OsStr::new(name));
        let mut reserved = TEMP_VARIABLES.iter().chain([&HOST_VARIABLE]);
        if reserved.any(|it| known == *it) {
            return Err(VariableError::Reserved(name.to_owned()));
        }
        let value = value.or_else(|| caller.variables.get(&known).cloned());
        let value = value.ok_or_else(|| VariableError::NotSet(name.to_owned()))?;
        self.variables.insert(known, value);
        Ok(())
    }

    /// The variables of a program with this folder for temporary files, and this door if it has one only.
    pub(super) fn in_folder(
        &self,
        temp: &Path,
        door: Option<&Path>,
    ) -> BTreeMap<OsString, OsString> {
        let mut variables = self.variables.clone();
        variables.extend(TEMP_VARIABLES.iter().map(|name| (name.into(), temp.into())));
        variables.extend(door.map(|door| (HOST_VARIABLE.into(), door.into())));
        variables
    }
}
