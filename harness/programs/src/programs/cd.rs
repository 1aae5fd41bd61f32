//! `cd`: the window's folder.

use async_trait::async_trait;
use marslab_model::host::FileError;
use marslab_shell::Printed;

use crate::program::{Call, Program};

pub(super) struct Cd;

#[async_trait]
impl Program for Cd {
    fn name(&self) -> &'static str {
        "cd"
    }

    fn about(&self) -> &'static str {
        "goes to a folder"
    }

    fn usage(&self) -> &'static [&'static str] {
        &["", "FOLDER", "/d DRIVE:FOLDER"]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        // The whole rest is the folder's name, with or without quotes.
        let rest = call.rest.replace('"', "");
        let rest = rest.trim();
        let switch = rest.get(..2).is_some_and(|it| it.eq_ignore_ascii_case("/d"));
        let (to_drive, rest) = match rest.get(2..) {
            Some(behind) if switch => (true, behind.trim()),
            _ => (false, rest),
        };
        if rest.is_empty() {
            return Printed::ok(format!("{}\n", call.window.folder));
        }
        let path = call.path(rest);
        match call.host().file_info(call.who(), &path) {
            // Without /d, `cd` goes nowhere on another drive; it only notes where that drive's folder is, which the lab does not.
            Ok(info) if info.folder => {
                if to_drive || path.volume() == call.window.folder.volume() {
                    call.window.folder = crate::files::rooted(info.path);
                }
                Printed::default()
            }
            Ok(_) | Err(FileError::NotFound) => call.refused(&FileError::PathNotFound),
            Err(error) => call.refused(&error),
        }
    }
}
