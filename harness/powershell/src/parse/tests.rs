use proptest::prelude::*;

use super::super::syntax::{Argument, Expression, Stage};
use super::super::value::Value;
use super::parse;

/// The only value of a line that is one expression.
fn value(line: &str) -> Option<Expression> {
    let statements = parse(line).ok()?;
    match statements.first()?.pipeline.first()? {
        Stage::Expression(expression) => Some(expression.clone()),
        Stage::Command(_) => None,
    }
}

fn text(text: &str) -> Expression {
    Expression::Literal(Value::Text(text.to_owned()))
}

#[test]
fn commands_have_parameters_and_values() {
    let statements = parse("Get-X -Name:a -Force 12 'b c' d,e | y").unwrap();
    let pipeline = &statements[0].pipeline;
    assert_eq!(pipeline.len(), 2);
    let Stage::Command(command) = &pipeline[0] else { panic!("{pipeline:?}") };
    assert_eq!(command.name, "Get-X");
    let found: Vec<String> = command
        .arguments
        .iter()
        .map(|argument| match argument {
            Argument::Parameter(name, value, _) => format!("-{name}={}", value.is_some()),
            Argument::Value(Expression::Literal(value), _) => value.plain(),
            Argument::Value(Expression::Array(values), _) => values.len().to_string(),
            Argument::Value(other, _) => format!("{other:?}"),
        })
        .collect();
    assert_eq!(found, ["-Name=true", "-Force=false", "12", "b c", "2"]);
}

#[test]
fn typographic_quotes_and_dashes_are_plain_ones() {
    assert_eq!(value("\u{201c}a b\u{201d}"), Some(text("a b")));
    assert_eq!(value("\u{2018}a\u{2019}"), Some(text("a")));
    let statements = parse("Get-X \u{2013}Name y").unwrap();
    let Stage::Command(command) = &statements[0].pipeline[0] else { panic!() };
    assert!(matches!(&command.arguments[0], Argument::Parameter(name, None, _) if name == "Name"));
}

#[test]
fn what_is_open_is_an_error() {
    for (line, id) in [
        ("'a", "TerminatorExpectedAtEndOfString"),
        ("(1", "MissingEndOfExpression"),
        ("{ 1", "MissingEndOfExpression"),
        ("@{a", "IncompleteHashLiteral"),
        ("1 | ", "ExpectedExpression"),
        ("a | | b", "EmptyPipeElement"),
        ("a | 1", "ExpressionsMustBeFirstInPipeline"),
        (")", "UnexpectedToken"),
        ("a > b", "RedirectionNotSupported"),
    ] {
        assert_eq!(parse(line).unwrap_err().id, id, "{line}");
    }
    assert_eq!(parse(&"(".repeat(5_000)).unwrap_err().id, "NestedTooDeeply");
    assert_eq!(parse(&"!".repeat(5_000)).unwrap_err().id, "NestedTooDeeply");
    assert_eq!(parse(&"1+".repeat(4_000)).unwrap_err().id, "NestedTooDeeply");
}

/// What is likely to be syntax.
fn lines() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("$_.Name "),
        Just("-eq "),
        Just("("),
        Just(")"),
        Just("{"),
        Just("}"),
        Just("@{"),
        Just("@("),
        Just("|"),
        Just(";"),
        Just("'"),
        Just("\""),
        Just("`"),
        Just("$("),
        Just("[int]"),
        Just("::"),
        Just("-Name "),
        Just("Get-Service "),
        Just("1GB"),
        Just(","),
        Just(" = "),
        Just("é"),
        Just("\u{201d}"),
        Just("\n"),
        Just("."),
        Just("["),
        Just("]"),
        Just("-not "),
        Just("#"),
        Just("& "),
        Just("${"),
    ];
    prop::collection::vec(part, 0..24).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_line_is_read_or_refused(line in prop_oneof![lines(), ".{0,60}"]) {
        if let Err(error) = parse(&line) {
            prop_assert!(error.span.from <= error.span.to && error.span.to <= line.len());
            prop_assert!(!error.message.is_empty());
        }
    }

    #[test]
    fn a_quoted_text_is_itself(inner in any::<String>()) {
        let is_single = |letter: char| matches!(letter, '\'' | '\u{2018}'..='\u{201b}');
        let doubled: String = inner
            .chars()
            .flat_map(|it| std::iter::repeat_n(it, if is_single(it) { 2 } else { 1 }))
            .collect();
        prop_assert_eq!(value(&format!("'{doubled}'")), Some(text(&inner)));
        let is_special = |letter: char| matches!(letter, '"' | '`' | '$' | '\u{201c}'..='\u{201e}');
        let escaped: String = inner
            .chars()
            .flat_map(|it| is_special(it).then_some('`').into_iter().chain([it]))
            .collect();
        prop_assert_eq!(value(&format!("\"{escaped}\"")), Some(text(&inner)));
    }
}
