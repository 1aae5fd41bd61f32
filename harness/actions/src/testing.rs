//! What the tables of faults, settings and remedies must keep to, for their tests.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by a panic"
)]

use std::collections::BTreeSet;
use std::fs;
use std::sync::Arc;

use toml::de::DeValue;

use crate::action_spec::{ActionSpec, Written};
use crate::param_docs::{named_types, parameters};
use crate::problem::Problem;

/// What `kind` makes of parameters in the form of an inline table.
pub fn read<T: ?Sized>(kind: &ActionSpec<T>, parameters: &str) -> Result<Arc<T>, Vec<Problem>> {
    kind.parse(0..0, &DeValue::parse(parameters).expect(parameters), Written::Named)
}

/// What `kind` makes of its own example.
#[track_caller]
pub fn example<T: ?Sized>(kind: &ActionSpec<T>) -> Arc<T> {
    match read(kind, kind.example) {
        Ok(example) => example,
        Err(problems) => panic!("the example of `{}`: {problems:?}", kind.name),
    }
}

/// Every file in `folder` is a table entry, but for those of `not`; entries of `besides` are elsewhere.
#[track_caller]
pub fn check_table<T: ?Sized>(
    folder: &str,
    kinds: &[&ActionSpec<T>],
    not: &[&str],
    besides: &[&str],
) {
    let stems = fs::read_dir(folder).unwrap().map(|entry| {
        let path = entry.unwrap().path();
        path.file_stem().unwrap().to_str().unwrap().replace('_', "-")
    });
    let besides = besides.iter().map(|&name| name.to_owned());
    let files: BTreeSet<String> =
        stems.filter(|stem| !not.contains(&stem.as_str())).chain(besides).collect();
    let names: BTreeSet<String> = kinds.iter().map(|kind| kind.name.to_owned()).collect();
    assert_eq!(names, files, "left: the table, right: the files in {folder}");
    assert_eq!(names.len(), kinds.len(), "two entries have the same name");
}

/// A summary is a fragment for a list; an example refuses the paths of a real machine where it has a path.
#[track_caller]
pub fn check_entry<T: ?Sized>(kind: &ActionSpec<T>) {
    let summary = kind.summary;
    assert!(!summary.is_empty() && !summary.ends_with('.') && !summary.contains('\n'), "{summary}");
    example(kind);
    check_parameters(kind);
    for (start, _) in kind.example.match_indices(r"'C:\") {
        let (before, rest) = kind.example.split_at(start + 1);
        let after = rest.split_once('\'').unwrap().1;
        for path in BAD_PATHS {
            let parameters = format!("{before}{path}'{after}");
            assert!(read(kind, &parameters).is_err(), "`{}` accepts {parameters}", kind.name);
        }
    }
}

/// The reference describes each parameter on one line, and knows its type.
#[track_caller]
fn check_parameters<T: ?Sized>(kind: &ActionSpec<T>) {
    let named = named_types(&[kind]);
    for parameter in parameters(kind) {
        let place = format!("{}, {}", kind.name, parameter.name);
        let text = &parameter.summary;
        assert!(text.ends_with('.') && !text.contains('\n'), "{place}: {text:?}");
        assert_ne!(parameter.of.words, "value", "{place}");
        if let Some(name) = &parameter.of.named {
            assert!(named.contains_key(name), "{place}: {name}");
        }
    }
}

const BAD_PATHS: [&str; 6] =
    ["/etc/passwd", "~/x", r"..\x", r"C:\..\x", r"\\.\pipe\x", r"C:\Windows/Temp"];
