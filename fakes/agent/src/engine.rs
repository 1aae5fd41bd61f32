//! The agent's engine: its service, its programs, its version.

use marslab_model::host::{Account, FileError, LaunchError};
use marslab_model::world::ServiceState;
use marslab_model::{HostControl, Name, WinPath};

use crate::Limits;
use crate::places::{PRODUCT, Places};
use crate::step_error::StepError;

/// Whether the engine's service can be called (mars-facts 5.1). Every operation of the agent begins with it.
pub(crate) fn reach(host: &dyn HostControl, limits: &Limits) -> Result<(), StepError> {
    let service = host.service(&Name::new("obengine"));
    let answers =
        service.is_some_and(|service| service.state == ServiceState::Running && service.responding);
    if answers && is_brought_down(host, limits) {
        // A process that has ended leaves its service stopped.
        let _ended = host.stop_service(&Name::new("obengine"));
        return Err(StepError::EngineUnreachable);
    }
    if answers { Ok(()) } else { Err(StepError::EngineUnreachable) }
}

/// Starts the engine's program, which builds the serializers of its messages.
pub(crate) fn start(host: &dyn HostControl, places: &Places) -> Result<(), StepError> {
    launch(host, &places.engine())?;
    build_serializers(host)
}

/// Has each installed .NET build serializers. At the first use of a type, `XmlSerializer` writes C# and runs the `csc.exe`
/// of its own framework folder; it does so up to .NET 4.0 and for programs that were built for it (Microsoft's documentation of
/// `useLegacySerializerGeneration`), which is why the articles have every `csc.exe` excluded from scans. That the agent has
/// such code for each .NET that is installed is the lab's own †.
fn build_serializers(host: &dyn HostControl) -> Result<(), StepError> {
    for compiler in compilers(host)? {
        match launch(host, &compiler) {
            Err(StepError::Launch(LaunchError::NotFound)) => {}
            launched => launched?,
        }
    }
    Ok(())
}

fn launch(host: &dyn HostControl, program: &WinPath) -> Result<(), StepError> {
    host.launch(&Account::System, program).map_err(StepError::Launch)
}

fn compilers(host: &dyn HostControl) -> Result<Vec<WinPath>, StepError> {
    let folder = WinPath::new(DOTNET_FOLDER);
    match host.list_folder(&Account::System, &folder) {
        Ok(versions) => {
            let versions = versions.into_iter().filter(|entry| entry.folder);
            Ok(versions.map(|entry| entry.path.join("csc.exe")).collect())
        }
        Err(FileError::NotFound) => Ok(Vec::new()),
        Err(error) => Err(StepError::File { path: folder, error }),
    }
}

/// The version of the installed agent; nothing where the list of programs does not have it.
pub(crate) fn version(host: &dyn HostControl) -> Option<String> {
    let product = Name::new(PRODUCT);
    let programs = host.software();
    programs.into_iter().find_map(|(name, version)| (name == product).then_some(version))
}

/// Whether an agent of this version asks the retired access control service (mars-facts 5.1).
pub(crate) fn is_from_before_directory(version: &str, limits: &Limits) -> bool {
    numbers(version) < vec![2, 0, limits.directory_build]
}

/// Whether the installed agent keeps checksums and has messages of its own for the scratch folder (mars-facts 1.9).
pub(crate) fn names_scratch_errors(host: &dyn HostControl, limits: &Limits) -> bool {
    numbers(&version(host).unwrap_or_default()) >= vec![2, 0, limits.scratch_errors_build]
}

fn numbers(version: &str) -> Vec<u32> {
    version.split('.').map(|part| part.parse().unwrap_or(0)).collect()
}

/// Whether the filter driver of Azure File Sync runs in a version that brings the engine's process down (mars-facts 1.9).
fn is_brought_down(host: &dyn HostControl, limits: &Limits) -> bool {
    let driver = host.service(&Name::new(SYNC_DRIVER));
    let runs = driver.is_some_and(|driver| driver.state == ServiceState::Running);
    let (product, programs) =
        (Name::new(SYNC_AGENT), if runs { host.software() } else { Vec::new() });
    let version = programs.into_iter().find(|(name, _version)| *name == product);
    version.is_some_and(|(_name, version)| numbers(&version) < vec![limits.sync_agent_major])
}

/// The filter driver of Azure File Sync, `StorageSync.sys` (mars-facts 1.9).
const SYNC_DRIVER: &str = "StorageSync";

/// The program that installs it; the name in the list of programs is the lab's own.
const SYNC_AGENT: &str = "Azure File Sync Agent";

const DOTNET_FOLDER: &str = r"C:\Windows\Microsoft.NET\Framework64";

#[cfg(test)]
mod tests;
