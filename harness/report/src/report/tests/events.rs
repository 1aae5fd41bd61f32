//! Events of runs that the tests of reports share, and what is made of them.

use std::io;
use std::sync::Arc;

use marslab_engine::changed_field::ChangedField;
use marslab_engine::event::{AppliedChange, BeatRecord, Event, PlayInfo, RunStarted};
use marslab_engine::subject_runner::Isolation;
use marslab_engine::verdict::{Beat, InconclusiveReason, Mismatch, MismatchKind, Verdict};
use marslab_live::{Fidelity, Step};
use marslab_model::world::Language;
use marslab_model::{Diagnosis, Finding, Level, Operation, Outcome, Symptom, Unchecked};
use marslab_scenario::PlayKind;

use crate::report::Summary;
use crate::report::trace::tests::calls;

pub(in crate::report) fn summary(events: impl IntoIterator<Item = Event>) -> Summary {
    let mut summary = Summary::default();
    events.into_iter().for_each(|event| summary.add(event));
    summary
}

/// A run with a play for each ending.
pub(in crate::report) fn every_ending() -> Vec<Event> {
    let doubt = InconclusiveReason::NeverRead {
        fault: "time-passes".to_owned(),
        footprint: vec!["now".to_owned()],
    };
    vec![
        run_started(4),
        started(3, "iscsi-service-stopped"),
        started(0, "kek-gone"),
        Event::BeatPlayed { index: 3, beat: healthy() },
        started(1, "time/two-weeks"),
        confirmed(3),
        Event::Kept { index: 1, folder: "/kept/world".into() },
        Event::PlayEnded { index: 1, verdict: Verdict::Inconclusive { reason: doubt } },
        started(2, "window"),
        Event::PlayEnded { index: 0, verdict: Verdict::Mismatch(mismatch()) },
        failed(2),
        Event::RunEnded { unplayed: 0 },
    ]
}

/// A play with every beat.
pub(in crate::report) fn told() -> Vec<Event> {
    let beat = |beat| Event::BeatPlayed { index: 0, beat };
    let plain = |it| BeatRecord { beat: it, ..healthy() };
    vec![
        run_started(1),
        started(0, "iscsi-service-stopped"),
        beat(healthy()),
        beat(broken()),
        beat(BeatRecord {
            outcome: None,
            wire: Vec::new(),
            complaint: Some("no disk\nsince Monday".to_owned()),
            diagnosis: Some(diagnosis()),
            trace: Some(Arc::new(calls())),
            ..plain(Beat::Diagnosed)
        }),
        beat(repaired()),
        beat(plain(Beat::HealthyAgain)),
        confirmed(0),
        Event::RunEnded { unplayed: 0 },
    ]
}

pub(in crate::report) fn run_started(plays: usize) -> Event {
    let subject = "reference".to_owned();
    let (fidelity, language) = (Fidelity::Memory, Language::English);
    let roles = [("proxy", "10.0.0.5:8080".to_owned())].into();
    Event::RunStarted(RunStarted {
        packs: Vec::new(),
        shard: None,
        seed: 4711,
        fidelity,
        language,
        subject,
        isolation: Isolation::InProcess,
        is_served: false,
        is_plain: false,
        roles,
        corpus: "0123".to_owned(),
        plays,
    })
}

pub(in crate::report) fn started(index: usize, name: &str) -> Event {
    Event::PlayStarted { index, play: info(name) }
}

pub(in crate::report) fn info(name: &str) -> PlayInfo {
    let failure = (name != "window").then(|| "iscsi-service-stopped".to_owned());
    let kind = if failure.is_some() { PlayKind::Failure } else { PlayKind::Control };
    PlayInfo {
        seed: None,
        line: None,
        pack: None,
        name: name.to_owned(),
        title: "The iSCSI service <does not> run".to_owned(),
        failure,
        kind,
        article: "zh-2019-05".to_owned(),
        beyond: false,
        operation: Operation::Restore,
        file: None,
    }
}

/// What a report writes of these events.
pub(in crate::report) fn text_of(
    write: fn(&mut dyn io::Write, &Summary) -> io::Result<()>,
    events: impl IntoIterator<Item = Event>,
) -> String {
    let mut out = Vec::new();
    write(&mut out, &summary(events)).unwrap();
    String::from_utf8(out).unwrap()
}

