//! What PowerShell checks before it runs a command of a module: the engine, a policy that lets modules load, the module
//! on its search path, and the module's files (mars-facts E7).
//!
//! Only these checks are simulated. A session ends at the first error; PowerShell itself would go on to the next
//! command, which fails for the same reason.

use marslab_model::admin::{ModuleAdmin, ModuleError, ModuleInfo, ModuleSession};
use marslab_model::host::{Account, Cmdlet, FileError, Registry as _, RegistryValue, System as _};
use marslab_model::{KeyPath, Name, WinPath};

use super::FakeMachine;
use command::{CommandLine, Statement};
use manifest::Manifest;
use version::Version;

mod command;
mod manifest;
mod version;

/// What came of one start of PowerShell.
#[derive(Debug)]
pub(super) struct Session {
    /// The modules' commands that ran, in order.
    pub(super) ran: Vec<Cmdlet>,
    /// Why it ended before its end.
    pub(super) halt: Option<Halt>,
}

/// Why a session ended early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Halt {
    /// The command line cannot be understood.
    Usage,
    /// No engine is installed.
    NoEngine,
    /// A module was not loaded.
    Module(ModuleError),
    /// No loaded module has the command.
    UnknownCommand,
}

impl Halt {
    /// What `powershell.exe` exits with.
    pub(super) fn exit_code(self) -> u32 {
        match self {
            // What it exits with when its own arguments are wrong.
            Self::Usage => 0xFFFD_0000,
            // And when the last command failed, whatever the reason.
            Self::NoEngine | Self::Module(_) | Self::UnknownCommand => 1,
        }
    }
}

/// Runs `powershell.exe` with these arguments.
pub(super) fn run(machine: &FakeMachine, who: &Account, arguments: &str) -> Session {
    let mut ran = Vec::new();
    let halt = Shell { machine, who }.run(arguments, &mut ran).err();
    Session { ran, halt }
}

struct Shell<'a> {
    machine: &'a FakeMachine,
    who: &'a Account,
}

impl Shell<'_> {
    fn run(&self, arguments: &str, ran: &mut Vec<Cmdlet>) -> Result<(), Halt> {
        let line = CommandLine::parse(arguments).ok_or(Halt::Usage)?;
        let engine = self.engine().ok_or(Halt::NoEngine)?;
        let path = self.boot_variable("PSModulePath").unwrap_or_default();
        let session = ModuleSession { path, policy: line.policy };
        let mut loaded = Vec::new();
        for statement in line.statements {
            match statement {
                Statement::Import(module) => {
                    let (_, manifest) =
                        self.load(&module, &engine, &session).map_err(Halt::Module)?;
                    loaded.push(manifest);
                }
                Statement::Call(name) => {
                    let mut exported =
                        loaded.iter().filter_map(|module: &Manifest| module.exported(&name));
                    let name = exported.next().ok_or(Halt::UnknownCommand)?.to_owned();
                    ran.push(Cmdlet { name, who: self.who.clone() });
                }
            }
        }
        Ok(())
    }

    /// The engine's version: from 3.0 on it is under `3`, before under `1` (mars-facts 5.8).
    fn engine(&self) -> Option<Version> {
        ENGINE_KEYS.iter().find_map(|key| Version::parse(&self.text(key, "PowerShellVersion")?))
    }

    /// Group policy wins over the command line, that over the user's setting, that over the machine's.
    fn modules_may_load(&self, process: Option<&str>) -> bool {
        let group = || POLICY_KEYS.iter().find_map(|key| self.group_policy(key));
        let process = || process.and_then(Policy::parse);
        let own =
            || SHELL_KEYS.iter().find_map(|key| Policy::parse(&self.text(key, "ExecutionPolicy")?));
        let policy = group().or_else(process).or_else(own);
        policy.unwrap_or_else(|| self.default_policy()) == Policy::Allows
    }

    /// The policy of an administrator; switching scripts off says the same as `Restricted`.
    fn group_policy(&self, key: &str) -> Option<Policy> {
        if self.value(key, "EnableScripts") == Some(RegistryValue::Number(0)) {
            return Some(Policy::Restricted);
        }
        Policy::parse(&self.text(key, "ExecutionPolicy")?)
    }

    /// Where nothing is set: `RemoteSigned` on servers, `Restricted` on clients (mars-facts E7, unverified there).
    fn default_policy(&self) -> Policy {
        let os = self.machine.os().unwrap_or_default();
        let is_server = os.caption.to_ascii_lowercase().contains("server");
        if is_server { Policy::Allows } else { Policy::Restricted }
    }

    fn load(
        &self,
        module: &str,
        engine: &Version,
        session: &ModuleSession,
    ) -> Result<(WinPath, Manifest), ModuleError> {
        if !self.modules_may_load(session.policy.as_deref()) {
            return Err(ModuleError::Policy);
        }
        let (folder, text) = self.find(module, &session.path)?;
        let manifest = Manifest::parse(&text).ok_or(ModuleError::BadManifest)?;
        if manifest.engine().is_some_and(|wanted| wanted > *engine) {
            return Err(ModuleError::EngineTooOld);
        }
        let root = manifest.root_module().ok_or(ModuleError::NoRootModule)?;
        let root = folder.join(root.trim_start_matches(".\\"));
        match self.machine.content(self.who, &root, u64::MAX) {
            Ok(content) if content.bytes().starts_with(PROGRAM_START) => Ok((folder, manifest)),
            Ok(_) => Err(ModuleError::BadRootModule),
            Err(error) if is_absent(error) => Err(ModuleError::NoRootModule),
            Err(_) => Err(ModuleError::Unreadable),
        }
    }

    /// The folder and the manifest of a module: `X\X.psd1` in one of the folders of a `PSModulePath`, or `X.psd1` in a folder
    /// of that list that is called `X` itself, as the articles have it (mars-facts E7, 5).
    fn find(&self, module: &str, path: &str) -> Result<(WinPath, Vec<u8>), ModuleError> {
        let path = self.machine.expand(path);
        let folders = path.split(';').map(|folder| folder.trim().trim_end_matches('\\'));
        for folder in folders.filter(|folder| !folder.is_empty()).take(FOLDERS_MAX) {
            let folder = WinPath::new(folder);
            let is_own = folder.file_name().eq_ignore_ascii_case(module);
            let own = is_own.then(|| folder.clone());
            for folder in [Some(folder.join(module)), own].into_iter().flatten() {
                match self.machine.content(
                    self.who,
                    &folder.join(&format!("{module}.psd1")),
                    u64::MAX,
                ) {
                    Ok(content) => return Ok((folder, content.bytes().to_vec())),
                    Err(error) if is_absent(error) => {}
                    Err(_) => return Err(ModuleError::Unreadable),
                }
            }
        }
        Err(ModuleError::NotFound)
    }

    fn boot_variable(&self, name: &str) -> Option<String> {
        self.machine.boot_variable(&Name::new(name))
    }

    fn text(&self, key: &str, name: &str) -> Option<String> {
        match self.value(key, name)? {
            RegistryValue::Text(text) => Some(text),
            RegistryValue::Number(_) | RegistryValue::Binary(_) => None,
        }
    }

    fn value(&self, key: &str, name: &str) -> Option<RegistryValue> {
        let value = self.machine.registry_value(self.who, &KeyPath::new(key), &Name::new(name));
        value.ok().flatten()
    }
}

