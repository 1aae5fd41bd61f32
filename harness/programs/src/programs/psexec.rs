//! `psexec` of Sysinternals: runs a line as another account. Only `-s` (as SYSTEM) is in the lab; the articles use it to open a
//! browser as SYSTEM and look at its LAN settings.
//!
//! Its banner and last line go to the error stream, and so into the window, too.

use async_trait::async_trait;
use marslab_model::WinPath;
use marslab_model::host::{Account, HostError as _};
use marslab_shell::{Printed, messages};

use super::gui;
use crate::program::{Call, Program};

pub(super) struct Psexec;

#[async_trait]
impl Program for Psexec {
    fn name(&self) -> &'static str {
        "psexec"
    }

    fn about(&self) -> &'static str {
        "runs a line as SYSTEM; `psexec -s cmd` opens a window, `exit` closes it"
    }

    fn usage(&self) -> &'static [&'static str] {
        &["-s LINE", "-i -s PROGRAM", "-s cmd"]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        let (options, line) = split(&call.rest);
        if let Some(unknown) =
            options.iter().find(|it| !OPTIONS.contains(&it.to_ascii_lowercase().as_str()))
        {
            return Printed::failed(USAGE, format!("{BANNER}Invalid option: {unknown}\n"));
        }
        if line.is_empty() {
            return Printed::failed(
                USAGE,
                format!("{BANNER}Usage: psexec [-i] [-s] [-accepteula] cmd [arguments]\n"),
            );
        }
        if !call.is_administrator() {
            let refused = "Couldn't install PSEXESVC service:\nAccess is denied.\n";
            return Printed::failed(5, format!("{BANNER}{refused}"));
        }
        let as_system = options.iter().any(|it| it.eq_ignore_ascii_case("-s"));
        let who = if as_system { Account::System } else { call.who().clone() };
        start(call, who, &line).await
    }
}

async fn start(call: &mut Call<'_>, who: Account, line: &str) -> Printed {
    let (path, short) = program_of(line);
    if ["cmd", "cmd.exe"].contains(&short.to_ascii_lowercase().as_str()) && !line.contains('/') {
        let before = std::mem::replace(&mut call.window.who, who);
        call.window.outer.push(before);
        call.window.environment = None;
        return Printed::ok(format!("{BANNER}Microsoft Windows\n\n"));
    }
    let before = std::mem::replace(&mut call.window.who, who);
    let environment = call.window.environment.take();
    let printed = match path {
        Some(path) => launched(call, &path),
        None => super::run(call.window, call.powershell, call.machine, line).await,
    };
    call.window.who = before;
    call.window.environment = environment;
    let (machine, code) = (call.host().computer_name(), printed.code);
    let last = format!("{short} exited on {machine} with error code {code}.\n");
    Printed { text: format!("{BANNER}{}{last}", printed.text), code }
}

/// Starts a program of the machine that has a window.
fn launched(call: &Call<'_>, path: &WinPath) -> Printed {
    match call.host().launch(call.who(), path) {
        Ok(()) => gui::shown(call, path.file_name()),
        Err(error) => {
            let message = messages::of(call.language(), error.number());
            Printed::failed(error.number(), format!("PsExec could not start {path}:\n{message}\n"))
        }
    }
}

/// The options, and the line that they are for.
fn split(rest: &str) -> (Vec<String>, String) {
    let (mut options, mut rest) = (Vec::new(), rest.trim());
    while rest.starts_with(['-', '/']) {
        let (option, behind) = rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len()));
        options.push(option.to_owned());
        rest = behind.trim_start();
        if option.eq_ignore_ascii_case("-i") {
            // A session's number may follow.
            let digits = rest.trim_start_matches(|it: char| it.is_ascii_digit());
            if digits.len() < rest.len() && digits.starts_with(char::is_whitespace) {
                rest = digits.trim_start();
            }
        }
    }
    (options, rest.to_owned())
}

/// The path of a program that is named by its path and is not Windows' own, and the short name.
fn program_of(line: &str) -> (Option<WinPath>, String) {
    let name = match line.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next().unwrap_or_default(),
        None => line.split_whitespace().next().unwrap_or_default(),
    };
    let short = name.rsplit('\\').next().unwrap_or(name).to_owned();
    let is_own = name.to_ascii_lowercase().starts_with(r"c:\windows\system32\");
    (name.contains('\\').then(|| WinPath::new(name)).filter(|_| !is_own), short)
}

const OPTIONS: [&str; 8] =
    ["-s", "-i", "-h", "-d", "-accepteula", "/accepteula", "-nobanner", "-x"];

const BANNER: &str = "\nPsExec v2.2 - Execute processes remotely\nCopyright (C) 2001-2016 Mark Russinovich\nSysinternals - www.sysinternals.com\n\n\n";

/// The exit code of a wrong line (†).
const USAGE: u32 = 0xffff_ffff;
