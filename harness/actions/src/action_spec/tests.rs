use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;
use toml::de::DeValue;

use super::{ActionSpec, Written};
use crate::problem::Problem;

/// What `kind` makes of parameters in the form of an inline table.
pub(crate) fn read<T: ?Sized>(
    kind: &ActionSpec<T>,
    parameters: &str,
) -> Result<Arc<T>, Vec<Problem>> {
    kind.parse(0..0, &DeValue::parse(parameters).expect(parameters), Written::Named)
}

/// What `kind` makes of its own example.
#[track_caller]
pub(crate) fn example<T: ?Sized>(kind: &ActionSpec<T>) -> Arc<T> {
    match read(kind, kind.example) {
        Ok(example) => example,
        Err(problems) => panic!("the example of `{}`: {problems:?}", kind.name),
    }
}

/// Every file in `src/{folder}` is a table entry; those of `besides` are elsewhere.
#[track_caller]
pub(crate) fn check_table<T: ?Sized>(folder: &str, kinds: &[&ActionSpec<T>], besides: &[&str]) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(folder);
    let stems = fs::read_dir(&path).unwrap().map(|entry| {
        let path = entry.unwrap().path();
        path.file_stem().unwrap().to_str().unwrap().replace('_', "-")
    });
    let besides = besides.iter().map(|&name| name.to_owned());
    let files: BTreeSet<String> = stems.filter(|stem| stem != "tests").chain(besides).collect();
    let names: BTreeSet<String> = kinds.iter().map(|kind| kind.name.to_owned()).collect();
    assert_eq!(names, files, "left: the table, right: the files in {}", path.display());
    assert_eq!(names.len(), kinds.len(), "two entries have the same name");
}

/// A summary is a fragment for a list; an example refuses the paths of a real machine where it has a path.
#[track_caller]
pub(crate) fn check_entry<T: ?Sized>(kind: &ActionSpec<T>) {
    let summary = kind.summary;
    assert!(!summary.is_empty() && !summary.ends_with('.') && !summary.contains('\n'), "{summary}");
    example(kind);
    for (start, _) in kind.example.match_indices(r"'C:\") {
        let (before, rest) = kind.example.split_at(start + 1);
        let after = rest.split_once('\'').unwrap().1;
        for path in BAD_PATHS {
            let parameters = format!("{before}{path}'{after}");
            assert!(read(kind, &parameters).is_err(), "`{}` accepts {parameters}", kind.name);
        }
    }
}

const BAD_PATHS: [&str; 6] =
    ["/etc/passwd", "~/x", r"..\x", r"C:\..\x", r"\\.\pipe\x", r"C:\Windows/Temp"];

trait Thing: std::fmt::Debug {}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[expect(dead_code, reason = "only read")]
struct Full {
    first_one: u8,
    second: String,
    third: Option<bool>,
}

impl Thing for Full {}

const FULL: ActionSpec<dyn Thing> =
    ActionSpec::with::<Full>("full", "a thing", "{ first-one = 1, second = 's' }", |value| {
        Ok(Arc::new(Full::deserialize(value)?))
    });

#[track_caller]
fn check(parameters: &str, expected: &[(&str, &str)]) {
    let found = read(&FULL, parameters).expect_err(parameters);
    let found: Vec<(&str, &str)> = found
        .iter()
        .map(|problem| (parameters.get(problem.span.clone()).unwrap(), problem.message.as_str()))
        .collect();
    assert_eq!(found, expected, "{parameters}");
}

#[test]
fn good_parameters_are_read() {
    example(&FULL);
    assert!(read(&FULL, "{ first-one = 1, second = '', third = true }").is_ok());
}

#[test]
fn every_bad_parameter_is_reported() {
    check(
        "{ first-one = 300, second = 2, third = 'x' }",
        &[
            ("300", "`full`: expected an integer from 0 to 255, not `300`"),
            ("2", "`full`: expected a string, not `2`"),
            ("'x'", "`full`: expected `true` or `false`, not `\"x\"`"),
        ],
    );
}

#[test]
fn unknown_and_missing_parameters_are_reported_beside_bad_ones() {
    check(
        "{ first_one = 1, third = 3 }",
        &[
            ("first_one", "unknown parameter `first_one` of `full`"),
            ("", "missing parameter `first-one` of `full`"),
            ("", "missing parameter `second` of `full`"),
            ("3", "`full`: expected `true` or `false`, not `3`"),
        ],
    );
}

#[test]
fn an_example_is_written_as_what_it_is_an_example_for() {
    let hint = |written| {
        let found = FULL.parse(0..0, &DeValue::parse("{ second = 's' }").unwrap(), written);
        found.unwrap_err().swap_remove(0).hint.unwrap()
    };
    let example = "{ first-one = 1, second = 's' }";
    assert_eq!(hint(Written::Named), format!("for example `full = {example}`"));
    assert_eq!(hint(Written::With), format!("for example `with = {example}`"));
}

#[test]
fn parameters_are_a_table() {
    check("'C:'", &[("'C:'", "the parameters of `full` must be a table, not a string")]);
}
