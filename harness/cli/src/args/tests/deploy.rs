//! `tests/deploy`: what its files type must be what this command takes.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use clap::Parser as _;

use super::Args;
use crate::args::{Command, Run};
use crate::shard::SERVICES;

/// The files by name.
fn files() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/deploy");
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = entries
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect();
    files.sort();
    files
}

fn file(name: &str) -> String {
    files().into_iter().find(|(other, _)| other == name).unwrap().1
}

/// The command lines of a file: those of a shell, and the arguments of containers.
fn command_lines(text: &str) -> Vec<Vec<String>> {
    let joined = text.replace("\\\n", " ");
    let of_shell = joined.lines().filter_map(of_shell);
    let of_containers = text.split("args: ").skip(1).map(|rest| {
        let (list, _) = rest.split_once(']').unwrap();
        let arguments: Vec<String> = serde_json::from_str(&format!("{list}]")).unwrap();
        std::iter::once("marslab".to_owned()).chain(arguments).collect()
    });
    of_shell.chain(of_containers).collect()
}

/// The words behind a `marslab` that begins a command, with `1` for what a variable holds.
fn of_shell(line: &str) -> Option<Vec<String>> {
    let line = line.trim_start_matches(|c: char| !c.is_alphanumeric() && !"./".contains(c));
    let line = line.strip_prefix("run: ").unwrap_or(line);
    let (program, rest) = line.split_once(' ')?;
    if program.rsplit('/').next() != Some("marslab") || rest.starts_with("run:") {
        return None;
    }
    let rest = rest.split(" || ").next().unwrap_or(rest);
    let words = shell_words::split(&filled_in(rest)).unwrap();
    Some(std::iter::once("marslab".to_owned()).chain(words).collect())
}

/// A line with its variables filled in, and with what stands there only where one is set: `${NAME:+words}`.
fn filled_in(line: &str) -> String {
    let mut filled = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('$') {
        filled.push_str(before);
        rest = match after.strip_prefix('{') {
            Some(after) => {
                let (inner, after) = after.split_once('}').unwrap();
                match inner.split_once(":+") {
                    Some((_, words)) => filled.push_str(&filled_in(words)),
                    None => filled.push('1'),
                }
                after
            }
            None => {
                filled.push('1');
                after.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_')
            }
        };
    }
    filled.push_str(rest);
    while let Some((before, after)) = filled.split_once("<< ") {
        let (_, after) = after.split_once(" >>").unwrap();
        filled = format!("{before}1{after}");
    }
    filled
}

fn parsed(words: &[String]) -> Command {
    Args::try_parse_from(words).unwrap_or_else(|error| panic!("{words:?}\n{error}")).command
}

#[test]
fn every_line_is_one_that_the_command_takes() {
    let mut seen = BTreeSet::new();
    for (name, text) in files() {
        for words in command_lines(&text) {
            parsed(&words);
            seen.insert((name.clone(), words.into_iter().nth(1).unwrap()));
        }
    }
    for file in ["buildkite.yml", "circleci.yml", "gitlab.yml", "README.md"] {
        for command in ["run", "merge"] {
            assert!(seen.contains(&(file.to_owned(), command.to_owned())), "{file}: {command}");
        }
    }
    for (file, command) in [
        ("action.yml", "run"),
        ("github.yml", "merge"),
        ("kubernetes-run.yaml", "run"),
        ("kubernetes-merge.yaml", "merge"),
    ] {
        assert!(seen.contains(&(file.to_owned(), command.to_owned())), "{file}: {command}");
    }
}

#[test]
fn a_line_of_a_shell_is_found_and_filled_in() {
    let check = |line: &str, expected: Option<&[&str]>| {
        let seen = of_shell(line);
        let expected = expected.map(|words| words.iter().map(|it| (*it).to_owned()).collect());
        assert_eq!(seen, expected, "{line}");
    };
    check("    - ./marslab merge *.json", Some(&["marslab", "merge", "*.json"]));
    check(
        "      - run: ./a/marslab run --seed \"<< n >>\" || [[ $? == 1 ]]",
        Some(&["marslab", "run", "--seed", "1"]),
    );
    check(
        "marslab run ${S:+--seed \"$S\"} --json \"$N.json\" $F",
        Some(&["marslab", "run", "--seed", "1", "--json", "1.json", "1"]),
    );
    for other in ["name: marslab", "marslab:", "# Runs marslab run", "image: marslab:0.1.0"] {
        check(other, None);
    }
}

