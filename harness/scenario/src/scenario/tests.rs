use std::fs;
use std::path::{Path, PathBuf};

use snapbox::Data;

use marslab_model::world::Language;

use super::{ComplaintSource, Paint, Problems, ReadError, Scenario, ScenarioKind, parse, read};
use crate::catalogue::Catalogue;
use crate::corpus;

mod fuzz;

pub(super) fn parsed(text: &str) -> Result<Scenario, Problems> {
    parse("file.toml", text, corpus::library())
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/scenario/tests").join(name)
}

/// The texts of the scenario files in a folder beside this one, by path.
pub(super) fn files(name: &str) -> Vec<(PathBuf, String)> {
    let entries = fs::read_dir(folder(name)).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = entries.filter(|path| path.extension().unwrap() == "toml").collect();
    files.sort();
    files.into_iter().map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

/// The explanations stand beside the files, as `*.txt`.
#[test]
fn bad_files_are_explained() {
    for (path, text) in files("bad") {
        let problems = parsed(&text).expect_err(path.to_str().unwrap());
        let expected = Data::read_from(&path.with_extension("txt"), None);
        snapbox::assert_data_eq!(problems.render(Paint::Plain) + "\n", expected.raw());
    }
}

#[test]
fn line_ends_and_byte_order_marks_do_not_matter() {
    // Of a carriage return in an unclosed text the parser of TOML has more to say.
    let bad = files("bad").into_iter().filter(|(path, _)| !path.ends_with("syntax.toml"));
    for (path, text) in bad {
        let plain = parsed(&text).unwrap_err().to_string();
        let windows = parsed(&text.replace('\n', "\r\n")).unwrap_err().to_string();
        assert_eq!(windows, plain, "{}", path.display());
    }
    for (path, text) in files("good") {
        assert!(parsed(&format!("\u{feff}{text}")).is_ok(), "{}", path.display());
    }
}

#[test]
fn colour_changes_nothing_else() {
    for (path, text) in files("bad") {
        let problems = parsed(&text).unwrap_err();
        let painted = problems.render(Paint::Colour);
        assert!(painted.contains("\u{1b}["), "{}", path.display());
        assert_eq!(without_colour(&painted), problems.render(Paint::Plain), "{}", path.display());
    }
}

fn without_colour(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().unwrap().to_owned();
    parts.fold(first, |plain, part| plain + part.split_once('m').unwrap().1)
}

#[test]
fn good_files_are_read() {
    for (path, text) in files("good") {
        if let Err(problems) = parsed(&text) {
            panic!("{}:\n{problems}", path.display());
        }
    }
}

#[track_caller]
fn good(name: &str) -> Scenario {
    parsed(&fs::read_to_string(folder("good").join(name)).unwrap()).unwrap()
}

#[test]
fn the_example_of_the_design_is_read() {
    let scenario = good("lab.toml");
    assert_eq!(scenario.name, "file");
    assert_eq!(scenario.article.id(), "zh-2019-05");
    let ScenarioKind::Failure(row) = &scenario.kind else { panic!("{:?}", scenario.kind) };
    assert_eq!(row.as_str(), "proxy-authentication-required");
    let names: Vec<&str> = scenario.plays.iter().map(|play| play.name.as_str()).collect();
    assert_eq!(names, ["file", "file/another-user"]);

    let play = &scenario.plays[0];
    assert_eq!(play.operation.name(), "backup");
    assert_eq!(play.complaint, None);
    assert_eq!(play.given[0].name, "behind-proxy");
    assert_eq!(play.faults[0].name, "proxy-asks");
    assert_eq!(play.expect.error.as_deref(), Some("100050"));
    assert_eq!(play.expect.says.as_deref(), Some("(407)"));
    let [group] = play.expect.findings.as_slice() else { panic!("{:?}", play.expect) };
    assert_eq!(group.any[0].as_str(), "proxy-authentication-required");
    assert_eq!(group.about.as_deref(), Some("10.0.0.5:8080"));
    assert_eq!(play.cures[0].remedy.name, "set-agent-proxy-credentials");
    assert_eq!(play.cures[0].then, None);

    let faults = |index: usize| format!("{:?}", scenario.plays[index].faults[0].it);
    assert!(faults(0).contains(r"CORP\\backup"), "{}", faults(0));
    assert!(faults(1).contains(r"CORP\\other"), "{}", faults(1));
}

#[test]
fn a_scenario_is_named_after_its_file() {
    let text = fs::read_to_string(folder("good").join("lab.toml")).unwrap();
    for name in ["a/b/issue-4711.toml", r"C:\a\issue-4711.toml", "issue-4711.toml", "issue-4711"] {
        let scenario = parse(name, &text, corpus::library()).unwrap();
        assert_eq!(scenario.name, "issue-4711");
    }
}

#[test]
fn a_control_says_what_the_customer_says() {
    let scenario = good("control.toml");
    assert!(matches!(&scenario.kind, ScenarioKind::Control { why } if why.contains("unrelated")));
    let told = scenario.plays.iter().map(|play| match play.complaint.clone().unwrap() {
        ComplaintSource::Message(id) => id.to_string(),
        ComplaintSource::Question(id) => id.to_string(),
        ComplaintSource::Words(words) => words,
    });
    assert_eq!(told.collect::<Vec<_>>(), ["34513", "basic-troubleshooting"]);
    assert!(scenario.plays.iter().all(|play| play.failure.is_none() && play.cures.is_empty()));
}

#[test]
fn the_customers_own_words_are_read() {
    let words = |scenario: &Scenario| {
        let plays = scenario.plays.iter();
        plays.map(|play| play.own_words().map(str::to_owned)).collect::<Vec<_>>()
    };
    let told = good("own-words.toml");
    let expected = ["SRV01 says\n\t0x1FC07", "100050"].map(|it| Some(it.to_owned()));
    assert_eq!(words(&told), expected);
    let [own, _] = told.plays.as_slice() else { panic!("{told:?}") };
    assert_eq!(own.says(Catalogue::known(), Language::Korean), "SRV01 says\n\t0x1FC07");
    assert_eq!(words(&good("lab.toml")), [None, None]);
}

#[test]
fn a_compounds_own_words_come_before_those_of_its_parts() {
    let parts =
        "parts = [\"told-in-japanese\", \"told-as-a-bare-number\", \"passphrase-kek-missing\"]\n";
    let words = |more: &str| {
        let scenario = parsed(&format!("title = \"Two things\"\n{parts}{more}")).unwrap();
        scenario.plays[0].own_words().unwrap().to_owned()
    };
    assert!(words("").contains("SRV01 のバックアップ"));
    assert_eq!(words("complaint = { message = \"both\" }\n"), "both");
}

#[test]
fn a_text_without_end_is_refused() {
    let (_, good) = files("good").into_iter().find(|(_, text)| text.contains("0x1FC07")).unwrap();
    let told = |words: &str| parsed(&good.replace("\"100050\"", &format!("\"\"\"{words}\"\"\"")));
    assert!(told(&"\u{3042}".repeat(4000)).is_ok());
    for words in ["\u{3042}".repeat(4001), "a\n".repeat(2001)] {
        let problems = told(&words).unwrap_err().to_string();
        assert!(
            problems
                .contains("error: `message` is longer than 4000 characters\n  --> file.toml:19:"),
            "{problems}"
        );
        assert!(problems.chars().count() < 1500, "{problems}");
    }
}

#[test]
fn a_case_may_be_of_another_row() {
    let scenario = good("several.toml");
    let [own, case] = scenario.plays.as_slice() else { panic!("{scenario:?}") };
    assert_eq!(own.failure.as_ref().unwrap().as_str(), "task-disabled");
    assert_eq!(own.faults.len(), 2);
    assert_eq!(own.cures[0].then.as_ref().unwrap().findings.len(), 1);
    assert_eq!(case.failure.as_ref().unwrap().as_str(), "execution-policy-restricted");
    assert_eq!((case.faults.len(), case.cures.len()), (1, 2));
}

#[test]
fn a_text_that_is_too_long_is_refused() {
    let problems = parsed(&"#".repeat((256 << 10) + 1)).unwrap_err();
    assert_eq!(problems.count(), 1);
    assert!(problems.to_string().contains("larger than 262144 bytes"), "{problems}");
}

#[test]
fn mistakes_without_end_are_cut_short() {
    let text: String = (0..10_000).map(|n| format!("key-{n} = {n}\n")).collect();
    let problems = parsed(&text).unwrap_err();
    let shown = problems.to_string();
    assert!(shown.len() < 50_000, "{}", shown.len());
    assert!(shown.ends_with(&format!("and {} more", problems.count() - 100)));
}

/// A folder of this test run's own; cargo gives none to unit tests.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("marslab-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

#[test]
fn files_are_read_from_the_disk() {
    let folder = Folder::new("good-file");
    let path = folder.0.join("issue-4711.toml");
    fs::copy(super::tests::folder("good").join("lab.toml"), &path).unwrap();
    assert_eq!(read(&path, corpus::library()).unwrap().name, "issue-4711");

    fs::write(&path, "title = 1").unwrap();
    let error = read(&path, corpus::library()).unwrap_err();
    assert!(matches!(error, ReadError::Bad(_)));
    assert!(error.to_string().contains("issue-4711.toml:1:9"), "{error}");
}

#[test]
fn what_is_no_scenario_file_is_refused() {
    let folder = Folder::new("bad-file");
    let path = folder.0.join("x.toml");
    assert!(matches!(read(&path, corpus::library()), Err(ReadError::NotFound { .. })));
    assert!(matches!(read(&folder.0, corpus::library()), Err(ReadError::Folder { .. })));
    fs::write(&path, b"title = \"\xff\"").unwrap();
    assert!(matches!(read(&path, corpus::library()), Err(ReadError::NotUtf8 { offset: 9, .. })));
    // 100 MB that take no space: a sparse file.
    fs::File::create(&path).unwrap().set_len(100 << 20).unwrap();
    assert!(matches!(read(&path, corpus::library()), Err(ReadError::TooLarge { .. })));
    // An endless device, where there is one.
    assert!(read(Path::new("/dev/zero"), corpus::library()).is_err());
}

#[test]
fn an_old_key_is_a_warning() {
    let path = "compounds/told-as-another-operation.toml";
    let text = fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios").join(path),
    )
    .unwrap();
    assert!(parsed(&text).unwrap().warnings.is_none());
    let old = parsed(&text.replace("reported-operation", "told")).unwrap();
    let warnings = old.warnings.unwrap().render(Paint::Plain);
    assert_eq!(warnings.matches("warning: old key `told`").count(), 5, "{warnings}");
    assert!(warnings.contains("hint: it is now called `reported-operation`"), "{warnings}");
    let reported = old.plays.iter().map(|play| play.reported_operation.unwrap().name());
    assert_eq!(
        reported.collect::<Vec<_>>(),
        ["backup", "restore", "register", "register", "register"]
    );
}

#[test]
fn an_old_key_can_be_set_by_a_case() {
    let (_, good) = files("good").into_iter().find(|(_, text)| text.contains("[when]")).unwrap();
    let case = "\n[[case]]\nname = \"reported\"\nset = { \"when.told\" = \"register\" }\n";
    let scenario = parsed(&(good + case)).unwrap();
    assert!(scenario.warnings.unwrap().render(Paint::Plain).contains("`when.reported-operation`"));
    assert_eq!(
        scenario.plays.last().unwrap().reported_operation,
        Some(marslab_model::Operation::Register)
    );
}

#[test]
fn both_spellings_of_a_key_are_a_mistake() {
    let (_, good) = files("good").into_iter().find(|(_, text)| text.contains("[when]")).unwrap();
    let both = "[when]\ntold = \"register\"\nreported-operation = \"register\"\n";
    let problems = parsed(&good.replacen("[when]\n", both, 1)).unwrap_err().to_string();
    assert!(problems.contains("error: unknown key `told` in `when`"), "{problems}");
}
