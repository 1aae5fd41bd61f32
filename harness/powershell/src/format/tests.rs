use marslab_model::world::Language;

use super::super::value::{Object, Value};
use super::{Style, shown, styled};

fn object(fields: &[(&str, Value)]) -> Value {
    let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    Value::Object(Object { fields, ..Object::default() })
}

#[test]
fn few_properties_are_a_table_and_many_a_list() {
    let few = object(&[("Name", "a".into()), ("Count", Value::Int(5))]);
    assert_eq!(
        shown(std::slice::from_ref(&few), Language::English),
        "\nName Count\n---- -----\na        5\n\n\n"
    );
    let many = ["A", "B", "C", "D", "Long"].map(|name| (name, Value::Int(1)));
    let list = shown(&[object(&many)], Language::English);
    assert_eq!(list, "\n\nA    : 1\nB    : 1\nC    : 1\nD    : 1\nLong : 1\n\n\n");
    let style = Style {
        as_list: Some(true),
        properties: Some(vec!["c*".into(), "Gone".into()]),
        ..Style::default()
    };
    assert_eq!(styled(&[few], &style, Language::English), "\n\nCount : 5\nGone  :\n\n\n");
}

#[test]
fn wide_letters_take_two_columns_and_long_texts_are_cut() {
    let row = |name: &str| object(&[("Name", name.into()), ("N", Value::Int(1))]);
    let table = shown(&[row("백업"), row("abcd")], Language::Korean);
    assert_eq!(table, "\nName N\n---- -\n백업 1\nabcd 1\n\n\n");
    let table = shown(&[object(&[("Name", "x".repeat(300).into())])], Language::English);
    assert!(table.lines().all(|line| line.chars().count() <= 119), "{table}");
    assert!(table.contains("xxx...\n"));
    let long = vec!["word"; 60].join(" ");
    let style = Style { as_list: Some(true), ..Style::default() };
    let list = styled(&[object(&[("Text", long.into())])], &style, Language::English);
    assert!(list.lines().all(|line| line.chars().count() < 120), "{list}");
    assert!(list.contains("\n       word"), "{list}");
}

#[test]
fn values_by_themselves() {
    let values = [
        Value::text("a"),
        Value::Int(2),
        Value::Bool(true),
        Value::List(vec![Value::Null, Value::Int(3)]),
    ];
    assert_eq!(shown(&values, Language::English), "a\n2\nTrue\n3\n");
    let listed = object(&[("All", Value::texts(["a", "b", "c", "d", "e"]))]);
    assert!(shown(&[listed], Language::English).contains("{a, b, c, d...}"));
}
