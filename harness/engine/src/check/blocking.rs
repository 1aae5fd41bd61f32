//! The functions of [`check`](super) for tests that are not async. A runtime that calls them is blocked meanwhile.

use std::path::Path;

use marslab_model::{Operation, Subject, World};

use super::task::{Task, aside};
use super::{CheckError, Checked, CheckedWorld, options, world};
use crate::play::Options;

/// As [`check`](super::check()).
pub fn check(name: &str, subject: impl Subject + 'static) -> Checked {
    Task::named(name, subject, options()).aside()
}

/// As [`check_with`](super::check_with).
pub fn check_with(name: &str, subject: impl Subject + 'static, options: &Options) -> Checked {
    Task::named(name, subject, Ok(options.clone())).aside()
}

/// As [`check_file`](super::check_file).
pub fn check_file(path: impl AsRef<Path>, subject: impl Subject + 'static) -> Checked {
    Task::file(path.as_ref(), subject, options()).aside()
}

/// As [`check_file_with`](super::check_file_with).
pub fn check_file_with(
    path: impl AsRef<Path>,
    subject: impl Subject + 'static,
    options: &Options,
) -> Checked {
    Task::file(path.as_ref(), subject, Ok(options.clone())).aside()
}

/// As [`healthy_world`](super::healthy_world).
pub fn healthy_world(operation: Operation, options: &Options) -> Result<World, CheckError> {
    let options = options.clone();
    aside(move || world::healthy(operation, &options))
}

/// As [`check_world`](super::check_world).
pub fn check_world(
    world: World,
    operation: Operation,
    subject: impl Subject + 'static,
    options: &Options,
) -> Result<CheckedWorld, CheckError> {
    let options = options.clone();
    aside(move || world::check(world, operation, subject, &options))
}
