use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use marslab_live::{Fidelity, Live, StartOptions, start_time};
use marslab_model::subject::SubjectError;
use marslab_model::world::Language;
use marslab_model::{Complaint, Operation};
use proptest::prelude::*;

use super::{Caller, CommandError, CommandSubject, HOST_VARIABLE, VariableError, read_diagnosis};
use crate::process::{Limits, SYSTEM_VARIABLES, TEMP_VARIABLES};
use crate::subject_runner::{Isolation, SubjectRunner as _};
use crate::trace::TracedLive;
use crate::words;

#[test]
fn a_command_is_split_as_a_shell_splits_it() {
    let caller = Caller::of_this_process();
    let new = |text: &str| CommandSubject::new(text, &caller, Limits::default());
    let subject = new(r#"diagnose --mode "all of it""#).unwrap();
    assert_eq!(subject.program, "diagnose");
    assert_eq!(subject.arguments, ["--mode", "all of it"]);
    let refused = |text: &str| new(text).unwrap_err();
    assert_eq!(refused("  "), CommandError::Empty);
    if words::split("'x").is_none() {
        assert!(refused("'x").to_string().contains("unclosed quote"));
    }
}

#[test]
fn what_is_in_the_callers_folder_becomes_absolute() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["core.py", "diagnose"] {
        std::fs::write(folder.path().join(name), "").unwrap();
    }
    std::fs::create_dir(folder.path().join("rules")).unwrap();
    let caller = Caller { folder: folder.path().to_owned(), ..Caller::of_this_process() };
    let there = |name: &str| folder.path().join(name).into_os_string();
    let check = |word: &str, program: OsString, argument: OsString| {
        let command = [word, word].map(words::quote).join(" ");
        let subject = CommandSubject::new(&command, &caller, Limits::default()).unwrap();
        assert_eq!((subject.program, &subject.arguments[0]), (program, &argument), "{word}");
    };
    // A bare program is looked up in PATH, as a shell does it.
    check("core.py", "core.py".into(), there("core.py"));
    check("./core.py", there("core.py"), there("core.py"));
    check("./rules", there("rules"), there("rules"));
    check("rules", "rules".into(), "rules".into());
    check("./absent", there("absent"), "./absent".into());
    let option = folder.path().join("--config=.").join("core.py").into_os_string();
    check("--config=./core.py", option, "--config=./core.py".into());
    let named = CommandSubject::new("sh ./core.py -v diagnose rules", &caller, Limits::default());
    assert_eq!(named.unwrap().files(), ["core.py", "diagnose"].map(there).map(PathBuf::from));
    let absolute = there("core.py");
    check(absolute.to_str().unwrap(), absolute.clone(), absolute.clone());
}

#[test]
fn variables() {
    let mut caller = Caller::of_this_process();
    caller.variables = [("PATH".into(), "bin".into()), ("HOME".into(), "/me".into())].into();
    let pair = |name: &str, value: &str| (OsString::from(name), OsString::from(value));
    let path = pair("PATH", caller.folder.join("bin").to_str().unwrap());
    let check = |typed: &[&str], expected: &[(OsString, OsString)]| {
        let seen = caller.environment(typed).unwrap().variables;
        assert_eq!(seen.into_iter().collect::<Vec<_>>(), expected, "{typed:?}");
    };
    check(&[], std::slice::from_ref(&path));
    check(&["HOME"], &[pair("HOME", "/me"), path.clone()]);
    check(&["HOME=/a", "HOME=/b=c"], &[pair("HOME", "/b=c"), path]);
    check(&["PATH=x"], &[pair("PATH", "x")]);
    let refused = |typed: &str| caller.environment(&[typed]).unwrap_err();
    for typed in ["", "=", "=x"] {
        assert_eq!(refused(typed), VariableError::NoName(typed.to_owned()));
    }
    assert_eq!(refused("ABSENT"), VariableError::NotSet("ABSENT".to_owned()));
    for name in TEMP_VARIABLES.iter().chain(&[HOST_VARIABLE]) {
        assert_eq!(refused(name), VariableError::Reserved((*name).to_owned()));
        assert_eq!(refused(&format!("{name}=x")), VariableError::Reserved((*name).to_owned()));
    }
}

