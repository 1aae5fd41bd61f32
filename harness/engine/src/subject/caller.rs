//! What a command is typed in: a folder and an environment.

use std::collections::BTreeMap;
use std::env;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf, is_separator};

use super::environment::{Environment, VariableError};
use crate::process;

/// What the words of a command refer to. The program itself is started in another folder and in another environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The folder to which relative paths belong.
    pub folder: PathBuf,
    /// The environment from which variables are passed on. On Windows the names are in capitals.
    pub variables: BTreeMap<OsString, OsString>,
    /// The folder in which a program's own folders are made.
    pub temp: PathBuf,
}

impl Caller {
    /// The folder and the environment of this process.
    pub fn of_this_process() -> Self {
        let variables = env::vars_os();
        Self {
            // Where the folder was removed, what is relative cannot be started, and the system says so.
            folder: env::current_dir().unwrap_or_default(),
            variables: variables
                .map(|(name, value)| (process::variable_name(&name), value))
                .collect(),
            temp: env::temp_dir(),
        }
    }

    /// The environment of a program that may have these variables: `NAME` is passed on, `NAME=VALUE` is set. Of several
    /// values for one name, the last counts.
    pub fn environment(&self, variables: &[impl AsRef<str>]) -> Result<Environment, VariableError> {
        let mut environment = Environment::of(self);
        variables.iter().try_for_each(|typed| environment.allow(typed.as_ref(), self))?;
        Ok(environment)
    }

    /// The program that a word names: a path, or a name that is looked up in PATH.
    pub(super) fn program(&self, word: &str) -> OsString {
        if is_path(word) { self.absolute(word) } else { word.into() }
    }

    /// An argument: absolute if it is the relative path of something that is there. The bare name of a folder stays as it
    /// is, since it may as well be a subcommand.
    pub(super) fn argument(&self, word: &str) -> OsString {
        let path = self.folder.join(word);
        let is_there = if is_path(word) { path.exists() } else { path.is_file() };
        // On Windows `/c` is an option.
        if is_there && !Path::new(word).has_root() { self.absolute(word) } else { word.into() }
    }

    /// PATH for a program that is started in another folder.
    pub(super) fn search_path(&self) -> Option<OsString> {
        let path = self.variables.get(OsStr::new("PATH"))?;
        let folders = env::split_paths(path).map(|folder| self.folder.join(folder));
        // A folder with a separator in its name cannot be in PATH.
        Some(env::join_paths(folders).unwrap_or_else(|_separator| path.clone()))
    }

    /// A path without `.` in it.
    fn absolute(&self, word: &str) -> OsString {
        self.folder.join(Path::new(word)).components().collect::<PathBuf>().into_os_string()
    }
}

/// Whether a word is written as a path, and not as a name.
fn is_path(word: &str) -> bool {
    word.contains(is_separator) || word == "." || word == ".."
}
