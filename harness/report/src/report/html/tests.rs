use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use marslab_model::world::Language;
use marslab_model::{Diagnosis, Finding, Level, Outcome, Symptom, Unchecked};
use ring::digest::{SHA256, digest};

use super::write;
use crate::report::tests::events::{every_ending, healthy, told};
use crate::report::{Keeps, Measured, Summary};
use marslab_engine::changed_field::ChangedField;
use marslab_engine::event::{AppliedChange, BeatRecord, Event, RunStarted};
use marslab_engine::verdict::{Beat, Mismatch, MismatchKind, Verdict};

pub(super) fn page(events: Vec<Event>) -> String {
    let mut summary = Summary::keeping(Keeps { listed_calls: true, ..Keeps::default() });
    events.into_iter().for_each(|event| summary.add(event));
    let mut out = Vec::new();
    write(&mut out, &summary).unwrap();
    String::from_utf8(out).unwrap()
}

#[track_caller]
fn says(page: &str, parts: &[&str]) {
    for part in parts {
        assert!(page.contains(part), "no {part:?} in {page}");
    }
}

/// All texts between `before` and `after`.
fn all<'a>(page: &'a str, before: &str, after: &str) -> Vec<&'a str> {
    let rests = page.split(before).skip(1);
    rests.filter_map(|rest| rest.split_once(after).map(|(found, _)| found)).collect()
}

#[test]
fn every_beat_is_told() {
    let page = page(told());
    says(
        &page,
        &[
            "<strong>1</strong> confirmed",
            "The operation <code>restore</code> succeeds.",
            "Fault <code>service-stopped</code>: a Windows service is stopped.",
            "<li title=\"machines/SRV01/services/MSiSCSI/state\">the service Microsoft iSCSI Initiator Service is stopped<span class=\"tag\">read by the operation</span>",
            "fails with error <strong>volume-not-mounted</strong>",
            "<pre class=\"console\" lang=\"en\">The volume could not be mounted.\nTry again.</pre>",
            "<p>The customer says:</p><pre class=\"console\">no disk\nsince Monday</pre>",
            "the service MSiSCSI is stopped",
            "Recommended remedy: <code>start-iscsi-service</code>",
            "the vault: nothing answered",
            "Remedy <code>start-iscsi-service</code>: <span lang=\"en\">Start the Microsoft iSCSI Initiator service</span>",
            "find Microsoft iSCSI Initiator Service and start it.</li>",
            "<td>pod01-rec2.jpe.backup.windowsazure.com:3260</td><td>LOGIN iqn</td><td>OK</td>",
        ],
    );
    assert_eq!(all(&page, "<li class=\"", "\"").iter().filter(|it| **it == "good").count(), 5);
    assert!(!page.contains("Not confirmed"));
}

#[test]
fn every_ending_is_told_and_can_be_found() {
    let page = page(every_ending());
    says(
        &page,
        &[
            "<strong>1</strong> mismatch",
            "Not confirmed <span class=\"hint\">3</span>",
            "<span class=\"title\">proves nothing: the operation never read",
            "<strong>not found</strong> in beat 3 (diagnosed)",
            "<dd>the subject finds `kek-missing`</dd>",
            "This proves nothing: the operation never read",
            "No verdict on the subject: the lab panicked; this is a bug.",
            "Not played.",
        ],
    );
    // What begins a terminal's commands does not get as far as here.
    assert!(!page.contains('\u{1b}'));
    let ids: BTreeSet<&str> = all(&page, "id=\"", "\"").into_iter().collect();
    let targets = all(&page, "href=\"#", "\"");
    assert!(targets.len() >= 3 && targets.iter().all(|target| ids.contains(target)), "{targets:?}");
    for label in all(&page, "<label for=\"", "\"") {
        assert!(ids.contains(label), "{label}");
    }
}

const EVIL: &str = "<script>alert('x')</script>\"'><img src=x onerror=alert(1)>&amp;";

/// A beat in which everybody says it.
fn evil_beat() -> BeatRecord {
    let evil = || EVIL.to_owned();
    let finding = Finding {
        cause: evil(),
        about: Some(evil()),
        level: Level::Cause,
        evidence: vec![evil()],
        remedy: Some(evil()),
    };
    let unchecked = vec![Unchecked { what: evil(), because: evil() }];
    BeatRecord {
        beat: Beat::Broken,
        done: vec![AppliedChange {
            name: evil(),
            changed: vec![evil()],
            read: vec![evil()],
            fields: vec![ChangedField {
                field: evil(),
                called: Some(evil()),
                ..ChangedField::default()
            }],
        }],
        outcome: Some(Outcome::Failed(Symptom { error: evil(), message: evil() })),
        complaint: Some(evil()),
        wire: vec![evil(), format!("{EVIL}: {EVIL} → {EVIL}")],
        diagnosis: Some(Diagnosis { findings: vec![finding], unchecked, ..Diagnosis::healthy() }),
        ..healthy()
    }
}

