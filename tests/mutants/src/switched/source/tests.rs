use serde_json::json;

use super::{Source, switched};
use crate::listed::Listed;

/// A mutant that changes the first `what` of the text.
fn mutant(text: &str, genre: &str, what: &str, replacement: &str) -> Listed {
    let before = text.split_once(what).unwrap().0;
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
    let place = json!({"line": line, "column": column});
    serde_json::from_value(json!({
        "package": "p", "file": "f.rs", "name": "n", "genre": genre, "replacement": replacement,
        "span": {"start": place, "end": place}, "function": null,
    }))
    .unwrap()
}

fn written(text: &str, mutants: &[Listed]) -> Source {
    let numbered: Vec<_> = (1..).zip(mutants).collect();
    let source = switched(text, &numbered).unwrap();
    assert_eq!(source.text.lines().count(), text.lines().count(), "{}", source.text);
    syn::parse_file(&source.text).unwrap_or_else(|error| panic!("{error}: {}", source.text));
    source
}

/// The mutants that stand in it.
fn ids(source: &Source) -> Vec<u32> {
    let mut ids: Vec<u32> = source.regions.iter().map(|(_, id)| *id).collect();
    ids.sort_unstable();
    ids
}

#[test]
fn each_kind_of_mutant_stands_behind_its_switch() {
    let cases = [
        (
            "fn f() -> u8 { let é = 1; é }",
            ("FnValue", "let", "0"),
            "fn f() -> u8 { if ::marslab_switches::on(1) { return 0; } let é = 1; é }",
        ),
        (
            "fn f() -> bool { 'é' == b }",
            ("BinaryOperator", "==", "!="),
            "fn f() -> bool { (if ::marslab_switches::on(1) { ('é' != b) } else { ('é' == b) }) }",
        ),
        (
            "fn f() { if !a(/* why */) {} }",
            ("UnaryOperator", "!", ""),
            "fn f() { if (if ::marslab_switches::on(1) { ( a ()) } else { (!a(/* why */)) }) {} }",
        ),
        (
            "fn f() { match a { B => 1, _ => 2 } }",
            ("MatchArm", "B", ""),
            "fn f() { match a { B if !::marslab_switches::on(1) => 1, _ => 2 } }",
        ),
        (
            "fn f() { match a { b if c || d => 1, _ => 2 } }",
            ("MatchArm", "b", ""),
            "fn f() { match a { b if !::marslab_switches::on(1) && (c || d) => 1, _ => 2 } }",
        ),
        (
            "fn f() { match a { b if c => 1, _ => 2 } }",
            ("MatchArmGuard", "c =>", "true"),
            "fn f() { match a { b if (if ::marslab_switches::on(1) { (true) } else { (c) }) => 1, _ => 2 } }",
        ),
        (
            "fn f() { S { a: 1, b, ..r() } }",
            ("StructField", "a:", ""),
            "fn f() { S { a: (if ::marslab_switches::on(1) { (S { ..r () }.a) } else { (1) }), b, ..r() } }",
        ),
        (
            "fn f() { S { a: 1, b, ..r() } }",
            ("StructField", "b,", ""),
            "fn f() { S { a: 1, b: (if ::marslab_switches::on(1) { (S { ..r () }.b) } else { (b) }), ..r() } }",
        ),
    ];
    for (text, (genre, what, replacement), expected) in cases {
        let source = written(text, &[mutant(text, genre, what, replacement)]);
        assert_eq!(source.text.replace(" . ", ".").replace(" .. ", " .."), expected);
        assert_eq!(ids(&source), [1]);
    }
}

#[test]
fn mutants_stand_in_each_other_and_beside_each_other() {
    let text = "fn f() -> bool {\n    !a == b && c\n}\n";
    let mutants = [
        mutant(text, "BinaryOperator", "&&", "||"),
        mutant(text, "BinaryOperator", "==", "!="),
        mutant(text, "UnaryOperator", "!", ""),
        mutant(text, "BinaryOperator", "==", "<"),
        mutant(text, "FnValue", "!a", "true"),
    ];
    let source = written(text, &mutants);
    assert_eq!(ids(&source), [1, 2, 3, 4, 5]);
    for (region, id) in &source.regions {
        assert!(source.text.get(region.clone()).unwrap().contains(&format!("on({id})")));
    }
}

#[test]
fn what_names_something_for_later_stays_where_it_is() {
    let text = "fn f() { if let Some(a) = b && c == d {} }";
    let mutants =
        [mutant(text, "BinaryOperator", "&&", "||"), mutant(text, "BinaryOperator", "==", "!=")];
    assert_eq!(ids(&written(text, &mutants)), [2]);
}
