//! What the steps need of the machine.

use marslab_model::host::{Account, FileError};
use marslab_model::{Content, Operation, WinPath};

use super::Needed;
use super::identity::Identity;
use crate::config::text;
use crate::credentials::CredentialsFile;
use crate::facts::{
    AGENT_SERVICE, BACKUP_TASK, CONFIG_KEY, KEK, PROVIDER_KEY, SCHEDULER_SERVICE, SETTINGS,
};
use crate::items;
use crate::scene::Scene;
use crate::scratch::Scratch;
use crate::service::{self, Health};

/// A task that runs the agent's cmdlet, and a scheduler that runs tasks.
pub(super) fn schedule(scene: &Scene<'_>) -> Needed {
    works(scene, SCHEDULER_SERVICE)?;
    let task = scene.task(BACKUP_TASK).ok_or_else(|| format!("there is no task {BACKUP_TASK}"))?;
    let program = WinPath::new(&task.command).file_name().to_lowercase();
    let runs = program == "powershell.exe" || program == "powershell";
    if !runs || !task.arguments.contains(CMDLET) {
        return Err(format!("the task runs {} {}", task.command, task.arguments));
    }
    let shell = WinPath::new(POWERSHELL);
    file(scene, &shell).map_or(Ok(()), |error| Err(format!("{shell}: {error}")))
}

/// The agent's service.
pub(super) fn service(scene: &Scene<'_>) -> Needed {
    works(scene, AGENT_SERVICE)
}

fn works(scene: &Scene<'_>, name: &str) -> Needed {
    match service::health(scene.host, name) {
        Health::Answers => Ok(()),
        Health::Stopped => Err(format!("the service {name} is stopped")),
        Health::Hangs(error) => Err(format!("the service {name}: {error}")),
        Health::Unknown(because) => Err(format!("the service {name}: {because}")),
    }
}

/// The engine's program.
pub(super) fn engine(scene: &Scene<'_>) -> Needed {
    let program = scene.config.install.join("bin").join("cbengine.exe");
    file(scene, &program).map_or(Ok(()), |error| Err(format!("{program}: {error}")))
}

/// The certificate of an identity, DER.
pub(super) fn certificate(scene: &Scene<'_>, own: &Identity) -> Result<Content, String> {
    let Some(thumbprint) = &own.thumbprint else {
        let document = scene.credentials.as_ref().and_then(CredentialsFile::document);
        return document.map(|it| it.bundle.certificate.clone().into()).ok_or_else(String::new);
    };
    let stored = scene.host.certificates().map_err(|error| error.to_string())?;
    let found = stored.into_iter().find(|it| it.thumbprint == *thumbprint);
    found.map(|it| it.der).ok_or_else(|| format!("the store has no certificate {thumbprint}"))
}

/// The engine's settings, if there are any.
pub(super) fn settings(scene: &Scene<'_>) -> Needed {
    opens(scene, SETTINGS)
}

/// A file of the scratch folder, if it is there.
pub(super) fn opens(scene: &Scene<'_>, name: &str) -> Needed {
    let Some(path) = scene.scratch.place().map(|folder| folder.join(name)) else { return Ok(()) };
    match file(scene, &path) {
        None | Some(FileError::NotFound | FileError::PathNotFound) => Ok(()),
        Some(error) => Err(format!("{path}: {error}")),
    }
}

/// A passphrase that was set.
pub(super) fn passphrase(scene: &Scene<'_>) -> Needed {
    scene.config.key_verifier.as_ref().map(drop).ok_or_else(|| NO_PASSPHRASE.to_owned())
}

/// The values of the registry that name the scratch folder.
pub(super) fn scratch(scene: &Scene<'_>) -> Needed {
    for key in [PROVIDER_KEY, CONFIG_KEY] {
        if text(scene.host, key, "ScratchLocation").is_none() {
            return Err(format!("{key} has no `ScratchLocation`"));
        }
    }
    match &scene.scratch {
        Scratch::TwoPlaces(one, other) => Err(format!("the registry has {one} and {other}")),
        _ => Ok(()),
    }
}

/// A key that can be opened; before the first passphrase there is none.
pub(super) fn key(scene: &Scene<'_>) -> Needed {
    if scene.operation == Operation::SetPassphrase {
        return opens(scene, KEK);
    }
    passphrase(scene)?;
    let Some(path) = scene.scratch.place().map(|folder| folder.join(KEK)) else { return Ok(()) };
    file(scene, &path).map_or(Ok(()), |error| Err(format!("{path}: {error}")))
}

/// Room for one more small file beside the key: a cluster of NTFS, as it is formatted.
pub(super) fn room(scene: &Scene<'_>) -> Needed {
    let Some(folder) = scene.scratch.place() else { return Ok(()) };
    let volumes = scene.host.volumes(&Account::System).map_err(|error| error.to_string())?;
    let volume = folder.volume().and_then(|letter| volumes.get(&letter));
    let free = volume.map_or(0, |volume| volume.free);
    if free < CLUSTER { Err(format!("{free} bytes are free for {folder}")) } else { Ok(()) }
}

/// Something that is selected for backup.
pub(super) fn items(scene: &Scene<'_>) -> Needed {
    let is_any = !items::selected(&scene.config).is_empty();
    is_any.then_some(()).ok_or_else(|| "nothing is selected for backup".to_owned())
}

/// Why SYSTEM cannot read a file; one that is too large for the host port can be opened.
fn file(scene: &Scene<'_>, path: &WinPath) -> Option<FileError> {
    let error = scene.host.read_file(&Account::System, path).err();
    error.filter(|error| *error != FileError::TooLarge)
}

const NO_PASSPHRASE: &str = "the registry has nothing of a passphrase";

/// What the schedule's task calls (mars-facts 5.6, 5.7).
const CMDLET: &str = "Start-OBBackup";

/// Windows PowerShell.
const POWERSHELL: &str = r"C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe";

const CLUSTER: u64 = 4096;
