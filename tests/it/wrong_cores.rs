//! Cores that do not look are caught.

use std::collections::BTreeMap;

use async_trait::async_trait;
use marslab::PlayKind;
use marslab::corpus;
use marslab::play::Progress;
use marslab::runner::play_alone;
use marslab::subject_runner::RustSubject;
use marslab::verdict::{Beat, MismatchKind};
use marslab_model::host::HostRead;
use marslab_model::subject::SubjectError;
use marslab_model::{Complaint, Diagnosis, Finding, Level, Outcome, Subject};
use marslab_tests::{memory, mismatch, reference, verdict};

fn saying(causes: &[String]) -> Diagnosis {
    let finding = |cause: &String| Finding {
        cause: cause.clone(),
        about: None,
        level: Level::Cause,
        evidence: Vec::new(),
        remedy: None,
    };
    Diagnosis { findings: causes.iter().map(finding).collect(), ..Diagnosis::healthy() }
}

/// Always says the same.
struct Parrot(&'static str);

#[async_trait]
impl Subject for Parrot {
    async fn diagnose(&self, _: &Complaint, _: &dyn HostRead) -> Result<Diagnosis, SubjectError> {
        Ok(saying(&[self.0.to_owned()]))
    }
}

/// Has a table from messages to causes, and never looks.
struct Table(BTreeMap<String, Vec<String>>);

#[async_trait]
impl Subject for Table {
    async fn diagnose(
        &self,
        told: &Complaint,
        _: &dyn HostRead,
    ) -> Result<Diagnosis, SubjectError> {
        Ok(saying(self.0.get(&told.message).map_or(&[], Vec::as_slice)))
    }
}

/// Never finds anything.
struct Optimist;

#[async_trait]
impl Subject for Optimist {
    async fn diagnose(&self, _: &Complaint, _: &dyn HostRead) -> Result<Diagnosis, SubjectError> {
        Ok(Diagnosis::healthy())
    }
}

/// The best table there can be: made from the corpus itself.
fn perfect_table() -> Table {
    let mut table = BTreeMap::new();
    for play in corpus::plays() {
        let mut messages = Vec::new();
        let note = |note| {
            if let Progress::Beat(story) = note
                && story.beat == Beat::Broken
                && let Some(Outcome::Failed(symptom)) = story.outcome
            {
                messages.push(symptom.message);
            }
        };
        play_alone(play, &reference(), &memory(), note).unwrap();
        let groups = play.expect.findings.iter();
        let causes: Vec<_> =
            groups.filter_map(|group| group.any.first()).map(ToString::to_string).collect();
        for message in messages {
            table.entry(message).or_insert_with(|| causes.clone());
        }
    }
    Table(table)
}

#[test]
fn a_parrot_is_caught_everywhere() {
    for play in corpus::plays() {
        let parrot = RustSubject::new("parrot", Parrot("kek-missing"));
        let seen = mismatch(&verdict(play, &parrot, &memory()));
        assert_eq!(seen, Some(MismatchKind::FalseFinding), "{}", play.name);
    }
}

#[test]
fn a_table_from_messages_to_causes_is_caught_everywhere_but_where_it_is_silent() {
    let table = perfect_table();
    let (mut caught, mut plays) = (0, 0);
    for play in corpus::plays().filter(|play| play.kind() == PlayKind::Failure) {
        let subject = RustSubject::new("table", Table(table.0.clone()));
        plays += 1;
        caught += usize::from(mismatch(&verdict(play, &subject, &memory())).is_some());
    }
    assert!(plays > 16, "only {plays} plays");
    assert_eq!(caught, plays);
}

#[test]
fn a_table_is_caught_by_controls_too() {
    let table = perfect_table();
    let is_control = |play: &&marslab::scenario::Play| play.kind() == PlayKind::Control;
    let mut caught = 0;
    for play in corpus::plays().filter(is_control) {
        let subject = RustSubject::new("table", Table(table.0.clone()));
        caught += usize::from(mismatch(&verdict(play, &subject, &memory())).is_some());
    }
    assert!(caught >= 4, "controls caught the table only {caught} times");
}

#[test]
fn an_optimist_is_caught_by_everything_but_controls() {
    for play in corpus::plays() {
        let optimist = RustSubject::new("optimist", Optimist);
        let seen = mismatch(&verdict(play, &optimist, &memory()));
        let expected = (play.kind() != PlayKind::Control).then_some(MismatchKind::NotFound);
        assert_eq!(seen, expected, "{}", play.name);
    }
}

#[test]
fn a_core_that_panics_is_the_subjects_failure() {
    struct Bomb;
    #[async_trait]
    impl Subject for Bomb {
        async fn diagnose(
            &self,
            _: &Complaint,
            _: &dyn HostRead,
        ) -> Result<Diagnosis, SubjectError> {
            panic!("boom")
        }
    }
    let play = marslab_tests::play("agent-service-stopped");
    let seen = verdict(&play, &RustSubject::new("bomb", Bomb), &memory());
    assert_eq!(mismatch(&seen), Some(MismatchKind::SubjectFailed));
    assert!(seen.to_string().contains("boom"), "{seen}");
}
