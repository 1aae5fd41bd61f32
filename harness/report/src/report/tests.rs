use marslab_model::world::Language;
use snapbox::{assert_data_eq, file, str};

use super::prose::ProseStyle;
use super::{Counts, Ending, Summary, explain, html, json, junit, terminal};
use marslab_engine::event::{Event, PlayInfo, RunStarted};
use marslab_engine::subject_runner::Isolation;
use marslab_engine::verdict::{Mismatch, MismatchKind, Verdict};
use marslab_engine::words;
use marslab_scenario::PlayKind;
use marslab_scenario::scenario::Paint;

use events::{
    confirmed, every_ending, failed, healthy, info, mismatch, run_started, started, summary,
    text_of, told,
};

pub(super) mod events;

#[test]
fn counts_of_a_run() {
    let counts =
        Counts { confirmed: 1, mismatch: 1, inconclusive: 1, lab_failed: 1, not_playable: 0 };
    assert_eq!(summary(every_ending()).counts(), counts);
    assert_eq!(counts.total(), 4);
}

#[test]
fn plays_are_sorted_by_name_whatever_their_order() {
    let summary = summary(every_ending());
    let names: Vec<_> = summary.plays().iter().map(|play| play.info.name.as_str()).collect();
    assert_eq!(names, ["iscsi-service-stopped", "kek-gone", "time/two-weeks", "window"]);
}

#[test]
fn a_play_that_never_ended_is_the_labs_failure() {
    let mut open = Summary::default();
    open.add(run_started(2));
    open.add(started(0, "iscsi-service-stopped"));
    assert_eq!(open.counts().total(), 0);
    open.add(Event::RunEnded { unplayed: 0 });
    assert_eq!(open.counts(), Counts { lab_failed: 2, ..Counts::default() });
    let why = Ending::LabFailed("the play did not finish".to_owned());
    assert_eq!(open.play(0).map(|play| &play.ending), Some(&why));
}

#[test]
fn an_event_of_an_unknown_play_is_passed_over() {
    let mut summary = Summary::default();
    summary.add(Event::PlayEnded { index: 7, verdict: Verdict::Confirmed });
    assert!(summary.plays().is_empty());
}

