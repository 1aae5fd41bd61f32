use proptest::prelude::*;

use super::super::value::Value;
use super::{apply, formatted, grouped};

fn on(name: &str, left: impl Into<Value>, right: impl Into<Value>) -> Value {
    apply(name, &left.into(), &right.into()).unwrap()
}

#[test]
fn comparisons_follow_the_left_side() {
    for (name, left, right, holds) in [
        ("eq", Value::text("A"), Value::text("a"), true),
        ("ceq", Value::text("A"), Value::text("a"), false),
        ("ne", Value::Int(1), Value::text("1"), false),
        ("gt", Value::Int(10), Value::text("9"), true),
        ("gt", Value::text("10"), Value::text("9"), false),
        ("like", Value::text("SRV01"), Value::text("srv?1"), true),
        ("notlike", Value::text("SRV01"), Value::text("*2"), true),
        ("match", Value::text("error 0x80"), Value::text(r"0x\d+"), true),
        ("in", Value::text("b"), Value::texts(["a", "B"]), true),
        ("notcontains", Value::texts(["a"]), Value::text("b"), true),
        ("eq", Value::Null, Value::text(""), false),
    ] {
        assert_eq!(
            on(name, left.clone(), right.clone()),
            Value::Bool(holds),
            "{left:?} -{name} {right:?}"
        );
    }
    let kept = on("like", Value::texts(["ab", "cd"]), "a*");
    assert_eq!(kept, Value::texts(["ab"]));
}

#[test]
fn arithmetic_keeps_whole_numbers() {
    assert_eq!(on("+", 1_i64, "2"), Value::Int(3));
    assert_eq!(on("+", "1", 2_i64), Value::text("12"));
    assert_eq!(on("/", 7_i64, 2_i64), Value::Float(3.5));
    assert!(apply("/", &Value::Int(1), &Value::Int(0)).is_err());
    assert!(apply("*", &Value::Int(1), &Value::text("x")).is_err());
    assert!(apply("match", &Value::text("x"), &Value::text("(")).is_err());
}

#[test]
fn texts_are_formatted() {
    let values = Value::List(vec![Value::text("x"), Value::Int(1_234_567)]);
    assert_eq!(formatted("{1:N0} {0} {2} {", &values), "1,234,567 x {2} {");
    assert_eq!(grouped(-1234.5, 2), "-1,234.50");
}

proptest! {
    #[test]
    fn no_text_breaks_an_operator(name in "[a-z+*/%-]{1,11}", left in ".{0,12}", right in ".{0,12}") {
        let made = apply(&name, &Value::Text(left), &Value::Text(right));
        prop_assert!(made.is_ok() || !made.unwrap_err().id().is_empty());
    }
}
