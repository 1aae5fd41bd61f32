//! The engine's log: what it last said of something.

use marslab_model::WinPath;
use marslab_model::host::{Account, FileError};

use crate::facts::{ENGINE_LOG, areas};
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

/// The last line in which the log says that something failed; `None` if there is none, or it succeeded after that. A log that
/// cannot be read is unchecked.
pub(crate) fn last_failure(
    scene: &Scene<'_>,
    failed: &[&str],
    succeeded: &str,
) -> Result<Option<String>, RuleOutput> {
    let path = path(scene);
    let log = match scene.host.read_file(&Account::System, &path) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(FileError::NotFound | FileError::PathNotFound | FileError::InvalidPath) => {
            return Ok(None);
        }
        Err(error) => {
            return Err(RuleOutput::unchecked(areas::AGENT_FILES, format!("{path}: {error}")));
        }
    };
    let is_failure = |line: &str| failed.iter().all(|part| line.contains(part));
    let last = log.lines().rfind(|line| is_failure(line) || line.contains(succeeded));
    Ok(last.filter(|line| is_failure(line)).map(str::to_owned))
}

/// Where the log is.
pub(crate) fn path(scene: &Scene<'_>) -> WinPath {
    scene.config.install.join(ENGINE_LOG)
}
