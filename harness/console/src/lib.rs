//! The command line of the simulated Windows, for people who learn on it.
//!
//! Both shells have one prompt: what begins with a cmdlet or a variable is PowerShell's, everything else a program's. All
//! looks and acts go through the host port, as whom the person is signed in; nothing that is typed reaches a shell of the real
//! machine. What Windows has and the lab has not says so.
//!
//! Absent: what can be typed, which the rooms below have; Worlds, faults, causes, scenarios, files of the real machine.

use marslab_model::host::Account;
use marslab_powershell::{self as powershell, Session, WindowsPowerShell};
use marslab_programs::{names, run, without_prompt};
use marslab_shell::Window;

pub use marslab_powershell::names as cmdlets;
pub use marslab_programs::{ProgramInfo, programs};
pub use marslab_shell::{Agent, Machine, Printed, Typed};

mod completion;

/// One window of the command line, with what both shells remember in it.
#[derive(Clone, Debug)]
pub struct Console {
    window: Window,
    /// What PowerShell remembers.
    shell: Session,
}

impl Console {
    /// A window in which somebody is signed in.
    pub fn new(who: Account) -> Self {
        Self { window: Window::new(who), shell: Session::default() }
    }

    /// What stands before the next line: `C:\>`.
    pub fn prompt(&self) -> String {
        format!("{}>", self.window.folder)
    }

    /// Runs a line. One that is longer than Windows takes (8,191 characters) is refused.
    pub async fn run(&mut self, machine: Machine<'_>, line: &str) -> Printed {
        if line.chars().count() > LINE_MAX {
            return Printed::failed(1, "The input line is too long.\n");
        }
        let line = without_prompt(line);
        if powershell::is_meant(line) {
            return powershell::run(&mut self.shell, &mut self.window, machine, line).await;
        }
        let restarts = self.window.restarts;
        let printed = run(&mut self.window, &WindowsPowerShell, machine, line).await;
        if self.window.restarts != restarts {
            self.shell = Session::default();
        }
        printed
    }

    /// How an unfinished line may go on: whole words that can stand where its last word stands, sorted.
    pub fn completions(&self, line: &str) -> Vec<String> {
        let start = line.rsplit(['|', ' ']).next().unwrap_or_default();
        let is_first = !line.trim_start().contains(' ');
        let names = names().chain(powershell::names());
        let fits = |name: &&str| {
            is_first && name.get(..start.len()).is_some_and(|it| it.eq_ignore_ascii_case(start))
        };
        let mut fitting: Vec<String> = names.filter(fits).map(str::to_owned).collect();
        fitting.sort();
        fitting
    }
}

/// The longest line of `cmd.exe`, in characters (Microsoft's support article 830473).
const LINE_MAX: usize = 8_191;
