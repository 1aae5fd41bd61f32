//! `reg`: the registry. Layouts and messages as in mars-facts 6.

use async_trait::async_trait;
use marslab_shell::Printed;

use crate::program::{Call, Program};

mod change;
mod key;
mod query;

pub(super) struct Reg;

#[async_trait]
impl Program for Reg {
    fn name(&self) -> &'static str {
        "reg"
    }

    fn about(&self) -> &'static str {
        "the registry: looks, adds, deletes"
    }

    fn usage(&self) -> &'static [&'static str] {
        &[
            "query KEY [/v VALUE | /ve] [/s]",
            "add KEY [/v VALUE | /ve] [/t TYPE] [/d DATA] [/f]",
            "delete KEY [/v VALUE | /ve | /va] [/f]",
        ]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        let verb = call.arg(0).unwrap_or_default().to_ascii_lowercase();
        match verb.as_str() {
            "query" => query::run(call),
            "add" => change::add(call),
            "delete" => change::delete(call),
            "" => Printed::failed(1, "ERROR: Invalid syntax.\nType \"REG /?\" for usage.\n"),
            other => Printed::failed(
                1,
                format!(
                    "ERROR: Invalid argument/option - '{other}'.\nType \"REG /?\" for usage.\n"
                ),
            ),
        }
    }
}
