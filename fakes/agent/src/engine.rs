//! The agent's engine: its service, its programs, its version.

use marslab_model::host::{Account, FileError, LaunchError};
use marslab_model::{HostControl, Name, WinPath};

use crate::Limits;
use crate::items::Unsupported;
use crate::places::{PRODUCT, Places};
use crate::product::AgentVersion;
use crate::step_error::StepError;

/// Calls the engine's service (mars-facts 5.1).
pub(crate) fn reach(host: &dyn HostControl) -> Result<(), StepError> {
    Ok(host.call_service(&Name::new("obengine"))?)
}

/// Starts the engine's program, which builds the serializers of its messages.
pub(crate) fn start(host: &dyn HostControl, places: &Places) -> Result<(), StepError> {
    launch(host, &places.engine())
}

/// Has each installed .NET build serializers. At the first use of a type, `XmlSerializer` writes C# and runs the `csc.exe`
/// of its own framework folder; it does so up to .NET 4.0 and for programs that were built for it (Microsoft's documentation of
/// `useLegacySerializerGeneration`), which is why the articles have every `csc.exe` excluded from scans. That the agent has
/// such code for each .NET that is installed is the lab's own †.
pub(crate) fn build_serializers(host: &dyn HostControl) -> Result<(), StepError> {
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

/// The version of the installed agent; `None` if the list of programs does not have it.
pub(crate) fn version(host: &dyn HostControl) -> Option<String> {
    host.software().unwrap_or_default().remove(&Name::new(PRODUCT))
}

/// Whether an agent of this version asks the retired access control service (mars-facts 5.1).
pub(crate) fn is_from_before_directory(version: &str, limits: &Limits) -> bool {
    AgentVersion::installed(version) < build(limits.directory_build)
}

/// Whether the installed agent keeps checksums (mars-facts 1.9).
pub(crate) fn keeps_checksums(host: &dyn HostControl, limits: &Limits) -> bool {
    is_from(host, limits.scratch_errors_build)
}

/// Whether the installed agent reads credentials files of newer portals (mars-facts E1).
pub(crate) fn reads_endpoint_state(host: &dyn HostControl, limits: &Limits) -> bool {
    is_from(host, limits.endpoint_state_build)
}

/// What the installed agent does with files whose attributes it does not support (mars-facts 5.11).
pub(crate) fn unsupported(host: &dyn HostControl, limits: &Limits) -> Unsupported {
    if is_from(host, limits.skips_build) { Unsupported::Skipped } else { Unsupported::EndsJob }
}

fn is_from(host: &dyn HostControl, number: u32) -> bool {
    AgentVersion::installed(&version(host).unwrap_or_default()) >= build(number)
}

/// Whether an agent of this version asks the connectivity probe of Windows, which is not on HTTPS.
pub(crate) fn asks_probe(version: &str, authority: &str, limits: &Limits) -> bool {
    AgentVersion::installed(version) < build(limits.https_only_build)
        || authority.trim_end_matches('/').ends_with(US_GOVERNMENT)
}

/// How the login service of the US government ends (mars-facts 5.10).
const US_GOVERNMENT: &str = ".microsoftonline.us";

fn build(number: u32) -> AgentVersion {
    AgentVersion::installed(&format!("2.0.{number}"))
}

const DOTNET_FOLDER: &str = r"C:\Windows\Microsoft.NET\Framework64";

#[cfg(test)]
mod tests;
