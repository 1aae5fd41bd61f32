//! `type`: a file's text.

use async_trait::async_trait;
use marslab_shell::Printed;

use marslab_model::host::FileError;

use crate::files::picked;
use crate::page::Page;
use crate::program::{Call, Program};

pub(super) struct Type;

#[async_trait]
impl Program for Type {
    fn name(&self) -> &'static str {
        "type"
    }

    fn about(&self) -> &'static str {
        "a file's text"
    }

    fn usage(&self) -> &'static [&'static str] {
        &["FILE|PATTERN"]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        let [file] = call.args.as_slice() else {
            return Printed::failed(1, "The syntax of the command is incorrect.\n");
        };
        if file.contains(['*', '?']) {
            return each(call, file);
        }
        match call.host().read_file(call.who(), &call.path(file)) {
            Ok(content) => Printed::ok(crate::texts_of::text(content.bytes())),
            Err(error) => call.refused(&error),
        }
    }
}

/// The files of a pattern, each under its name.
fn each(call: &Call<'_>, pattern: &str) -> Printed {
    let files = match picked(call, pattern).list(call) {
        Ok(found) => found.into_iter().filter(|it| !it.folder).collect::<Vec<_>>(),
        Err(error) => return call.refused(&error),
    };
    if files.is_empty() {
        return call.refused(&FileError::NotFound);
    }
    let mut page = Page::default();
    for file in files {
        page.blank().line(file.path.file_name()).blank().blank();
        match call.host().read_file(call.who(), &file.path) {
            Ok(content) => page.line(crate::texts_of::text(content.bytes()).trim_end()),
            Err(error) => page.line(call.refused(&error).text.trim_end()),
        };
    }
    Printed::ok(page.text())
}