#[test]
fn terminal_report() {
    let expected = str![[r#"
confirmed     iscsi-service-stopped
inconclusive  time/two-weeks
              the operation never read what the fault `time-passes` changed: `now`; if another fault stops it before, give each a file and run both at once, as `one.toml+two.toml`; else try an operation that needs it
              kept:     /kept/world
mismatch      kek-gone
              beat 3 (diagnosed): not found
              expected: the subject finds `kek-missing`
              seen:     the subject found `scratch-volume-low` (a line
                        and another�[31m)
              nearest:  `kek-damaged`
              stderr:   2
                        the key�[31m
                        4
                        5
                        6
lab failed    window
              the lab panicked; this is a bug

4 plays: 1 confirmed, 1 mismatch, 1 inconclusive, 1 lab failed
rerun with --seed 4711 --fidelity memory --exact kek-gone time/two-weeks window

"#]];
    assert_data_eq!(terminal_text(every_ending(), Paint::Plain), expected);
}

#[test]
fn a_run_with_controls_tells_how_often_something_was_found_in_them() {
    let control = |index, name: &str| {
        let play = PlayInfo { kind: PlayKind::Control, failure: None, ..info(name) };
        Event::PlayStarted { index, play }
    };
    let found = Mismatch { kind: MismatchKind::FalseFinding, ..mismatch() };
    let events = vec![
        run_started(3),
        control(0, "quiet"),
        control(1, "loud"),
        control(2, "also-quiet"),
        confirmed(0),
        Event::PlayEnded { index: 1, verdict: Verdict::Mismatch(found) },
        confirmed(2),
        Event::RunEnded { unplayed: 0 },
    ];
    let text = terminal_text(events, Paint::Plain);
    assert!(text.contains("\n1 false finding in 3 controls (33.3 %)\n"), "{text}");
}

/// Plays that end with these mismatches.
fn mismatches(seen: &[&str]) -> String {
    let mut events = vec![run_started(seen.len())];
    for (index, seen) in seen.iter().enumerate() {
        let mismatch = Mismatch { seen: (*seen).to_owned(), stderr: None, ..mismatch() };
        events.push(started(index, &format!("play-{index}")));
        events.push(Event::PlayEnded { index, verdict: Verdict::Mismatch(mismatch) });
    }
    events.push(Event::RunEnded { unplayed: 0 });
    let text = terminal_text(events, Paint::Plain);
    text.split_once("\n\n").unwrap().1.to_owned()
}

#[test]
fn mismatches_with_one_reason_are_told_together() {
    let expected = str![[r#"
mismatches with one reason:
4 plays       not found
              expected: the subject finds `kek-missing`
              seen:     b
              plays:    play-1, play-3, play-4 and 1 more
2 plays       not found
              expected: the subject finds `kek-missing`
              seen:     a
                        and more
              plays:    play-0, play-2
and 1 mismatch with another reason

7 plays: 7 mismatches
rerun with --seed 4711 --fidelity memory --exact play-0 play-1 play-2 play-3 play-4 play-5 play-6

"#]];
    let told = mismatches(&["a\nand more", "b", "a\nand more", "b", "b", "c", "b"]);
    assert_data_eq!(told, expected);
    for few in [&["a", "a", "a"][..], &["a", "b", "c", "d"]] {
        assert!(mismatches(few).starts_with(&few.len().to_string()), "{}", mismatches(few));
    }
}

#[test]
fn terminal_report_of_a_good_run() {
    let expected = str![[r#"
confirmed     iscsi-service-stopped

1 play: 1 confirmed
run with --seed 4711 --fidelity memory

"#]];
    let events = vec![
        run_started(1),
        started(0, "iscsi-service-stopped"),
        confirmed(0),
        Event::RunEnded { unplayed: 0 },
    ];
    assert_data_eq!(terminal_text(events, Paint::Plain), expected);
}

/// A run of one play in JSON, JUnit, HTML and on the terminal.
fn reports(change: impl Fn(RunStarted) -> RunStarted) -> [String; 4] {
    let run = match run_started(1) {
        Event::RunStarted(run) => Event::RunStarted(change(run)),
        other => other,
    };
    let events = vec![run, started(0, "kek-gone"), confirmed(0), Event::RunEnded { unplayed: 0 }];
    let mut page = Vec::new();
    html::write(&mut page, &summary(events.clone())).unwrap();
    let (json, junit) = (json_text(events.clone()), junit_text(events.clone()));
    let page = String::from_utf8(page).unwrap();
    [json, junit, page, terminal_text(events, Paint::Plain)]
}

/// Every format says whether the subject was isolated; the terminal only of a program, which alone can be.
#[test]
fn isolation_is_reported() {
    for (isolation, id, name, line) in [
        (Isolation::InProcess, "in-process", "in process", "1 confirmed\nrun with"),
        (
            Isolation::NotIsolated,
            "not-isolated",
            "not isolated",
            "\nsubject not isolated: it could",
        ),
        (Isolation::Isolated, "isolated", "isolated", "\nsubject isolated, as declared\n"),
    ] {
        let marks = [
            format!("\"isolation\": \"{id}\""),
            format!("<property name=\"isolation\" value=\"{id}\"/>"),
            format!("<dt>isolation</dt><dd>{name}</dd>"),
            line.to_owned(),
        ];
        for (report, mark) in reports(|run| RunStarted { isolation, ..run }).iter().zip(marks) {
            assert!(report.contains(&mark), "no {mark:?} in {report}");
        }
    }
}

/// Every format says that the subject was served.
#[test]
fn what_was_served_is_reported() {
    let isolation = Isolation::NotIsolated;
    let marks = [
        ("\"served\": true", "\"served\": false"),
        (
            "<property name=\"served\" value=\"true\"/>",
            "<property name=\"served\" value=\"false\"/>",
        ),
        ("<dd>not isolated, served</dd>", "<dd>not isolated</dd>"),
        ("network\nsubject served: ", "network\nrun with"),
    ];
    let served = reports(|run| RunStarted { isolation, is_served: true, ..run });
    let started = reports(|run| RunStarted { isolation, is_served: false, ..run });
    for ((served, started), (mark, none)) in served.iter().zip(&started).zip(marks) {
        assert!(served.contains(mark), "no {mark:?} in {served}");
        assert!(started.contains(none), "no {none:?} in {started}");
    }
}

#[test]
fn colours_only_where_they_are_wanted() {
    assert!(!terminal_text(every_ending(), Paint::Plain).contains('\u{1b}'));
    assert!(terminal_text(every_ending(), Paint::Colour).contains('\u{1b}'));
}

#[test]
fn of_many_names_a_report_tells() {
    let mut events = vec![run_started(10)];
    for index in 0..10 {
        events.push(started(index, &format!("play-{index}")));
        events.push(failed(index));
    }
    events.push(Event::RunEnded { unplayed: 0 });
    let text = terminal_text(events, Paint::Plain);
    assert!(text.ends_with("rerun with --seed 4711 --fidelity memory --failed REPORT, a file that `--json REPORT` wrote\n"), "{text}");
}

#[test]
fn the_rerun_line_says_all_that_made_the_run() {
    let run = |change: fn(&mut RunStarted)| {
        let Event::RunStarted(mut run) = run_started(1) else { panic!() };
        change(&mut run);
        let events = vec![Event::RunStarted(run), started(0, "a"), failed(0)];
        terminal_text([events, vec![Event::RunEnded { unplayed: 3 }]].concat(), Paint::Plain)
    };
    let text = run(|run| {
        run.language = Language::Korean;
        run.isolation = Isolation::Isolated;
        run.subject = "./it's here".to_owned();
        run.is_served = true;
    });
    let subject = words::quote("./it's here");
    let line = format!("--lang ko --subject {subject} --subject-isolated --serve --exact a\n");
    assert!(text.ends_with(&line), "{text}");
    assert!(text.contains("not confirmed: 3 plays not played\n"), "{text}");
}

#[test]
fn progress_fits_its_line() {
    let mut summary = Summary::default();
    assert_eq!(terminal::progress(&summary, 40), "");
    summary.add(run_started(3));
    summary.add(started(0, "iscsi-service-stopped"));
    summary.add(started(1, "kek-gone"));
    assert_eq!(terminal::progress(&summary, 60), "0 of 3: iscsi-service-stopped, kek-gone");
    assert_eq!(terminal::progress(&summary, 20), "0 of 3: iscsi-servi…");
    summary.add(failed(0));
    assert_eq!(terminal::progress(&summary, 60), "1 of 3, 1 not confirmed: kek-gone");
}

/// Byte for byte.
#[test]
fn json_report() {
    let expected = file!["tests/report.json": Text].raw();
    assert_data_eq!(json_text(every_ending()), expected);
}

#[test]
fn junit_report() {
    let expected = file!["tests/report.xml": Text].raw();
    assert_data_eq!(junit_text(every_ending()), expected);
}

#[test]
fn explained() {
    let mut summary = Summary::default();
    told().into_iter().for_each(|event| summary.add(event));
    let mut text = Vec::new();
    explain::tell(&mut text, summary.play(0).unwrap(), ProseStyle::plain(), &mut || Ok(()))
        .unwrap();
    let expected = file!["tests/explained.txt": Text].raw();
    assert_data_eq!(String::from_utf8(text).unwrap(), expected);
}

#[test]
fn reports_do_not_depend_on_the_order_of_plays() {
    let in_order = json_text(every_ending());
    let mut events = every_ending();
    events.sort_by_key(index);
    assert_eq!(json_text(events.clone()), in_order);
    assert_eq!(junit_text(events.clone()), junit_text(every_ending()));
    events.sort_by_key(|event| match event {
        Event::RunStarted(_) | Event::RunEnded { unplayed: 0 } => index(event),
        _ => 10 - index(event),
    });
    assert_eq!(json_text(events.clone()), in_order);
    assert_eq!(junit_text(events), junit_text(every_ending()));
}

#[test]
fn the_first_difference_is_named() {
    let one = summary(every_ending());
    assert_eq!(json::first_difference(&one, &summary(every_ending())), None);

    let mut events = every_ending();
    events.push(Event::BeatPlayed { index: 0, beat: healthy() });
    let found = json::first_difference(&one, &summary(events)).unwrap();
    assert_eq!((found.play.as_str(), found.place.as_str()), ("kek-gone", "beats[0]"));
    assert_eq!(found.first, None);

    let mut events = every_ending();
    events.push(confirmed(0));
    let found = json::first_difference(&one, &summary(events)).unwrap();
    assert_eq!((found.play.as_str(), found.place.as_str()), ("kek-gone", "mismatch"));

    let mut events = every_ending();
    events.push(failed(3));
    let found = json::first_difference(&one, &summary(events)).unwrap();
    assert_eq!((found.play.as_str(), found.place.as_str()), ("iscsi-service-stopped", "error"));
    let found = json::first_difference(&one, &Summary::default()).unwrap();
    assert_eq!((found.play.as_str(), found.place.as_str()), ("iscsi-service-stopped", ""));
}

#[test]
fn where_a_world_was_kept_is_no_difference() {
    let mut events = every_ending();
    events.push(Event::Kept { index: 0, folder: "/elsewhere".into() });
    assert_eq!(json::first_difference(&summary(every_ending()), &summary(events)), None);
}

/// The canary: a play that must fail does so in every format, whatever kind of mismatch it is.
#[test]
fn every_format_says_every_mismatch() {
    for kind in MISMATCHES {
        let mismatch = Mismatch { kind, ..mismatch() };
        let ended = Event::PlayEnded { index: 0, verdict: Verdict::Mismatch(mismatch) };
        let events =
            vec![run_started(1), started(0, "canary"), ended, Event::RunEnded { unplayed: 0 }];
        let words = kind.name();
        let name = words.replace(' ', "-");
        assert_eq!(summary(events.clone()).counts().mismatch, 1);
        says(
            &terminal_text(events.clone(), Paint::Plain),
            &["mismatch      canary", words, "1 mismatch"],
        );
        says(
            &json_text(events.clone()),
            &["\"verdict\": \"mismatch\"", &format!("\"kind\": \"{name}\"")],
        );
        says(&junit_text(events), &["failures=\"1\"", &format!("type=\"{name}\"")]);
    }
}

#[test]
fn what_is_beyond_the_articles_of_2019_is_marked() {
    let play = PlayInfo { article: "en-2025-11".to_owned(), beyond: true, ..info("newer") };
    let events = |play| vec![run_started(1), Event::PlayStarted { index: 0, play }, confirmed(0)];
    let marks = ["\"beyond\": true", "<property name=\"beyond\" value=\"en-2025-11\"/>"];
    let reports = |play: PlayInfo| [json_text(events(play.clone())), junit_text(events(play))];
    for (report, mark) in reports(play).iter().zip(marks) {
        assert!(report.contains(mark), "{report}");
    }
    for report in reports(info("older")) {
        assert!(!report.contains("beyond"), "{report}");
    }
}

#[track_caller]
fn says(report: &str, parts: &[&str]) {
    for part in parts.iter().chain(&[
        "the subject finds `kek-missing`",
        "scratch-volume-low",
        "kek-damaged",
    ]) {
        assert!(report.contains(part), "no {part:?} in {report}");
    }
}

fn terminal_text(events: Vec<Event>, paint: Paint) -> String {
    let (mut summary, mut out) = (Summary::default(), Vec::new());
    for event in events {
        let ended = match &event {
            Event::PlayEnded { index, .. }
            | Event::NotPlayable { index, .. }
            | Event::LabFailed { index, .. } => Some(*index),
            _ => None,
        };
        summary.add(event);
        if let Some(play) = ended.and_then(|index| summary.play(index)) {
            terminal::play_ended(&mut out, play, paint).unwrap();
        }
    }
    out.push(b'\n');
    terminal::run_ended(&mut out, &summary, paint).unwrap();
    String::from_utf8(out).unwrap()
}

fn json_text(events: Vec<Event>) -> String {
    text_of(json::write, events)
}

fn junit_text(events: Vec<Event>) -> String {
    text_of(junit::write, events)
}

fn index(event: &Event) -> usize {
    match event {
        Event::RunStarted(_) => 0,
        Event::PlayStarted { index, .. }
        | Event::Asked { index, .. }
        | Event::BeatPlayed { index, .. }
        | Event::Kept { index, .. }
        | Event::PlayEnded { index, .. }
        | Event::NotPlayable { index, .. }
        | Event::LabFailed { index, .. } => index + 1,
        _ => usize::MAX,
    }
}

const MISMATCHES: [MismatchKind; 13] = [
    MismatchKind::NotHealthy,
    MismatchKind::NotBroken,
    MismatchKind::WrongError,
    MismatchKind::WrongStep,
    MismatchKind::NotFound,
    MismatchKind::FalseFinding,
    MismatchKind::RemedyFailed,
    MismatchKind::NotRepaired,
    MismatchKind::Guessed,
    MismatchKind::WrongRemedy,
    MismatchKind::SilentOnUnchecked,
    MismatchKind::SubjectFailed,
    MismatchKind::SubjectChangedTheWorld,
];

#[test]
fn the_checked_in_schema_is_up_to_date() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../report.schema.json");
    let checked_in: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert!(
        checked_in == json::schema(),
        "harness/report.schema.json is out of date; write it anew: `marslab schema report > harness/report.schema.json`"
    );
}
