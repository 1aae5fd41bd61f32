use proptest::prelude::*;
use serde_json::json;

use super::Filter;

#[test]
fn conditions_are_read() {
    let pairs = |text: &str| Filter::read(text).map(|filter| filter.0);
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    for (text, expected) in [
        ("", Some(vec![])),
        ("a eq 'b'", Some(vec![pair("a", "b")])),
        (" a EQ 'it''s'  AND b eq ''", Some(vec![pair("a", "it's"), pair("b", "")])),
        ("a eq b", None),
        ("a ne 'b'", None),
        ("a eq 'b' or c eq 'd'", None),
        ("a eq 'b' and", None),
        ("a eq 'b", None),
        ("nonsense", None),
        ("a' eq 'b'", None),
    ] {
        assert_eq!(pairs(text), expected, "{text}");
    }
}

#[test]
fn entries_are_chosen() {
    let entry = json!({ "properties": { "kind": "MAB" } });
    let names = [("kind", "/properties/kind"), ("from", "")];
    for (text, expected) in [
        ("", true),
        ("kind eq 'mab'", true),
        ("kind eq 'AzureIaasVM'", false),
        ("from eq 'x'", true),
    ] {
        assert_eq!(Filter::read(text).unwrap().holds(&entry, &names), expected, "{text}");
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read(values in proptest::collection::vec(("[a-zA-Z0-9]{1,9}", ".{0,20}"), 1..9)) {
        let text: Vec<_> = values
            .iter()
            .map(|(name, value)| format!("{name} eq '{}'", value.replace('\'', "''")))
            .collect();
        prop_assert_eq!(Filter::read(&text.join(" and ")), Some(Filter(values)));
    }

    #[test]
    fn nothing_makes_it_panic(text in ".{0,200}") {
        drop(Filter::read(&text));
    }
}
