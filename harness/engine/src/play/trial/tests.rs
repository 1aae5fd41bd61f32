use std::sync::Arc;

use marslab_core::ReferenceCore;
use marslab_live::{Fidelity, Step};
use marslab_model::Outcome;
use marslab_scenario::catalogue::Catalogue;
use marslab_scenario::scenario::{Library, draft};

use super::{Trial, trial};
use crate::play::{Casting, Options};
use crate::subject_runner::RustSubject;

fn tried(text: &str) -> Trial {
    let options =
        Options { fidelity: Fidelity::Memory, casting: Casting::Plain, ..Options::default() };
    let library = Library::without_plays(Catalogue::known(), Arc::default());
    let play = draft("draft.toml", text, &library).unwrap();
    trial(&play, &RustSubject::new("reference", ReferenceCore), &options).unwrap()
}

#[test]
fn what_breaks_is_told_without_a_verdict() {
    let told =
        tried("[[fault]]\nservice-stopped = { name = 'obengine' }\n[when]\noperation = 'backup'");
    assert!(matches!(told.broken.outcome, Some(Outcome::Failed(_))));
    assert_eq!(told.broken.stopped_at, Some(Step::CallEngine));
    assert_eq!(told.broken.done[0].read, ["machines/SRV01/services/obengine/state"]);
    let said = told.diagnosed.diagnosis.unwrap();
    assert_eq!(said.findings[0].cause, "agent-service-stopped");
    assert!(told.odd.is_none() && !told.complaint.message.is_empty());
}

#[test]
fn what_nobody_has_catalogued_is_told_as_well() {
    let told = tried(
        r"[[fault]]
        edit = { set = { 'registry/HKLM\SOFTWARE\Contoso/Mode' = { number = 2 } } }
        [when]
        operation = 'backup'",
    );
    assert_eq!(told.broken.outcome, Some(Outcome::Succeeded));
    assert!(told.broken.done[0].read.is_empty());
    assert!(told.diagnosed.diagnosis.unwrap().findings.is_empty());
}