impl ModuleAdmin for FakeMachine {
    fn load_module(
        &self,
        who: &Account,
        module: &Name,
        session: &ModuleSession,
    ) -> Result<ModuleInfo, ModuleError> {
        let shell = Shell { machine: self, who };
        let engine = shell.engine().ok_or(ModuleError::NoEngine)?;
        let (folder, manifest) = shell.load(module.as_str(), &engine, session)?;
        let (version, commands) = (manifest.version().to_owned(), manifest.commands());
        Ok(ModuleInfo { folder, version, commands })
    }
}

impl FakeMachine {
    /// A variable as services and tasks have it.
    fn boot_variable(&self, name: &Name) -> Option<String> {
        self.look(|machine| machine.boot().environment().at(name).map(|value| value.get().clone()))?
    }

    /// The text with the values of its `%VARIABLES%`, once. An unknown one stays.
    pub(super) fn expand(&self, text: &str) -> String {
        let mut expanded = String::new();
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once('%') {
            expanded.push_str(before);
            let variable = behind.split_once('%');
            let value = variable.and_then(|(name, after)| {
                let value = self.boot_variable(&Name::new(name))?;
                Some((value, after))
            });
            rest = match value {
                Some((value, after)) => {
                    expanded.push_str(&value);
                    after
                }
                None => {
                    expanded.push('%');
                    behind
                }
            };
        }
        expanded + rest
    }
}

/// What an execution policy means for modules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Policy {
    /// They load. The agent's module is signed, so `AllSigned` lets it load, too.
    Allows,
    /// No module loads.
    Restricted,
}

impl Policy {
    /// Nothing where the text leaves it undefined; PowerShell takes a text that it does not know for `Restricted`.
    fn parse(text: &str) -> Option<Self> {
        let is = |names: &[&str]| names.iter().any(|name| name.eq_ignore_ascii_case(text.trim()));
        if is(&["", "Undefined", "Default"]) {
            return None;
        }
        let allows = is(&["AllSigned", "RemoteSigned", "Unrestricted", "Bypass"]);
        Some(if allows { Self::Allows } else { Self::Restricted })
    }
}

fn is_absent(error: FileError) -> bool {
    matches!(
        error,
        FileError::NotFound
            | FileError::PathNotFound
            | FileError::InvalidPath
            | FileError::NetworkPath
    )
}

/// mars-facts 5.8.
const ENGINE_KEYS: [&str; 2] = [
    r"HKLM\SOFTWARE\Microsoft\PowerShell\3\PowerShellEngine",
    r"HKLM\SOFTWARE\Microsoft\PowerShell\1\PowerShellEngine",
];

/// mars-facts 5.8.
const POLICY_KEYS: [&str; 2] = [
    r"HKLM\SOFTWARE\Policies\Microsoft\Windows\PowerShell",
    r"HKCU\SOFTWARE\Policies\Microsoft\Windows\PowerShell",
];

/// mars-facts 5.8.
const SHELL_KEYS: [&str; 2] = [
    r"HKCU\SOFTWARE\Microsoft\PowerShell\1\ShellIds\Microsoft.PowerShell",
    r"HKLM\SOFTWARE\Microsoft\PowerShell\1\ShellIds\Microsoft.PowerShell",
];

/// How every program and library for Windows begins.
const PROGRAM_START: &[u8] = b"MZ";

/// The most folders of `PSModulePath` that are looked into; Windows itself cuts variables at 32,767 characters.
const FOLDERS_MAX: usize = 256;

#[cfg(test)]
mod tests;
