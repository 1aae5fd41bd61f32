//! Trainings in the browser: their links, and what is kept when they are interrupted.

use std::io::BufRead as _;

use super::signal;
use crate::{Files, Started, command, output_of, typed};

fn begun(arguments: &[&str]) -> (Started, String) {
    let mut started = Started::of(arguments);
    let mut text = String::new();
    while !text.contains("Ctrl-C") {
        assert!(started.lines.read_line(&mut text).unwrap() > 0, "it ended: {text}");
    }
    (started, text)
}

#[test]
fn an_interrupted_page_keeps_its_record() {
    let files = Files::new();
    let (record, class) = (typed(&files.path("record.json")), typed(&files.path("class.csv")));
    let (mut page, text) = begun(&[
        "train",
        "agent-service-stopped",
        "--page",
        "--record",
        &record,
        "--class",
        &class,
    ]);
    assert_eq!(text.matches("http://127.0.0.1:").count(), 1, "{text}");
    let kept = std::fs::read_to_string(&record).unwrap();
    assert!(kept.contains("ticket") && !kept.contains("agent-service-stopped"), "{kept}");
    signal("INT", &page);
    assert_eq!(page.process.wait().unwrap().code(), Some(130));
    let kept = std::fs::read_to_string(&record).unwrap();
    assert!(kept.contains("agent-service-stopped"), "{kept}");
    assert_eq!(std::fs::read_to_string(&class).unwrap().lines().count(), 2);
}

#[test]
fn a_class_has_a_link_for_each() {
    let (mut page, text) = begun(&["train", "--page", "--trainees", "2"]);
    assert!(text.contains("Trainer:") && text.contains("Trainee  2:"), "{text}");
    let links = text.split_whitespace().filter(|it| it.starts_with("http://127.0.0.1:"));
    assert_eq!(links.collect::<std::collections::BTreeSet<_>>().len(), 3, "{text}");
    signal("INT", &page);
    assert!(page.process.wait().unwrap().success());
    for arguments in [["--trainees", "2"], ["--page", "--seed=1"]] {
        output_of(command().arg("train").args(arguments)).code(2);
    }
}
