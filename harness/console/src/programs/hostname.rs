//! `hostname`.

use async_trait::async_trait;

use super::Program;
use crate::{Console, Machine, Printed};

pub(super) struct Hostname;

#[async_trait]
impl Program for Hostname {
    fn name(&self) -> &'static str {
        "hostname"
    }

    async fn run(&self, _: &mut Console, machine: Machine<'_>, args: &[String]) -> Printed {
        if !args.is_empty() {
            return Printed::failed(
                1,
                "sethostname: Use the Network Control Panel Applet to set hostname.\nhostname -s is not supported.\n",
            );
        }
        Printed::ok(format!("{}\n", machine.host.computer_name()))
    }
}

#[cfg(test)]
mod tests;