/// A mismatch of a scenario file, an inconclusive play, and one that is confirmed.
pub(in crate::report) fn odd() -> [Event; 7] {
    let file = PlayInfo { file: Some("a,b/issue.toml".to_owned()), line: Some(3), ..info("issue") };
    let reason = InconclusiveReason::NeverBlocked { fault: "x".to_owned() };
    [
        run_started(3),
        Event::PlayStarted { index: 0, play: file },
        Event::PlayEnded { index: 0, verdict: Verdict::Mismatch(mismatch()) },
        Event::PlayStarted { index: 1, play: info("b|c") },
        Event::PlayEnded { index: 1, verdict: Verdict::Inconclusive { reason } },
        Event::PlayStarted { index: 2, play: info("good") },
        confirmed(2),
    ]
}

pub(in crate::report) fn confirmed(index: usize) -> Event {
    Event::PlayEnded { index, verdict: Verdict::Confirmed }
}

pub(in crate::report) fn failed(index: usize) -> Event {
    Event::LabFailed { index, error: "the lab panicked; this is a bug".to_owned() }
}

pub(in crate::report) fn mismatch() -> Mismatch {
    Mismatch {
        beat: Beat::Diagnosed,
        kind: MismatchKind::NotFound,
        expected: "the subject finds `kek-missing`".to_owned(),
        seen: "the subject found `scratch-volume-low` (a line\nand another\u{1b}[31m)".to_owned(),
        nearest: Some("`kek-damaged`".to_owned()),
        stderr: Some("1\n2\nthe key\u{1b}[31m\n4\n5\n6".into()),
    }
}

pub(in crate::report) fn healthy() -> BeatRecord {
    BeatRecord {
        beat: Beat::Healthy,
        in_the_way: Vec::new(),
        twin: None,
        past: None,
        stopped_at: None,
        done: Vec::new(),
        outcome: Some(Outcome::Succeeded),
        wire: vec!["pod01-rec2.jpe.backup.windowsazure.com:3260: LOGIN iqn → OK".to_owned()],
        said: Vec::new(),
        complaint: None,
        expected: Some(Box::default()),
        diagnosis: Some(Diagnosis::healthy()),
        trace: None,
    }
}

fn broken() -> BeatRecord {
    let field = FIELD.to_owned();
    BeatRecord {
        beat: Beat::Broken,
        in_the_way: Vec::new(),
        twin: None,
        past: None,
        stopped_at: Some(Step::AttachVolume),
        done: vec![AppliedChange {
            name: "service-stopped".to_owned(),
            fields: vec![state(&field, "running", "stopped")],
            changed: vec![field.clone()],
            read: vec![field],
        }],
        outcome: Some(Outcome::Failed(Symptom {
            error: "volume-not-mounted".to_owned(),
            message: "The volume could not be mounted.\nTry again.".to_owned(),
        })),
        wire: Vec::new(),
        said: Vec::new(),
        complaint: None,
        expected: None,
        diagnosis: None,
        trace: None,
    }
}

const FIELD: &str = "machines/SRV01/services/MSiSCSI/state";

fn state(field: &str, before: &str, after: &str) -> ChangedField {
    ChangedField {
        field: field.to_owned(),
        before: Some(before.into()),
        after: Some(after.into()),
        called: Some("Microsoft iSCSI Initiator Service".to_owned()),
        on: None,
    }
}

fn repaired() -> BeatRecord {
    BeatRecord {
        beat: Beat::Repaired,
        done: vec![AppliedChange {
            name: "start-iscsi-service".to_owned(),
            fields: vec![state(FIELD, "stopped", "running")],
            changed: vec![FIELD.to_owned()],
            read: Vec::new(),
        }],
        stopped_at: None,
        outcome: None,
        ..broken()
    }
}

fn diagnosis() -> Diagnosis {
    let finding = Finding {
        cause: "iscsi-service-stopped".to_owned(),
        about: None,
        level: Level::Cause,
        evidence: vec!["the service MSiSCSI is stopped".to_owned()],
        remedy: Some("start-iscsi-service".to_owned()),
    };
    let unchecked =
        Unchecked { what: "the vault".to_owned(), because: "nothing answered".to_owned() };
    Diagnosis { findings: vec![finding], unchecked: vec![unchecked], ..Diagnosis::healthy() }
}
