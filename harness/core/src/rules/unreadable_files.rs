//! Selected files that the machine's own account cannot read, by the error that it gets (mars-facts 1.9).

use marslab_model::Finding;
use marslab_model::host::FileError;

use super::{COPYING, Rule};
use crate::facts::areas;
use crate::needed::{Keeper, keeper};
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: COPYING, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let Some(opened) = scene.selected_files() else {
        return RuleOutput::unchecked(areas::SELECTED_FILES, "they are too many to be looked at");
    };
    let found = CAUSES.iter().flat_map(|(error, cause, remedy)| {
        let theirs = opened.iter().filter(|file| file.error == Some(*error));
        let theirs = theirs.filter(|file| keeper(scene.host, file) != Some(Keeper::Unnamed));
        theirs.take(FINDINGS_MAX).map(move |file| {
            let path = &file.path;
            Finding::cause(cause, remedy)
                .with_about(path.as_str())
                .with_evidence(format!("SYSTEM cannot read {path}: {error}"))
        })
    });
    found.collect()
}

/// What each error comes of, and the remedy for it. A file that another program uses is another rule's, and so is one that
/// somebody denies who is no access list.
const CAUSES: [(FileError, &str, &str); 3] = [
    // 0x8007018b: its content is in a cloud.
    (FileError::CloudFile, "cloud-file", "exclude-from-backup"),
    // 0x80070570: NTFS cannot read it any more.
    (FileError::Corrupt, "file-corrupt", "check-volume"),
    // 0x80070005: an access list keeps the engine out.
    (FileError::AccessDenied, "file-access-denied", "grant-file-access"),
];

/// Whoever has more such files looks for them by what they have in common.
const FINDINGS_MAX: usize = 20;

#[cfg(test)]
mod tests;
