//! `more`: the terminal pages by itself, so nothing stops here.

use async_trait::async_trait;
use marslab_shell::Printed;

use crate::program::{Call, Program};

pub(super) struct More;

#[async_trait]
impl Program for More {
    fn name(&self) -> &'static str {
        "more"
    }

    fn about(&self) -> &'static str {
        "passes on what comes through the pipe, or a file"
    }

    fn usage(&self) -> &'static [&'static str] {
        &["", "FILE"]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        if let Some(input) = &call.input {
            return Printed::ok(input.clone());
        }
        let Some(file) = call.arg(0) else { return Printed::default() };
        match call.host().read_file(call.who(), &call.path(file)) {
            Ok(content) => Printed::ok(crate::texts_of::text(content.bytes())),
            Err(error) => call.refused(&error),
        }
    }
}
