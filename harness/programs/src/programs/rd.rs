//! `rd`: in the lab a folder is there while something lies in it, so that there are no empty ones.

use crate::files::below;
use async_trait::async_trait;
use marslab_shell::Printed;

use crate::program::{Call, Program};

pub(super) struct Rd;

#[async_trait]
impl Program for Rd {
    fn name(&self) -> &'static str {
        "rd"
    }

    fn about(&self) -> &'static str {
        "removes a folder"
    }

    fn usage(&self) -> &'static [&'static str] {
        &["/s /q FOLDER"]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        let (switches, paths) = call.switches();
        let [folder] = paths.as_slice() else {
            return Printed::failed(1, "The syntax of the command is incorrect.\n");
        };
        let path = call.path(folder);
        match call.host().file_info(call.who(), &path) {
            Ok(info) if info.folder => {}
            Ok(_) => return Printed::failed(1, "The directory name is invalid.\n"),
            Err(error) => return call.refused(&error),
        }
        let has = |switch: &str| switches.iter().any(|it| it == switch);
        if !has("/s") {
            return Printed::failed(1, "The directory is not empty.\n");
        }
        if !has("/q") {
            return Printed::failed(1, format!("{folder}, Are you sure (Y/N)? \n"));
        }
        let files = match below(call, &path) {
            Ok(files) => files,
            Err(error) => return call.refused(&error),
        };
        for file in files {
            if let Err(error) = call.host().remove_file(call.who(), &file.path) {
                return Printed::failed(1, format!("{} - {}\n", file.path, call.message(&error)));
            }
        }
        match call.host().remove_numbered_files(call.who(), &path, "*") {
            Ok(_) => Printed::default(),
            Err(error) => call.refused(&error),
        }
    }
}