/// This test as a program under test: the end of a run, in which it tells what it was given.
///
/// It says so on standard error, which is quoted where a program fails.
#[test]
fn as_a_subject() {
    let Some(door) = std::env::var_os(HOST_VARIABLE) else { return };
    if std::env::args().any(|argument| argument == "wait") {
        std::thread::park();
    }
    if std::env::args().any(|argument| argument == "leave") {
        leave_another();
    }
    let given = Given {
        variables: std::env::vars_os().map(|(name, value)| (text(&name), text(&value))).collect(),
        folder: std::env::current_dir().unwrap(),
        temp: std::env::temp_dir(),
        door: PathBuf::from(door),
    };
    for folder in [&given.folder, &given.temp] {
        assert_eq!(std::fs::read_dir(folder).unwrap().count(), 0, "{}", folder.display());
        std::fs::create_dir(folder.join("left")).unwrap();
        std::fs::write(folder.join("left/behind"), "x").unwrap();
    }
    if std::env::args().any(|argument| argument == "hang") {
        std::thread::park();
    }
    eprintln!("\n{MARK}{}{MARK}", serde_json::to_string(&given).unwrap());
    panic!("this was a subject");
}

/// Starts a program that does not end, with the standard streams of this one.
#[expect(clippy::disallowed_methods, reason = "what a subject starts is not the lab's")]
fn leave_another() {
    let arguments = std::env::args().skip(1);
    let arguments = arguments.map(|it| if it == "leave" { "wait".to_owned() } else { it });
    let other =
        std::process::Command::new(std::env::current_exe().unwrap()).args(arguments).spawn();
    drop(other.unwrap());
}

/// What a program was given.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
struct Given {
    variables: BTreeMap<String, String>,
    folder: PathBuf,
    temp: PathBuf,
    door: PathBuf,
}

/// Stands before and behind what a program was given.
const MARK: &str = "@@@";

fn text(text: &std::ffi::OsStr) -> String {
    text.to_string_lossy().into_owned()
}

/// This test binary as a subject; it shows only what is told on standard error.
fn itself(caller: &Caller, typed: &[&str]) -> CommandSubject {
    let program = std::env::current_exe().unwrap();
    let command = format!(
        "\"{}\" --exact subject::tests::as_a_subject --nocapture --test-threads 1",
        program.display()
    );
    let limits = Limits { stderr_bytes_max: 64 << 10, ..Limits::default() };
    let subject = CommandSubject::new(&command, caller, limits).unwrap();
    subject.with_environment(caller.environment(typed).unwrap())
}

fn healthy() -> Live {
    let world = marslab_base::healthy(start_time(Fidelity::Loopback));
    Live::start(world, &StartOptions::new(Fidelity::Loopback, 1)).unwrap()
}

async fn ask(subject: &CommandSubject, live: &Live) -> SubjectError {
    let complaint = Complaint {
        version: Complaint::VERSION,
        machine: live.snapshot().unwrap().cast.machine.clone(),
        operation: Operation::Backup,
        message: "It does not work.".to_owned(),
        language: Language::English,
    };
    subject.diagnose(&complaint, &TracedLive::new(live)).await.unwrap_err()
}

async fn given(subject: &CommandSubject, live: &Live) -> Given {
    let error = ask(subject, live).await.to_string();
    let told = error.split(MARK).nth(1);
    serde_json::from_str(told.unwrap_or_else(|| panic!("{error}"))).unwrap()
}

fn names(list: &[&str]) -> BTreeSet<String> {
    list.iter().map(|name| (*name).to_owned()).collect()
}

