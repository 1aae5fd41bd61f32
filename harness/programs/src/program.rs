//! What a program of Windows is, and what it is called with.

use async_trait::async_trait;
use marslab_model::admin::HostAdmin;
use marslab_model::host::{Account, HostError};
use marslab_model::world::Language;
use marslab_model::{Name, WinPath};
use marslab_shell::wording::Texts;
use marslab_shell::{Machine, Printed, Window};

/// A program. Its `.exe` is understood.
#[async_trait]
pub(crate) trait Program: Sync {
    /// Its name, without `.exe`.
    fn name(&self) -> &'static str;

    /// The lines that it takes, without its name; of what changes, in capitals what to put there.
    fn usage(&self) -> &'static [&'static str];

    /// What it is for, in a few words.
    fn about(&self) -> &'static str;

    /// Runs it.
    async fn run(&self, call: &mut Call<'_>) -> Printed;
}

/// PowerShell, as `powershell.exe` starts it.
#[async_trait]
pub trait PowerShell: Send + Sync {
    /// Runs what stands behind `powershell` in a line.
    async fn start(&self, window: &mut Window, machine: Machine<'_>, rest: &str) -> Printed;
}

/// One call of a program.
pub(crate) struct Call<'a> {
    /// The window.
    pub(crate) window: &'a mut Window,
    /// The other shell.
    pub(crate) powershell: &'a dyn PowerShell,
    /// What it is a window of.
    pub(crate) machine: Machine<'a>,
    /// The words behind its name.
    pub(crate) args: Vec<String>,
    /// The same as they were typed.
    pub(crate) rest: String,
    /// What comes through the pipe before it.
    pub(crate) input: Option<String>,
}

impl<'a> Call<'a> {
    /// The machine's side of the host port.
    pub(crate) fn host(&self) -> &'a dyn HostAdmin {
        self.machine.host
    }

    /// As whom the program runs.
    pub(crate) fn who(&self) -> &Account {
        &self.window.who
    }

    /// The language in which Windows prints.
    pub(crate) fn language(&self) -> Language {
        self.host().language()
    }

    /// A text in the machine's language.
    pub(crate) fn text(&self, texts: &Texts) -> &'static str {
        texts.of(self.language())
    }

    /// A word behind the name.
    pub(crate) fn arg(&self, index: usize) -> Option<&str> {
        self.args.get(index).map(String::as_str)
    }

    /// Whether the words behind the name begin with these, in any case.
    pub(crate) fn begins(&self, words: &[&str]) -> bool {
        let same = |(own, wanted): (&String, &&str)| own.eq_ignore_ascii_case(wanted);
        self.args.len() >= words.len() && self.args.iter().zip(words).all(same)
    }

    /// Whether who runs it is an administrator, whose prompts are elevated.
    pub(crate) fn is_administrator(&self) -> bool {
        match self.who() {
            Account::System => true,
            Account::User(name) => {
                let account = self.host().account(name).ok().flatten();
                let administrators = Name::new("Administrators");
                account.is_some_and(|it| it.groups.contains(&administrators))
            }
        }
    }

    /// The message of an error of the host port, in the machine's language.
    pub(crate) fn message(&self, error: &dyn HostError) -> String {
        marslab_shell::messages::of(self.language(), error.number())
    }

    /// What `cmd.exe` says where a file's operation fails: the message, and exit code 1.
    pub(crate) fn refused(&self, error: &dyn HostError) -> Printed {
        Printed::failed(1, self.message(error) + "\n")
    }

    /// The words behind the name that are switches (`/s`), in lower case, and those that are not.
    pub(crate) fn switches(&self) -> (Vec<String>, Vec<String>) {
        let (switches, others): (Vec<_>, Vec<_>) =
            self.args.iter().cloned().partition(|word| word.starts_with('/'));
        // Several may stand together: `/s/q`.
        let each = switches.iter().flat_map(|word| word.split('/').filter(|it| !it.is_empty()));
        (each.map(|switch| format!("/{}", switch.to_ascii_lowercase())).collect(), others)
    }

    /// The path that a word means, seen from the window's folder.
    pub(crate) fn path(&self, text: &str) -> WinPath {
        marslab_shell::paths::path_from(&self.window.folder, text)
    }
}
