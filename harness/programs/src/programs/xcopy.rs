//! `xcopy`: files and, with `/s` or `/e`, what lies below. What is there is replaced without asking.

use crate::command_line::fits;
use crate::files::{below, picked, relative};
use crate::page::Page;
use async_trait::async_trait;
use marslab_shell::Printed;

use crate::program::{Call, Program};

pub(super) struct Xcopy;

#[async_trait]
impl Program for Xcopy {
    fn name(&self) -> &'static str {
        "xcopy"
    }

    fn about(&self) -> &'static str {
        "copies folders"
    }

    fn usage(&self) -> &'static [&'static str] {
        &["FROM TO [/e] [/i] [/y] [/h]"]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        let (switches, paths) = call.switches();
        let [from, to] = paths.as_slice() else {
            return Printed::failed(4, "Invalid number of parameters\n0 File(s) copied\n");
        };
        let known = ["/e", "/s", "/i", "/y", "/h", "/k", "/r", "/c", "/q", "/f", "/o", "/x", "/v"];
        if let Some(unknown) = switches.iter().find(|it| !known.contains(&it.as_str())) {
            return Printed::failed(4, format!("Invalid switch - {unknown}\n0 File(s) copied\n"));
        }
        let deep = switches.iter().any(|it| it == "/e" || it == "/s");
        let picked = picked(call, from);
        let whole = call.path(from);
        let found = if deep { below(call, &picked.folder) } else { picked.list(call) };
        let mut files = found.unwrap_or_default();
        files.retain(|file| !file.folder && fits(&picked.pattern, file.path.file_name()));
        if files.is_empty() {
            let name = whole.file_name();
            return Printed::failed(4, format!("File not found - {name}\n0 File(s) copied\n"));
        }
        let to = call.path(to);
        let (mut page, mut copied) = (Page::default(), 0_usize);
        for file in &files {
            let name = relative(&file.path, &picked.folder);
            page.line(file.path.as_str());
            match call.host().copy_file(call.who(), &file.path, &to.join(&name)) {
                Ok(()) => copied += 1,
                Err(error) => {
                    page.line(call.message(&error));
                    page.line(format!("{copied} File(s) copied"));
                    return Printed::failed(5, page.text());
                }
            }
        }
        page.line(format!("{copied} File(s) copied"));
        Printed::ok(page.text())
    }
}