/// A play in which everybody says it.
fn evil() -> Vec<Event> {
    let evil = || EVIL.to_owned();
    let beat = evil_beat();
    let repaired = BeatRecord { beat: Beat::Repaired, ..beat.clone() };
    let mismatch = Mismatch {
        beat: Beat::Repaired,
        kind: MismatchKind::NotFound,
        expected: evil(),
        seen: evil(),
        nearest: Some(evil()),
        stderr: Some(EVIL.into()),
    };
    let mut events = told();
    for event in &mut events {
        match event {
            Event::RunStarted(run) => *run = RunStarted { subject: evil(), ..run.clone() },
            Event::PlayStarted { play, .. } => {
                play.name = evil();
                play.title = evil();
                play.article = evil();
            }
            Event::PlayEnded { verdict, .. } => *verdict = Verdict::Mismatch(mismatch.clone()),
            _ => {}
        }
    }
    let at = events.len() - 2;
    events.insert(at, Event::Kept { index: 0, folder: EVIL.into() });
    events.insert(at, Event::BeatPlayed { index: 0, beat: repaired });
    events.insert(at, Event::BeatPlayed { index: 0, beat });
    events
}

#[test]
fn what_strangers_say_is_text() {
    let page = page(evil());
    assert!(page.matches("&lt;script&gt;alert").count() > 15);
    assert!(!page.contains("<script>alert") && !page.contains("<img"), "{page}");
    // Nowhere does a text end the attribute that it is in.
    assert!(!page.contains("\"'>"));
    assert_eq!(page.matches("<script").count(), 1);
}

#[test]
fn the_page_needs_nothing_but_itself() {
    let page = page(evil());
    let script = all(&page, "<script>", "</script>");
    let hash = STANDARD.encode(digest(&SHA256, script[0].as_bytes()));
    let policy =
        format!("default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{hash}'");
    says(&page, &[&format!("content=\"{policy}\"")]);
    for outside in ["http://", "https://", "src=\"", "@import", "url(", "<link", "<iframe"] {
        assert!(!page.contains(outside), "{outside}");
    }
}

#[test]
fn failures_stand_before_the_matrix_and_what_is_confirmed_behind_it() {
    let page = page(every_ending());
    let at = |part: &str| page.find(part).unwrap_or_else(|| panic!("no {part}"));
    let (matrix, odd) = (at("Expected and found"), at("data-v=\"mismatch\""));
    assert!(odd < matrix && matrix < at("data-v=\"confirmed\""));
    assert_eq!(page.matches("class=\"play\"").count(), 4);
}

#[test]
fn the_catalogue_is_told_in_the_language_of_the_machines() {
    says(
        &page_in(Language::Japanese, told()),
        &[
            "<span lang=\"ja\">復元の問題のトラブルシューティング</span>",
            "<span lang=\"ja\">Microsoft iSCSI イニシエーター サービスが停止しています</span>",
            "<span lang=\"ja\">Microsoft iSCSI イニシエーター サービスを開始する</span>",
            "<ol class=\"steps\" lang=\"ja\"><li>",
        ],
    );
}

/// The page as of machines in this language.
fn page_in(language: Language, mut events: Vec<Event>) -> String {
    for event in &mut events {
        if let Event::RunStarted(run) = event {
            run.language = language;
        }
    }
    page(events)
}

#[test]
fn the_frame_is_told_in_the_language_of_the_machines() {
    says(
        &page_in(Language::Korean, told()),
        &[
            "<html lang=\"ko\">",
            "<strong>1</strong> 확인됨",
            "<p><code>restore</code> 작업이 성공합니다.</p>",
            "<p>장애 <code>service-stopped</code>: Windows 서비스가 중지되어 있음.</p>",
            "<p>고객의 설명:</p>",
            "Microsoft iSCSI Initiator Service 서비스가 중지되어 있습니다<span class=\"tag\">작업이 읽음</span>",
        ],
    );
    for language in [Language::Japanese, Language::Korean, Language::ChineseTraditional] {
        let page = page_in(language, told());
        let body = page.split_once("<body>").unwrap().1;
        for english in
            ["The operation", "Documented", "Recommended", "Fault ", "Remedy ", "of the subject"]
        {
            assert!(!body.contains(english), "{english} in {language:?}");
        }
    }
}

#[test]
fn the_page_says_when_and_with_what_it_was_made() {
    let mut summary = Summary::default();
    told().into_iter().for_each(|event| summary.add(event));
    let begun = "2026-11-27T09:30:00Z".to_owned();
    let summary = summary
        .with_times(Measured { begun, ..Measured::default() })
        .with_command("marslab run 'proxy*' --html report.html".to_owned());
    let mut page = Vec::new();
    write(&mut page, &summary).unwrap();
    let version = format!("<dt>version</dt><dd>{}</dd>", env!("CARGO_PKG_VERSION"));
    says(
        &String::from_utf8(page).unwrap(),
        &[
            "<dt>date</dt><dd>2026-11-27 09:30:00 UTC</dd>",
            &version,
            "<code>marslab run 'proxy*' --html report.html</code>",
        ],
    );
}
