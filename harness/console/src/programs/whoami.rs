//! `whoami`.

use async_trait::async_trait;
use marslab_model::host::Account;

use super::Program;
use crate::{Console, Machine, Printed};

pub(super) struct Whoami;

#[async_trait]
impl Program for Whoami {
    fn name(&self) -> &'static str {
        "whoami"
    }

    async fn run(&self, console: &mut Console, _: Machine<'_>, args: &[String]) -> Printed {
        if let Some(first) = args.first() {
            return Printed::failed(
                1,
                format!(
                    "ERROR: Invalid argument/option - '{first}'.\nType \"WHOAMI /?\" for usage.\n"
                ),
            );
        }
        match &console.who {
            Account::System => Printed::ok("nt authority\\system\n"),
            Account::User(name) => Printed::ok(format!("{}\n", name.to_string().to_lowercase())),
        }
    }
}

#[cfg(test)]
mod tests;
