//! `md`: folders of the lab are there as soon as something lies in them, so that nothing has to be made.

use async_trait::async_trait;
use marslab_model::host::FileError;
use marslab_shell::Printed;

use crate::program::{Call, Program};

pub(super) struct Md;

#[async_trait]
impl Program for Md {
    fn name(&self) -> &'static str {
        "md"
    }

    fn about(&self) -> &'static str {
        "makes a folder"
    }

    fn usage(&self) -> &'static [&'static str] {
        &["FOLDER"]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        let [folder] = call.args.as_slice() else {
            return Printed::failed(1, "The syntax of the command is incorrect.\n");
        };
        match call.host().file_info(call.who(), &call.path(folder)) {
            Ok(_) => {
                Printed::failed(1, format!("A subdirectory or file {folder} already exists.\n"))
            }
            Err(FileError::NotFound) => Printed::default(),
            Err(error) => call.refused(&error),
        }
    }
}
