//! `powershell`: both shells have one prompt, so that it is only needed within lines of `cmd.exe`.

use async_trait::async_trait;
use marslab_shell::Printed;

use crate::program::{Call, Program};

pub(super) struct Powershell;

#[async_trait]
impl Program for Powershell {
    fn name(&self) -> &'static str {
        "powershell"
    }

    fn about(&self) -> &'static str {
        "runs a line of PowerShell"
    }

    fn usage(&self) -> &'static [&'static str] {
        &["LINE", "-Command LINE"]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        call.powershell.start(call.window, call.machine, &call.rest).await
    }
}
