use serde_json::json;

use super::parse_named;

#[test]
fn names_with_and_without_parameters() {
    let (name, with) = parse_named(" restart-server ").unwrap();
    assert_eq!((name.as_str(), with.is_empty()), ("restart-server", true));
    let (name, with) = parse_named(r#"blocks = { to = ["*.windows.net"], port = 443 }"#).unwrap();
    assert_eq!(name, "blocks");
    assert_eq!(json!(with), json!({ "to": ["*.windows.net"], "port": 443 }));
}

#[test]
fn texts_that_cannot_be_parsed() {
    for (typed, reason) in [
        ("blocks = 5", "expected a table of parameters"),
        ("blocks = {", "inline table"),
        ("a = {}\nb = {}", "expected a single name"),
        ("", "x"),
    ] {
        match parse_named(typed) {
            Err(error) => assert!(error.to_string().contains(reason), "{typed}: {error}"),
            Ok((name, _)) => assert_eq!(name, typed),
        }
    }
}
