//! Modules on the machine's disks: finding the one that has a command, and loading it.

use marslab_model::Name;
use marslab_model::admin::{ModuleError, ModuleInfo, ModuleSession};

use super::cmdlet::Spec;
use super::evaluate::Scope;
use super::failure::Failure;
use super::session::{MODULE_PATH, Session};

/// Loads a module, as this window would.
pub(crate) fn load(
    scope: Scope<'_>,
    module: &str,
    session: &Session,
) -> Result<ModuleInfo, ModuleError> {
    let path = session.variable(MODULE_PATH).unwrap_or_default();
    let policy = session.policy.clone();
    scope.host.load_module(scope.who, &Name::new(module), &ModuleSession { path, policy })
}

/// Loads the module of a command that was typed. From 3.0 on PowerShell looks for it by itself (about_Modules).
pub(crate) fn find_command(
    scope: Scope<'_>,
    spec: &Spec,
    typed: &str,
    session: &mut Session,
) -> Result<(), Failure> {
    if scope.engine.number.0 < 3 {
        return Err(Failure::unknown_command(typed));
    }
    match load(scope, spec.module, session) {
        Ok(info) if exports(&info, spec.name) => {
            session.modules.insert(Name::new(spec.module));
            Ok(())
        }
        // A manifest that cannot be read names no commands.
        Ok(_) | Err(ModuleError::NotFound | ModuleError::Unreadable | ModuleError::BadManifest) => {
            Err(Failure::unknown_command(typed))
        }
        Err(_) => {
            let (name, module) = (spec.name, spec.module);
            let message = format!(
                "{name} : The '{name}' command was found in the module '{module}', but the module could not be loaded. For more \
                 information, run 'Import-Module {module}'."
            );
            Err(Failure::new("ObjectNotFound", "CouldNotAutoloadMatchingModule", message)
                .about(name, "String")
                .of("CommandNotFoundException"))
        }
    }
}

/// Whether a module hands out a command.
pub(crate) fn exports(info: &ModuleInfo, command: &str) -> bool {
    info.commands.iter().any(|own| own == "*" || own.eq_ignore_ascii_case(command))
}

/// What `Import-Module` says of a module that it does not load.
pub(crate) fn refusal(module: &str, error: ModuleError, engine: &str) -> Failure {
    let (category, id, exception) = kind(error);
    let assembly =
        format!("Could not load file or assembly '{module}.dll' or one of its dependencies.");
    let message = match error {
        ModuleError::NotFound | ModuleError::NoEngine => format!(
            "The specified module '{module}' was not loaded because no valid module file was found in any module directory."
        ),
        ModuleError::Policy => format!(
            "File {module}.psd1 cannot be loaded because running scripts is disabled on this system. For more information, \
             see about_Execution_Policies at https:/go.microsoft.com/fwlink/?LinkID=135170."
        ),
        ModuleError::Unreadable => format!("Access to a file of the module '{module}' is denied."),
        ModuleError::BadManifest => format!(
            "The module manifest '{module}.psd1' could not be processed because it is not a valid Windows PowerShell \
             restricted language file. Remove the elements that are not permitted by the restricted language:"
        ),
        ModuleError::EngineTooOld => format!(
            "The version of Windows PowerShell on this computer is '{engine}'. The module '{module}' requires a later minimum \
             Windows PowerShell version to run. Verify that you have the minimum required version of Windows PowerShell \
             installed, and then try again."
        ),
        ModuleError::NoRootModule => assembly + " The system cannot find the file specified.",
        ModuleError::BadRootModule => {
            assembly + " The module was expected to contain an assembly manifest."
        }
    };
    Failure::new(category, id, message).about(module, "String").of(exception)
}

/// Category, name and exception of an error of `Import-Module`.
fn kind(error: ModuleError) -> (&'static str, &'static str, &'static str) {
    match error {
        ModuleError::NotFound | ModuleError::NoEngine => {
            ("ResourceUnavailable", "Modules_ModuleNotFound", "FileNotFoundException")
        }
        ModuleError::Policy => ("SecurityError", "UnauthorizedAccess", "PSSecurityException"),
        ModuleError::Unreadable => {
            ("PermissionDenied", "UnauthorizedAccess", "UnauthorizedAccessException")
        }
        ModuleError::BadManifest => {
            ("ResourceUnavailable", "Modules_InvalidManifest", "MissingMemberException")
        }
        ModuleError::EngineTooOld => (
            "ResourceUnavailable",
            "Modules_InsufficientPowerShellVersion",
            "InvalidOperationException",
        ),
        ModuleError::NoRootModule => {
            ("NotSpecified", "System.IO.FileNotFoundException", "FileNotFoundException")
        }
        ModuleError::BadRootModule => {
            ("NotSpecified", "System.BadImageFormatException", "BadImageFormatException")
        }
    }
}
