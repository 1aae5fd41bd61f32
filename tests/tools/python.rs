//! Subjects that are programs: the example, and some that misbehave.

use std::num::NonZeroUsize;
use std::time::Duration;

use libtest_mimic::Trial;
use marslab::play::Options;
use marslab::process::Limits;
use marslab::subject::{Caller, CommandSubject, ServedSubject};
use marslab::verdict::{MismatchKind, Verdict};
use marslab_tests::{mismatch, play, verdict};

use crate::tool::Tool;

pub(crate) fn trials() -> Vec<Trial> {
    let tests: [(&str, fn()); 7] = [
        ("the_example_finds_what_it_knows", the_example_finds_what_it_knows),
        ("the_served_example_finds_the_same", the_served_example_finds_the_same),
        ("a_subject_that_hangs_is_killed", a_subject_that_hangs_is_killed),
        ("a_subject_that_floods_is_killed", a_subject_that_floods_is_killed),
        ("a_subject_that_crashes_is_quoted", a_subject_that_crashes_is_quoted),
        ("nonsense_in_place_of_a_diagnosis_is_quoted", nonsense_is_quoted),
        ("a_subject_that_changes_the_world_is_caught", a_subject_that_changes_the_world_is_caught),
    ];
    tests.map(|(name, test)| Tool::Python.trial(name, test)).into()
}

const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/subjects/example.py");

const SERVED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/subjects/served.py");

/// What both examples know.
const KNOWN: [&str; 7] = [
    "agent-service-stopped",
    "iscsi-service-stopped",
    "task-disabled",
    "execution-policy-restricted",
    "activation-kek-missing",
    "passphrase-kek-missing",
    "execution-policy-unrestricted",
];

/// A subject of one line of Python.
fn python(line: &str) -> String {
    format!("python3 -c \"{line}\"")
}

#[track_caller]
fn diagnose(name: &str, command: &str, limits: Limits) -> Verdict {
    let subject = CommandSubject::new(command, &Caller::of_this_process(), limits).unwrap();
    verdict(&play(name), &subject, &Options::default())
}

#[track_caller]
fn fails(command: &str, limits: Limits, reason: &str) {
    let seen = diagnose("agent-service-stopped", command, limits);
    assert_eq!(mismatch(&seen), Some(MismatchKind::SubjectFailed), "{seen}");
    assert!(seen.to_string().contains(reason), "{seen}");
}

fn the_example_finds_what_it_knows() {
    let command = format!("python3 \"{EXAMPLE}\"");
    for name in KNOWN {
        let seen = diagnose(name, &command, Limits::default());
        assert_eq!(seen, Verdict::Confirmed, "{name}: {seen}");
    }
}

fn the_served_example_finds_the_same() {
    let caller = Caller::of_this_process();
    let command = format!("python3 \"{SERVED}\"");
    let command = CommandSubject::new(&command, &caller, Limits::default()).unwrap();
    let subject = ServedSubject::new(command, NonZeroUsize::MIN).unwrap();
    for name in KNOWN {
        let seen = verdict(&play(name), &subject, &Options::default());
        assert_eq!(seen, Verdict::Confirmed, "{name}: {seen}");
    }
}

fn a_subject_that_hangs_is_killed() {
    let limits = Limits { time: Duration::from_millis(300), ..Limits::default() };
    fails(&python("import threading; threading.Event().wait()"), limits, "ran for more than");
}

fn a_subject_that_floods_is_killed() {
    let line = "import sys\nwhile True: sys.stdout.write('x' * 65536)";
    fails(&python(line), Limits::default(), "wrote more than 1048576 bytes");
}

fn a_subject_that_crashes_is_quoted() {
    fails(&python("raise SystemExit('no idea')"), Limits::default(), "no idea");
}

fn nonsense_is_quoted() {
    fails(&python("print('garbage')"), Limits::default(), "line 1 column 1");
    fails(&python("pass"), Limits::default(), "standard output is empty");
    let other = r"import json; print(json.dumps({'version': 7}))";
    fails(&python(other), Limits::default(), "version 7");
}

fn a_subject_that_changes_the_world_is_caught() {
    let line = "import json, os, pathlib, urllib.request as web\n\
                door = json.load(open(os.environ['MARSLAB_HOST']))\n\
                to = 'http://' + door['http'] + '/v1/drive-c'\n\
                key = {'Authorization': 'Bearer ' + door['token']}\n\
                answer = json.load(web.urlopen(web.Request(to, b'', key)))\n\
                (pathlib.Path(answer['ok']) / 'Windows' / 'Temp' / 'setup.log').unlink()";
    let seen = diagnose("agent-service-stopped", &python(line), Limits::default());
    assert_eq!(mismatch(&seen), Some(MismatchKind::SubjectChangedTheWorld), "{seen}");
}
