//! `move`: files and whole folders, within a volume and to another.

use async_trait::async_trait;
use marslab_model::WinPath;
use marslab_model::host::FileError;
use marslab_shell::Printed;

use crate::files::{below, picked, relative};

use crate::program::{Call, Program};

pub(super) struct Move;

#[async_trait]
impl Program for Move {
    fn name(&self) -> &'static str {
        "move"
    }

    fn about(&self) -> &'static str {
        "moves files and folders"
    }

    fn usage(&self) -> &'static [&'static str] {
        &["FILE|FOLDER FOLDER|FILE"]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        let (_, paths) = call.switches();
        let [from, to] = paths.as_slice() else {
            return Printed::failed(1, "The syntax of the command is incorrect.\n");
        };
        let source = call.path(from);
        match call.host().file_info(call.who(), &source) {
            Ok(info) if info.folder => {
                let target = super::copy::target(call, to, &info.path);
                match tree(call, &info.path, &target) {
                    Ok(()) => Printed::ok("        1 dir(s) moved.\n"),
                    Err(error) => call.refused(&error),
                }
            }
            _ => files(call, from, to),
        }
    }
}

fn files(call: &Call<'_>, from: &str, to: &str) -> Printed {
    let found = match picked(call, from).list(call) {
        Ok(found) => found,
        Err(error) => return call.refused(&error),
    };
    let files: Vec<_> = found.into_iter().filter(|it| !it.folder).collect();
    if files.is_empty() {
        return call.refused(&FileError::NotFound);
    }
    for file in &files {
        let target = super::copy::target(call, to, &file.path);
        if target != file.path && call.host().file_info(call.who(), &target).is_ok() {
            // What is there is replaced, as in a batch file.
            if let Err(error) = call.host().remove_file(call.who(), &target) {
                return call.refused(&error);
            }
        }
        if let Err(error) = call.host().move_file(call.who(), &file.path, &target) {
            return call.refused(&error);
        }
    }
    Printed::ok(format!("{:>9} file(s) moved.\n", files.len()))
}

/// Moves all that lies below a folder.
pub(super) fn tree(call: &Call<'_>, from: &WinPath, to: &WinPath) -> Result<(), FileError> {
    for file in below(call, from)? {
        let target = to.join(&relative(&file.path, from));
        call.host().move_file(call.who(), &file.path, &target)?;
    }
    Ok(())
}
