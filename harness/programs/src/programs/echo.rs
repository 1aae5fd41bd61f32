//! `echo`.

use async_trait::async_trait;
use marslab_shell::Printed;

use crate::program::{Call, Program};

pub(super) struct Echo;

#[async_trait]
impl Program for Echo {
    fn name(&self) -> &'static str {
        "echo"
    }

    fn about(&self) -> &'static str {
        "prints a text"
    }

    fn usage(&self) -> &'static [&'static str] {
        &["TEXT", "."]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        let text = call.rest.strip_prefix(['.', ':']).unwrap_or(&call.rest);
        match text.trim() {
            "" if call.rest.is_empty() => Printed::ok("ECHO is on.\n"),
            "on" | "off" => Printed::default(),
            _ => Printed::ok(format!("{text}\n")),
        }
    }
}
