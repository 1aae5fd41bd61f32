//! `powershell`: both shells have one prompt, so that it is only needed within lines of `cmd.exe`.

use async_trait::async_trait;

use crate::Printed;
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
        let line = command(&call.rest).trim().to_owned();
        if line.is_empty() {
            return Printed::ok("Lines of PowerShell are taken at this prompt, too.\n");
        }
        let line = line.trim_start_matches('&').trim();
        let line = line.strip_prefix('{').and_then(|it| it.strip_suffix('}')).unwrap_or(line);
        crate::powershell::run(call.console, call.machine, line.trim()).await
    }
}

/// What stands behind the options, out of its quotes.
fn command(rest: &str) -> &str {
    let mut rest = rest.trim();
    while let Some(option) = rest.strip_prefix('-') {
        let (name, behind) =
            option.split_at(option.find(char::is_whitespace).unwrap_or(option.len()));
        rest = behind.trim_start();
        match name.to_ascii_lowercase().as_str() {
            "command" | "c" => break,
            "executionpolicy" | "ep" | "ex" | "version" | "outputformat" => {
                rest = rest
                    .split_once(char::is_whitespace)
                    .map_or("", |(_, behind)| behind.trim_start());
            }
            _ => {}
        }
    }
    rest.strip_prefix('"').and_then(|it| it.strip_suffix('"')).unwrap_or(rest)
}