#[tokio::test]
async fn a_program_gets_only_the_variables_that_it_is_allowed() {
    let mut caller = Caller::of_this_process();
    for (name, value) in [("HOME", "a folder"), ("SECRET", "x"), ("PASSED", "on")] {
        caller.variables.insert(name.into(), value.into());
    }
    let live = healthy();
    let given = given(&itself(&caller, &["PASSED", "SET=a=b", "EMPTY="]), &live).await;
    let mut expected = names(&["PATH", HOST_VARIABLE, "PASSED", "SET", "EMPTY"]);
    expected.extend(names(TEMP_VARIABLES));
    let seen: BTreeSet<String> = given.variables.keys().cloned().collect();
    let of_the_system = names(SYSTEM_VARIABLES);
    // What a loader adds of its own, as that of macOS and Wine do, tells nothing of the lab.
    let is_of_loader = |name: &str| name.starts_with("__") || name.starts_with("WINE");
    let is_of_system = |name: &str| of_the_system.iter().any(|it| it.eq_ignore_ascii_case(name));
    let seen = seen.into_iter().filter(|name| !is_of_loader(name) && !is_of_system(name));
    let seen: BTreeSet<String> = seen.collect();
    assert_eq!(seen, expected);
    let value = |name: &str| given.variables[name].as_str();
    assert_eq!([value("PASSED"), value("SET"), value("EMPTY")], ["on", "a=b", ""]);
    assert_eq!(Path::new(value(HOST_VARIABLE)), given.door);
}

#[tokio::test]
async fn each_ask_has_empty_folders_of_its_own_that_go_with_it() {
    let (caller, live) = (Caller::of_this_process(), healthy());
    let subject = itself(&caller, &[]);
    let (one, two) = (given(&subject, &live).await, given(&subject, &live).await);
    let mut folders = BTreeSet::new();
    for given in [&one, &two] {
        folders.extend([given.folder.clone(), given.temp.clone(), given.door.clone()]);
        for name in TEMP_VARIABLES {
            assert_eq!(Path::new(&given.variables[*name]), given.temp);
        }
    }
    assert_eq!(folders.len(), 6, "{folders:?}");
    assert!(folders.iter().all(|folder| !folder.exists()), "{folders:?}");
}

/// Its end is the end: what it has started is killed, and is not waited for.
#[tokio::test]
async fn a_program_may_leave_another_behind() {
    let (caller, live) = (Caller::of_this_process(), healthy());
    let mut subject = itself(&caller, &[]);
    subject.arguments.push(OsString::from("leave"));
    let given = given(&subject, &live).await;
    assert!(!given.folder.exists() && !given.temp.exists());
}

#[tokio::test]
async fn nothing_is_left_of_a_program_that_is_killed() {
    let (parent, live) = (tempfile::tempdir().unwrap(), healthy());
    let caller = Caller { temp: parent.path().to_owned(), ..Caller::of_this_process() };
    let hangs = |time| {
        let mut subject = itself(&caller, &[]);
        subject.arguments.push(OsString::from("hang"));
        subject.limits.time = time;
        subject
    };
    let error = ask(&hangs(Duration::from_millis(300)), &live).await;
    assert_eq!(error, SubjectError::TimedOut { seconds: 0 });
    hangs(Duration::ZERO).test_start().await.unwrap();
    assert_eq!(std::fs::read_dir(parent.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn a_program_that_is_not_isolated_says_so() {
    let subject = itself(&Caller::of_this_process(), &[]);
    assert_eq!(subject.isolation(), Isolation::NotIsolated);
    assert_eq!(subject.with_isolation(Isolation::Isolated).isolation(), Isolation::Isolated);
}

#[track_caller]
fn check(answer: &str, expected: &str) {
    let error = read_diagnosis(answer.as_bytes()).unwrap_err().to_string();
    assert!(error.contains(expected), "{answer:?}: {error}");
}

#[test]
fn answers_are_read_strictly() {
    check("", "standard output is empty");
    check("\n", "standard output is empty");
    check("{", "line 1 column 1");
    check(r#"{"findings": []}"#, "version");
    check(r#"{"version": 2}"#, "version 2");
    check(r#"{"version": 1, "finding": []}"#, "unknown field `finding`");
    check(r#"{"version": 1, "findings": [{}]}"#, "cause");
    check(r#"{"version": 1} {"version": 1}"#, "trailing");
    let diagnosis = read_diagnosis(br#"{"version": 1, "findings": [{"cause": "x"}]}"#).unwrap();
    assert_eq!(diagnosis.findings[0].cause, "x");
}

proptest! {
    #[test]
    fn no_answer_makes_the_lab_stumble(answer in prop::collection::vec(any::<u8>(), 0..200)) {
        drop(read_diagnosis(&answer));
    }
}
