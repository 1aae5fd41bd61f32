//! `ren`: the new name has no folder.

use async_trait::async_trait;
use marslab_model::host::FileError;
use marslab_shell::Printed;

use crate::program::{Call, Program};

pub(super) struct Ren;

#[async_trait]
impl Program for Ren {
    fn name(&self) -> &'static str {
        "ren"
    }

    fn about(&self) -> &'static str {
        "renames a file or folder"
    }

    fn usage(&self) -> &'static [&'static str] {
        &["FILE|FOLDER NAME"]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        let [from, name] = call.args.as_slice() else {
            return Printed::failed(1, "The syntax of the command is incorrect.\n");
        };
        if name.contains(['\\', '/', ':', '*', '?']) {
            return Printed::failed(1, "The syntax of the command is incorrect.\n");
        }
        let source = call.path(from);
        let Some(folder) = source.parent() else { return call.refused(&FileError::AccessDenied) };
        let target = folder.join(name);
        let renamed = match call.host().file_info(call.who(), &source) {
            Ok(info) if info.folder => super::r#move::tree(call, &info.path, &target),
            Ok(info) => call.host().move_file(call.who(), &info.path, &target),
            Err(error) => Err(error),
        };
        match renamed {
            Ok(()) => Printed::default(),
            Err(FileError::NamesExhausted) => {
                Printed::failed(1, "A duplicate file name exists, or the file\ncannot be found.\n")
            }
            Err(error) => call.refused(&error),
        }
    }
}
