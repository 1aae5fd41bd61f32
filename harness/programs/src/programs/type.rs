//! `type`: a file's text.

use async_trait::async_trait;
use marslab_shell::Printed;

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
        &["FILE"]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        let [file] = call.args.as_slice() else {
            return Printed::failed(1, "The syntax of the command is incorrect.\n");
        };
        match call.host().read_file(call.who(), &call.path(file)) {
            Ok(content) => Printed::ok(crate::texts_of::text(content.bytes())),
            Err(error) => call.refused(&error),
        }
    }
}