/// All that the action passes on is an input, and each input is passed on.
#[test]
fn the_inputs_of_the_action_are_options() {
    let action = file("action.yml");
    let words = command_lines(&action).remove(0);
    let Command::Run(run) = parsed(&words) else { panic!("{words:?}") };
    let Run { subject, shard, known, annotations, summary, json, seed, filters, .. } = &*run;
    assert!(subject.is_some() && shard.is_some() && known.is_some() && seed.is_some());
    assert!(annotations.is_some() && summary.is_some() && json.is_some());
    assert_eq!(filters.len(), 1);
    let (inputs, rest) = action.split_once("\noutputs:").unwrap();
    let inputs = inputs.lines().filter_map(|line| line.strip_prefix("  ")?.strip_suffix(':'));
    let inputs: Vec<&str> = inputs.filter(|it| !it.starts_with(' ')).collect();
    assert_eq!(inputs, ["files", "subject", "shard", "known", "seed", "marslab"]);
    for input in inputs {
        let line = format!("        {}: ${{{{ inputs.{input} }}}}\n", input.to_uppercase());
        assert!(rest.contains(&line), "{line}");
    }
}

/// A machine's report is called by the variable that tells its number.
#[test]
fn machines_are_told_apart_by_the_variables_that_are_read() {
    for (name, service) in [
        ("gitlab.yml", "CI_NODE_INDEX"),
        ("circleci.yml", "CIRCLE_NODE_INDEX"),
        ("buildkite.yml", "BUILDKITE_PARALLEL_JOB"),
        ("kubernetes-run.yaml", "JOB_COMPLETION_INDEX"),
    ] {
        assert!(SERVICES.iter().any(|it| it.index == service), "{service}");
        let text = file(name);
        let named = [format!("${service}.json"), format!("$({service}).json")];
        assert!(named.iter().any(|it| text.contains(it)), "{name}: {service}");
        assert!(text.contains("--shard auto") || text.contains(r#""--shard", "auto""#), "{name}");
    }
}

#[test]
fn kubernetes_merges_as_many_reports_as_it_has_machines() {
    let (run, merge) = (file("kubernetes-run.yaml"), file("kubernetes-merge.yaml"));
    let number = |key: &str| -> u32 {
        let rest = run.split(&format!("  {key}: ")).nth(1).unwrap();
        rest.lines().next().unwrap().trim_matches('"').parse().unwrap()
    };
    let machines = number("completions");
    assert_eq!(number("parallelism"), machines);
    let shards = SERVICES.iter().find(|it| it.index == "JOB_COMPLETION_INDEX").unwrap().of;
    let told = format!("- name: {shards}\n              value: \"{machines}\"\n");
    assert!(run.contains(&told), "{told}");
    let words = command_lines(&merge).remove(0);
    let Command::Merge { reports, .. } = parsed(&words) else { panic!("{words:?}") };
    let expected = (0..machines).map(|index| Path::new("/reports").join(format!("{index}.json")));
    assert!(reports.iter().eq(&expected.collect::<Vec<_>>()), "{reports:?}");
}

#[test]
fn what_is_built_is_this_command_of_this_version() {
    let (package, binary) = (env!("CARGO_PKG_NAME"), env!("CARGO_BIN_NAME"));
    let (mut builds, mut images) = (0, 0);
    for (name, text) in files() {
        for rest in text.split("cargo build --release --locked --package ").skip(1) {
            assert!(rest.starts_with(package), "{name}: {rest}");
            builds += 1;
        }
        for rest in text.split("target/release/").skip(1) {
            assert!(rest.starts_with(binary), "{name}: {rest}");
        }
        for rest in text.split("rust:").skip(1) {
            assert!(rest.starts_with(env!("CARGO_PKG_RUST_VERSION")), "{name}: {rest}");
        }
        for rest in text.split("marslab:").skip(1).filter(|rest| rest.starts_with(char::is_numeric))
        {
            assert!(rest.starts_with(env!("CARGO_PKG_VERSION")), "{name}: {rest}");
            images += 1;
        }
        assert!(!text.contains(":latest") && !text.contains("@main"), "{name}");
    }
    assert!(builds >= 6 && images >= 4, "{builds} {images}");
    let image = file("Containerfile");
    assert!(
        image.contains("\nFROM scratch\nCOPY --from=build /src/target/release/marslab /marslab\n")
    );
    assert!(image.ends_with("\nENTRYPOINT [\"/marslab\"]\n"));
}
