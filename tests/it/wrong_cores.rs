//! Cores that do not look are caught.

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use marslab::PlayKind;
use marslab::catalogue::Catalogue;
use marslab::corpus;
use marslab::event::BeatRecord;
use marslab::report::PlayStory;
use marslab::scenario::Play;
use marslab::subject_runner::RustSubject;
use marslab::verdict::MismatchKind;
use marslab_model::host::HostRead;
use marslab_model::subject::SubjectError;
use marslab_model::world::Language;
use marslab_model::{Complaint, Diagnosis, Finding, Level, Subject};
use marslab_tests::{memory, mismatch, verdict};

use crate::runs::{ENGLISH, judged_again, sample, shown, stories};

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

impl Table {
    fn says(&self, message: &str) -> Diagnosis {
        saying(self.0.get(message).map_or(&[], Vec::as_slice))
    }
}

#[async_trait]
impl Subject for Table {
    async fn diagnose(
        &self,
        told: &Complaint,
        _: &dyn HostRead,
    ) -> Result<Diagnosis, SubjectError> {
        Ok(self.says(&told.message))
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

/// The best table there can be: made from what the corpus itself shows.
fn perfect_table() -> Table {
    let mut rows = BTreeMap::new();
    let singles = stories(&ENGLISH).filter(|(play, _)| play.kind() != PlayKind::Compound);
    for (play, story) in singles {
        let groups = play.expect.findings.iter();
        let causes = groups.filter_map(|group| group.any.first()).map(ToString::to_string);
        shown(story)
            .map(|message| rows.entry(message.to_owned()).or_insert_with(|| causes.collect()));
    }
    Table(rows)
}

/// In which way each play catches a subject that answers a complaint without a look, judged from the answers of the run:
/// compounds are left to [`plays_catch`].
fn judged_catch(answer: impl Fn(&PlayStory) -> Diagnosis) -> Caught {
    let singles = stories(&ENGLISH).filter(|(play, _)| play.kind() != PlayKind::Compound);
    let caught = singles.map(|(play, story)| {
        let expected = |beat: &BeatRecord| (**beat.expected.as_ref().unwrap()).clone();
        let seen = judged_again(play, story, |beat| (expected(beat), answer(story)));
        (play.name.as_str(), seen)
    });
    caught.collect()
}

/// The same for some plays, which are really played.
fn plays_catch(plays: impl IntoIterator<Item = &'static Play>, subject: &RustSubject) -> Caught {
    let caught = plays
        .into_iter()
        .map(|play| (play.name.as_str(), mismatch(&verdict(play, subject, &memory()))));
    caught.collect()
}

/// Plays, and in which way each has caught a subject; nothing where it has not.
type Caught = BTreeMap<&'static str, Option<MismatchKind>>;

/// Each play has caught its subject in the way that is expected of its kind.
#[track_caller]
fn check(caught: &Caught, expected: impl Fn(PlayKind) -> Option<MismatchKind>) {
    assert!(!caught.is_empty());
    for play in corpus::plays() {
        if let Some(seen) = caught.get(play.name.as_str()) {
            assert_eq!(*seen, expected(play.kind()), "{}", play.name);
        }
    }
}

#[test]
fn a_parrot_is_caught_everywhere() {
    let expected = |_| Some(MismatchKind::FalseFinding);
    check(&judged_catch(|_| saying(&["kek-missing".to_owned()])), expected);
    check(&plays_catch(sample(), &RustSubject::new("parrot", Parrot("kek-missing"))), expected);
}

#[test]
fn an_optimist_is_caught_everywhere() {
    let expected = |_| Some(MismatchKind::NotFound);
    check(&judged_catch(|_| Diagnosis::healthy()), expected);
    let mut caught = plays_catch(sample(), &RustSubject::new("optimist", Optimist));
    for kind in caught.values_mut() {
        // In a compound, something else may keep out of reach what it did not find. It did not say so.
        if *kind == Some(MismatchKind::SilentOnUnchecked) {
            *kind = Some(MismatchKind::NotFound);
        }
    }
    check(&caught, expected);
}

/// It gets the same complaint about the healthy world, and gives the same answer.
#[test]
fn a_table_from_messages_to_causes_is_caught_wherever_something_fails() {
    let table = perfect_table();
    let expected = |kind| match kind {
        PlayKind::Failure | PlayKind::Step | PlayKind::Compound => Some(MismatchKind::FalseFinding),
        // No message is shown that a table could be made from.
        PlayKind::Check | PlayKind::Control => Some(MismatchKind::NotFound),
    };
    let answer =
        |story: &PlayStory| shown(story).map_or_else(Diagnosis::healthy, |it| table.says(it));
    check(&judged_catch(answer), expected);
    let fails = |play: &&Play| !matches!(play.kind(), PlayKind::Check | PlayKind::Control);
    check(
        &plays_catch(sample().into_iter().filter(fails), &RustSubject::new("table", table)),
        expected,
    );
}

/// A customer who says what others say when something fails, and nothing is wrong: the table takes their word for it, and
/// is wrong in the control. Where it has no row for what they say, it is wrong about the control's twin.
#[test]
fn a_table_is_caught_by_every_control() {
    let table = perfect_table();
    let known: BTreeSet<String> = table.0.keys().cloned().collect();
    let table = RustSubject::new("table", table);
    let controls: Vec<_> =
        corpus::plays().filter(|play| play.kind() == PlayKind::Control).collect();
    let says = |play: &Play| play.says(Catalogue::known(), Language::English).to_owned();
    let quotes = |play: &Play| known.contains(&says(play));
    assert!(controls.iter().any(|play| quotes(play)));
    for play in controls {
        let seen = mismatch(&verdict(play, &table, &memory()));
        let expected =
            if quotes(play) { MismatchKind::FalseFinding } else { MismatchKind::NotFound };
        assert_eq!(seen, Some(expected), "{}", play.name);
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
