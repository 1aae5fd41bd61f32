use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;
use toml::de::DeValue;

use super::{ActionSpec, Written};
use crate::testing::{example, read};

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
