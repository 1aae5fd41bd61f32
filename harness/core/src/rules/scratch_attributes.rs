//! A scratch folder that is compressed or encrypted, or whose virtual hard disk is (the questions and answers: attributes
//! that the folder may not have). Windows attaches no virtual hard disk whose file is so (ERROR_VIRTUAL_DISK_LIMITATION).

use std::collections::BTreeSet;

use marslab_model::Finding;
use marslab_model::host::Account;
use marslab_model::world::FileAttribute;

use super::{Rule, WITH_KEY};
use crate::facts::METADATA;
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: WITH_KEY, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let Some(folder) = scene.scratch.place() else { return RuleOutput::default() };
    let disk = folder.join(METADATA);
    let info = |path| scene.host.file_info(&Account::System, path);
    // The disk of an earlier backup is used again; a new one gets what its folder passes on.
    let (path, of_disk) = match info(&disk) {
        Ok(file) => (&disk, named(&file.attributes, &UNSUPPORTED)),
        Err(_absent) => match info(folder) {
            Ok(folder_info) => (folder, named(&folder_info.attributes, &PASSED_ON)),
            Err(_absent) => return RuleOutput::default(),
        },
    };
    if of_disk.is_empty() {
        return RuleOutput::default();
    }
    Finding::cause("scratch-attributes-unsupported", "remove-attributes")
        .with_about(folder.as_str())
        .with_evidence(format!("{path} is {}", of_disk.join(" and ")))
        .into()
}

/// The words for those of some attributes that are in question.
fn named(
    attributes: &BTreeSet<FileAttribute>,
    in_question: &[(FileAttribute, &'static str)],
) -> Vec<&'static str> {
    let found = in_question.iter().filter(|(attribute, _)| attributes.contains(attribute));
    found.map(|(_, word)| *word).collect()
}

/// What a virtual hard disk may not be.
const UNSUPPORTED: [(FileAttribute, &str); 3] = [
    (FileAttribute::Compressed, "compressed"),
    (FileAttribute::Encrypted, "encrypted"),
    (FileAttribute::Sparse, "sparse"),
];

/// What a new file gets from its folder.
const PASSED_ON: [(FileAttribute, &str); 2] = [UNSUPPORTED[0], UNSUPPORTED[1]];

#[cfg(test)]
mod tests;
