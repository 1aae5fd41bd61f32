//! `hostname`.

use async_trait::async_trait;
use marslab_shell::Printed;

use crate::program::{Call, Program};

pub(super) struct Hostname;

#[async_trait]
impl Program for Hostname {
    fn name(&self) -> &'static str {
        "hostname"
    }

    fn about(&self) -> &'static str {
        "the machine's name"
    }

    fn usage(&self) -> &'static [&'static str] {
        &[""]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        if !call.args.is_empty() {
            return Printed::failed(
                1,
                "sethostname: Use the Network Control Panel Applet to set hostname.\nhostname -s is not supported.\n",
            );
        }
        Printed::ok(format!("{}\n", call.host().computer_name()))
    }
}
